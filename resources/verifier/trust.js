// The school's list of keys and annulled certificates, and what it says of a certificate.

const LONGEST_LIST = 8000000;
const OLD_AFTER = 90;

// A list out of a signed message. `trusted` are the keys of the list that holds now; `null` for the list that the page
// was made with, which must be signed by a key that it names. Throws NotReadable.
async function readList(message, trusted, byScript) {
  if (message.length > LONGEST_LIST) throw new NotReadable("not_a_list");
  const sealed = takenApart(message);
  const keys = trusted === null ? listOf(sealed, message).keys : trusted;
  const usable = keys.filter((key) => key.kid === sealed.kid && !key.listedOnly);
  for (const key of usable) {
    if (await signatureHolds(sealed, key.point, byScript)) return listOf(sealed, message);
  }
  throw new NotReadable("not_trusted");
}

// The list in a file that a person chose: newer than the one that holds, of the same school, signed by one of its keys.
async function newerList(message, present, byScript) {
  const list = await readList(message, present.keys, byScript);
  if (list.issuer !== present.issuer) throw new NotReadable("other_issuer");
  if (list.demo !== present.demo || (!present.demo && list.keys.some((key) => key.demo))) {
    throw new NotReadable("demo_list");
  }
  if (BigInt(list.sequence) <= BigInt(present.sequence)) throw new NotReadable("not_newer");
  return list;
}

function listOf(sealed, message) {
  const said = cborMap(sealed.payload);
  const known = [1, 2, 3, 4, 5, 6, 7, 8].every((key) => said.has(key)) && said.size === (said.has(9) ? 9 : 8);
  const sound = known && isText(said.get(1), 16) && isCount(said.get(2), MOST_LOG) && said.get(2) > 0
    && isCount(said.get(3), LAST_DAY) && isCount(said.get(4), LAST_DAY)
    && Array.isArray(said.get(5)) && (!said.has(9) || said.get(9) === true);
  if (!sound) throw new NotReadable("newer_format");
  return {
    issuer: said.get(1), sequence: said.get(2), issuedOn: dayText(said.get(3)), nextUpdate: dayText(said.get(4)),
    keys: said.get(5).map(keyOf), annulled: prefixes(said.get(6)), replaced: prefixes(said.get(7)),
    listed: prefixes(said.get(8)), demo: said.has(9), fingerprint: spokenCode(sha256(message)),
  };
}

function keyOf(said) {
  const sound = said instanceof Map && [...said.keys()].every((key) => [1, 2, 3, 4, 5, 6, 7].includes(key))
    && said.get(1) instanceof Uint8Array && said.get(2) instanceof Uint8Array && said.get(2).length === 65
    && hex(sha256(said.get(2)).subarray(0, 8)) === hex(said.get(1)) && isCount(said.get(3), LAST_DAY)
    && (!said.has(4) || isCount(said.get(4), LAST_DAY)) && typeof said.get(5) === "string"
    && [6, 7].every((key) => !said.has(key) || said.get(key) === true);
  if (!sound) throw new NotReadable("newer_format");
  return {
    kid: hex(said.get(1)), point: said.get(2), validFrom: dayText(said.get(3)), label: said.get(5),
    listedOnly: said.has(6), demo: said.has(7),
  };
}

// Beginnings of certificates' identities, 8 bytes each, in order and none twice.
function prefixes(joined) {
  if (!(joined instanceof Uint8Array) || joined.length % 8) throw new NotReadable("newer_format");
  const found = new Set();
  let before = "";
  for (let at = 0; at < joined.length; at += 8) {
    const prefix = hex(joined.subarray(at, at + 8));
    if (prefix <= before) throw new NotReadable("newer_format");
    found.add(prefix);
    before = prefix;
  }
  return found;
}

// What the list says of the text of a code on a day (2026-03-06): state and reason; facts once the signature held.
// The program that issues certificates answers the same (domain/verifying.py).
async function checked(text, list, today, byScript) {
  const answer = {
    state: "invalid", demo: false, list_old: false, list_age_days: null, reason: null, number: null, name: null,
    course: null, date: null, hours: null, kind: null, issuer: null, telephone_code: null,
  };
  try {
    const message = messageIn(text);
    const sealed = takenApart(message);
    const key = list.keys.find((each) => each.kid === sealed.kid);
    if (key === undefined) return { ...answer, state: "unknown_key" };
    if (!(await signatureHolds(sealed, key.point, byScript))) throw new NotReadable("signature");
    const { prefix, ...shown } = factsOf(sealed);
    const age = Math.max(daysBetween(list.issuedOn, today), 0);
    return {
      ...answer, ...shown, ...stateOf({ prefix, ...shown }, key, list, today),
      list_old: age > OLD_AFTER, list_age_days: age, telephone_code: spokenCode(sha256(message)),
    };
  } catch (problem) {
    if (!(problem instanceof NotReadable)) throw problem;
    return { ...answer, reason: problem.reason };
  }
}

// The gravest that holds comes first.
function stateOf(facts, key, list, today) {
  if (facts.demo !== key.demo) return { state: "invalid", reason: "demonstration" };
  if (facts.issuer !== list.issuer) return { state: "invalid", reason: "issuer" };
  if (facts.date < key.validFrom) return { state: "invalid", reason: "before_key" };
  if (key.listedOnly && !list.listed.has(facts.prefix)) return { state: "invalid", reason: "key_stolen" };
  if (list.annulled.has(facts.prefix)) return { state: "annulled" };
  if (list.replaced.has(facts.prefix)) return { state: "replaced" };
  return { state: facts.date > today ? "not_yet_valid" : "valid" };
}
