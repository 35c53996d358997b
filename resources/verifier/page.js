// The page itself: takes codes, pictures and lists, and shows answers. Its texts and its list are embedded.

const page = { tongue: "es", list: null, show: null, listNote: null };
const embedded = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const words = () => WORDS[page.tongue];

// The 16 characters over all that the page was made with: style, data and program, as they stand in its three elements.
function pageFingerprint() {
  const whole = ["style", "data", "program"].map((id) => byId(id).textContent).join("\n");
  return spokenCode(sha256(new TextEncoder().encode(whole)));
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

// Today where the person is, as 2026-03-06; a demonstration has a day of its own.
function today() {
  if (embedded.today !== null) return embedded.today;
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// A code as people bring it: in one line, from where it begins, in capitals; an address is left as it is.
function broughtCode(text) {
  const line = text.replace(/[\r\n\t]+/g, "").trim();
  if (/^\w+:\/\//.test(line)) return line;
  if (/^[^\s:]+#EIC1(:|%3A)/i.test(line)) return `https://${line}`;
  const start = line.search(/EIC1:/i);
  return line.slice(Math.max(start, 0)).toUpperCase();
}

function showAnswer(show) {
  page.show = show;
  const section = byId("answer");
  const { sign, struck, parts } = show();
  section.className = `answer ${sign}${struck ? " struck" : ""}`;
  section.replaceChildren(...parts);
  section.hidden = false;
  section.scrollIntoView({ block: "start" });
}

function showPlain(sign, name) {
  showAnswer(() => plainAnswer({ sign, title: words()[name], why: words()[`${name}Why`] || "" }));
}

async function checkText(text) {
  const code = broughtCode(text);
  if (!code) {
    showPlain("wait", "nothing");
    return;
  }
  const answer = await checked(code, page.list, today(), false);
  showAnswer(() => certificateAnswer(answer, words(), page.tongue, embedded.school));
}

async function checkFile(file) {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (start[0] === 0xd2 && start[1] === 0x84) {
    await takeList(file);
    return;
  }
  showPlain("wait", "reading");
  // The words above are painted before the picture is read.
  await new Promise((resume) => { setTimeout(resume, 30); });
  const texts = await textsInFile(file);
  if (texts === null) showPlain("wait", "noPicture");
  else if (!texts.length) showPlain("wait", "noCode");
  else if (!isOurs(texts[0])) showPlain("wait", "otherCode");
  else await checkText(texts[0]);
}

async function takeList(file) {
  try {
    const message = new Uint8Array(await file.arrayBuffer());
    page.list = await newerList(message, page.list, false);
    page.listNote = () => filled(words().listTaken, {
      sequence: page.list.sequence, date: dayWords(page.list.issuedOn, page.tongue),
    });
  } catch (problem) {
    if (!(problem instanceof NotReadable)) throw problem;
    const said = words().listProblems;
    page.listNote = () => filled(words().listProblems[problem.reason in said ? problem.reason : "other"], {
      sequence: page.list.sequence,
    });
  }
  showTexts();
  byId("list-answer").scrollIntoView({ block: "nearest" });
}

// All texts in the language that is chosen, the last answer too.
function showTexts() {
  document.documentElement.lang = page.tongue;
  document.title = `${words().title} · ${embedded.school.name}`;
  document.querySelectorAll("[data-word]").forEach((each) => { each.textContent = words()[each.dataset.word]; });
  document.querySelectorAll("[data-tongue]").forEach((each) => {
    each.setAttribute("aria-pressed", String(each.dataset.tongue === page.tongue));
  });
  byId("tongues").setAttribute("aria-label", words().tongues);
  byId("school").textContent = embedded.school.name;
  const call = callWords(words(), embedded.school);
  byId("guide").replaceChildren(...words().guideSteps.map((step) => element("li", {}, filled(step, { call }))));
  showMeanings();
  showAbout();
  if (page.show !== null) showAnswer(page.show);
}

function showMeanings() {
  const { states, meanings } = words();
  const shown = ["valid", "not_yet_valid", "annulled", "replaced", "unknown_key", "invalid"];
  fillPairs(byId("meanings"), shown.map((state) => [states[state], meanings[`${state}_plain`] || meanings[state]]));
}

function showAbout() {
  const said = words();
  const { list } = page;
  const age = daysBetween(list.issuedOn, today());
  const listed = filled(said.listValue, {
    sequence: list.sequence, date: dayWords(list.issuedOn, page.tongue), age: ageWords(Math.max(age, 0), said),
  });
  const { name, address, telephone } = embedded.school;
  const pairs = [
    [said.listFor, name], [said.address, address], [said.telephone, telephone], [said.listLabel, listed],
    [said.listCode, list.fingerprint, "code"], [said.pageCode, page.fingerprint, "code"],
  ];
  fillPairs(byId("about"), pairs.filter(([, value]) => value));
  const clock = byId("clock");
  clock.hidden = age >= 0 && age <= OLD_AFTER;
  clock.textContent = age < 0 ? filled(said.clock, { today: dayWords(today(), page.tongue) }) : said.listOldPlain;
  byId("demo").hidden = !list.demo;
  byId("list-answer").textContent = page.listNote === null ? "" : page.listNote();
}

function listenToFiles() {
  for (const [button, input, take] of [["choose", "picture", checkFile], ["choose-list", "list", takeList]]) {
    byId(button).addEventListener("click", () => byId(input).click());
    byId(input).addEventListener("change", async (event) => {
      const [file] = event.target.files;
      if (file) await take(file);
      // The same file may be chosen again.
      event.target.value = "";
    });
  }
  const drop = byId("drop");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    takeTransfer(event.dataTransfer);
  });
  document.addEventListener("paste", (event) => {
    if (takeTransfer(event.clipboardData)) event.preventDefault();
  });
}

// Takes the picture or text of a drop or paste; false where it holds none, or text for the field that is being typed in.
function takeTransfer(transfer) {
  const [file] = transfer.files;
  if (file) {
    checkFile(file);
    return true;
  }
  const text = transfer.getData("text/plain");
  if (!/EIC1(:|%3A)/i.test(text)) return false;
  byId("code").value = text;
  checkText(text);
  return true;
}

function listenToTyping() {
  byId("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    checkText(byId("code").value);
  });
  byId("code").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    checkText(event.target.value);
  });
  byId("clear").addEventListener("click", () => {
    byId("code").value = "";
    byId("answer").hidden = true;
    page.show = null;
    byId("code").focus();
  });
  byId("tongues").addEventListener("click", (event) => {
    if (!event.target.dataset.tongue) return;
    page.tongue = event.target.dataset.tongue;
    showTexts();
  });
  byId("print").addEventListener("click", () => print());
}

function listenToCamera() {
  const video = byId("video");
  const close = () => {
    stopCamera(video);
    byId("film").hidden = true;
  };
  byId("camera").hidden = !hasCamera();
  byId("stop").addEventListener("click", close);
  byId("camera").addEventListener("click", async () => {
    byId("film").hidden = false;
    try {
      await startCamera(video, (text) => {
        close();
        checkText(text);
      });
    } catch {
      close();
      showPlain("wait", "noCamera");
    }
  });
}

// An address with a code after its # answers at once.
function checkFragment() {
  if (/^#EIC1(:|%3A)/i.test(location.hash)) checkText(location.href);
}

async function begin() {
  document.body.insertAdjacentHTML("beforeend", embedded.body);
  page.fingerprint = pageFingerprint();
  page.list = await readList(bytesOf(embedded.list), null, false);
  showTexts();
  listenToFiles();
  listenToTyping();
  listenToCamera();
  addEventListener("hashchange", checkFragment);
  checkFragment();
  document.documentElement.dataset.ready = "true";
}

begin();
