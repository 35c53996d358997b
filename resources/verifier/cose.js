// A certificate's code: EIC1: + Base45 of a COSE_Sign1 message (RFC 9052) in the one form that the school writes.
// Nothing in it is believed before its signature held.

const CODE_START = "EIC1:";
const LONGEST_CODE = 2000;
// Tag 18, four parts; protected: 13 bytes {1: -7 (ES256), 4: name of the key, 8 bytes}; the same bytes from place 3.
const MESSAGE_HEAD = Uint8Array.of(0xd2, 0x84, 0x4d, 0xa2, 0x01, 0x26, 0x04, 0x48);
const MOST_LOG = 2n ** 63n - 1n;
const LAST_DAY = 2932896;
const KINDS = { 1: "diploma", 2: "participation", 3: "statement", 4: "transcript", 5: "instructor" };

// The code in a text: alone, or after the # of a web address.
function codeIn(text) {
  const whole = text.trim();
  const at = whole.indexOf("#");
  if (at < 0 || !whole.slice(0, at).includes("://")) return whole;
  const fragment = whole.slice(at + 1);
  if (/[^\x00-\x7f]/.test(fragment)) return "";
  const bytes = [];
  for (let place = 0; place < fragment.length; place += 1) {
    const coded = /^%[0-9a-f]{2}/i.test(fragment.slice(place, place + 3));
    bytes.push(coded ? parseInt(fragment.slice(place + 1, place + 3), 16) : fragment.charCodeAt(place));
    if (coded) place += 2;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return "";
  }
}

// The bytes of the message in a text; throws NotReadable.
function messageIn(text) {
  if (text.length > 10 * LONGEST_CODE) throw new NotReadable("not_a_code");
  const code = codeIn(text);
  if (!code.startsWith(CODE_START) || Array.from(code).length > LONGEST_CODE) throw new NotReadable("not_a_code");
  const message = base45Bytes(code.slice(CODE_START.length));
  if (message === null) throw new NotReadable("not_base45");
  return message;
}

// A message taken apart: name of the key, what was signed, payload, signature; throws NotReadable.
function takenApart(message) {
  const start = MESSAGE_HEAD.length + 8;
  const headed = message.length > start && MESSAGE_HEAD.every((byte, place) => message[place] === byte);
  if (!headed || message[start] !== 0xa0) throw new NotReadable("not_canonical");
  const reader = { bytes: message, at: start + 2 };
  const head = message[start + 1];
  if (head === undefined || head >> 5 !== 2) throw new NotReadable("not_canonical");
  const payload = cborTake(reader, cborNumber(reader, head & 31));
  const end = reader.at;
  if (message[end] !== 0x58 || message[end + 1] !== 0x40 || message.length !== end + 66) {
    throw new NotReadable("not_canonical");
  }
  return {
    kid: hex(message.subarray(8, start)),
    signed: signedBytes(message.subarray(3, start), message.subarray(start + 1, end)),
    payload,
    signature: message.subarray(end + 2),
  };
}

// The Sig_structure of RFC 9052, 4.4: "Signature1", protected, nothing, payload (with its head of a byte string).
function signedBytes(protectedBytes, payloadItem) {
  const start = [0x84, 0x6a, ...new TextEncoder().encode("Signature1"), 0x4d];
  const signed = new Uint8Array(start.length + protectedBytes.length + 1 + payloadItem.length);
  signed.set(start);
  signed.set(protectedBytes, start.length);
  signed[start.length + protectedBytes.length] = 0x40;
  signed.set(payloadItem, start.length + protectedBytes.length + 1);
  return signed;
}

// Whether the signature is of this key; the other value of s, which would say the same, is refused.
async function signatureHolds(sealed, point, byScript) {
  if (toNumber(sealed.signature.subarray(32)) > P256_N / 2n) return false;
  if (byScript || !browserSigns()) return holdsByScript(sealed.signed, sealed.signature, point);
  return holdsByBrowser(sealed.signed, sealed.signature, point);
}

// What a message says whose signature holds; throws NotReadable("newer_format") for facts of a later program.
function factsOf(sealed) {
  const said = cborMap(sealed.payload);
  const known = [1, 2, 3, 4, 5, 6, 7, 8, 9].every((key) => said.has(key)) && said.size === (said.has(10) ? 10 : 9);
  const sound = known
    && [[1, 16], [3, 40], [4, 100], [5, 120]].every(([key, most]) => isText(said.get(key), most))
    && said.get(2) instanceof Uint8Array && said.get(2).length === 16
    && isCount(said.get(6), LAST_DAY) && isCount(said.get(7), 99999)
    && typeof said.get(8) === "number" && said.get(8) in KINDS
    && isCount(said.get(9), MOST_LOG) && (!said.has(10) || said.get(10) === true);
  if (!sound) throw new NotReadable("newer_format");
  return {
    issuer: said.get(1), prefix: hex(said.get(2).subarray(0, 8)), number: said.get(3), name: said.get(4),
    course: said.get(5), date: dayText(said.get(6)), hours: said.get(7), kind: KINDS[said.get(8)],
    demo: said.has(10),
  };
}

function isText(value, most) {
  return typeof value === "string" && value !== "" && Array.from(value).length <= most
    && value.normalize("NFC") === value;
}

function isCount(value, most) {
  return (typeof value === "number" || typeof value === "bigint") && value >= 0 && value <= most;
}

// A day as 2026-03-06, from the days since 1970-01-01.
function dayText(days) {
  return new Date(days * 86400000).toISOString().slice(0, 10);
}

function daysBetween(first, last) {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86400000);
}
