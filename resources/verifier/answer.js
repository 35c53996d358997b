// What the page says of a certificate: state by symbol, colour and words, what the code says, what to do now.

const SIGNS = {
  valid: "good", valid_old: "wait", not_yet_valid: "wait", annulled: "bad", replaced: "wait", unknown_key: "wait",
  invalid: "bad",
};

function element(name, values = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function signPicture(sign) {
  const [svg, use] = ["svg", "use"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("viewBox", "0 0 48 48");
  use.setAttribute("href", `#sign-${sign}`);
  svg.append(use);
  return svg;
}

function stateLine(sign, text) {
  return element("h2", { class: "state" }, signPicture(sign), element("span", {}, text));
}

// "telephone the school at 2770-0000", or without a number where the page has none.
function callWords(words, school) {
  return school.telephone ? filled(words.call, { telephone: school.telephone }) : words.callPlain;
}

// An answer that is no certificate's: { sign, title, why }.
function plainAnswer({ sign, title, why }) {
  return { sign, parts: [stateLine(sign, title), element("p", { class: "why" }, why)] };
}

// The answer about a certificate, as the parts of its section.
function certificateAnswer(answer, words, tongue, school) {
  const state = answer.state === "valid" && answer.list_old ? "valid_old" : answer.state;
  const sign = answer.demo && SIGNS[state] === "good" ? "wait" : SIGNS[state];
  const title = words.states[state];
  const parts = [stateLine(sign, answer.demo ? words.demoAnswer : title)];
  if (answer.demo) parts.push(element("p", { class: "why" }, element("strong", {}, `${title}.`)));
  parts.push(element("p", { class: "why" }, whyWords(answer, state, words, tongue)));
  if (answer.name !== null) parts.push(...factParts(answer, words, tongue));
  parts.push(todoList(answer, words, school));
  const struck = answer.name !== null && ["annulled", "replaced", "invalid"].includes(state);
  return { sign, struck, parts };
}

function whyWords(answer, state, words, tongue) {
  if (answer.reason !== null) return words.reasons[answer.reason] || words.meanings.invalid;
  return filled(words.meanings[state], {
    date: answer.date === null ? "" : dayWords(answer.date, tongue),
    age: answer.list_age_days === null ? "" : ageWords(answer.list_age_days, words),
  });
}

function factParts(answer, words, tongue) {
  const kept = [
    [words.number, answer.number],
    [words.date, dayWords(answer.date, tongue)],
    [words.kind, words.kinds[answer.kind]],
    [words.hours, String(answer.hours)],
    [words.issuer, answer.issuer],
    [words.telephoneCode, answer.telephone_code, "code"],
    [words.listLabel, ageWords(answer.list_age_days, words)],
  ];
  return [
    element("p", { class: "hint" }, words.says),
    element("p", { class: "name", id: "answer-name" }, answer.name),
    element("p", { class: "course" }, answer.course),
    pairsList(kept, "large"),
  ];
}

function pairsList(pairs, style) {
  const list = element("dl", { class: style });
  fillPairs(list, pairs);
  return list;
}

function fillPairs(list, pairs) {
  list.replaceChildren(...pairs.flatMap(([label, value, style]) => [
    element("dt", {}, label), element("dd", style ? { class: style } : {}, value),
  ]));
}

function todoList(answer, words, school) {
  const call = callWords(words, school);
  const list = element("ol");
  if (["valid", "not_yet_valid"].includes(answer.state)) list.append(element("li", {}, words.todoCompare));
  if (answer.telephone_code === null) {
    list.append(element("li", {}, filled(words.todoCallPlain, { call })));
    return list;
  }
  // The code is one word that is never broken.
  const [before, after] = filled(words.todoCall, { call }).split("{code}");
  list.append(element("li", {}, before, element("span", { class: "code" }, answer.telephone_code), after));
  return list;
}
