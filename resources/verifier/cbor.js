// CBOR in its one deterministic form (RFC 8949, section 4.2): any other spelling of the same is refused.

class NotReadable extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const DEEPEST = 200;

// The map in a payload, by key; throws NotReadable for anything else or for anything behind it.
function cborMap(bytes) {
  const reader = { bytes, at: 0 };
  const found = cborItem(reader, 0);
  if (!(found instanceof Map) || reader.at !== bytes.length) throw new NotReadable("not_canonical");
  return found;
}

function cborItem(reader, depth) {
  if (depth > DEEPEST) throw new NotReadable("not_canonical");
  const head = cborTake(reader, 1)[0];
  const kind = head >> 5;
  if (kind === 7) return cborSimple(reader, head);
  const number = cborNumber(reader, head & 31);
  if (kind === 0) return number;
  if (kind === 1) return typeof number === "bigint" ? -1n - number : -1 - number;
  if (kind === 2) return cborTake(reader, number);
  if (kind === 3) return cborText(cborTake(reader, number));
  if (kind === 4) return cborArray(reader, number, depth);
  if (kind === 5) return cborPairs(reader, number, depth);
  return { tag: number, item: cborItem(reader, depth + 1) };
}

// Truth values; anything else of this kind is read over, no certificate has it.
function cborSimple(reader, head) {
  if (head === 0xf4 || head === 0xf5) return head === 0xf5;
  const low = head & 31;
  if (low > 27) throw new NotReadable("not_canonical");
  const rest = cborTake(reader, low < 24 ? 0 : 1 << (low - 24));
  if (low === 24 && rest[0] < 32) throw new NotReadable("not_canonical");
  return null;
}

function cborNumber(reader, low) {
  if (low < 24) return low;
  if (low > 27) throw new NotReadable("not_canonical");
  const bytes = cborTake(reader, 1 << (low - 24));
  const number = BigInt(`0x${hex(bytes)}`);
  const least = [24n, 1n << 8n, 1n << 16n, 1n << 32n][low - 24];
  if (number < least) throw new NotReadable("not_canonical");
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : number;
}

function cborTake(reader, length) {
  // A length that the text cannot hold costs nothing: nothing is set aside for it.
  if (typeof length === "bigint" || length > reader.bytes.length - reader.at) throw new NotReadable("not_canonical");
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

function cborText(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotReadable("not_canonical");
  }
}

function cborArray(reader, length, depth) {
  const items = [];
  for (let place = 0; place < length; place += 1) items.push(cborItem(reader, depth + 1));
  return items;
}

function cborPairs(reader, length, depth) {
  const pairs = new Map();
  let before = null;
  for (let place = 0; place < length; place += 1) {
    const start = reader.at;
    const key = cborItem(reader, depth + 1);
    const written = reader.bytes.subarray(start, reader.at);
    if (before !== null && !comesBefore(before, written)) throw new NotReadable("not_canonical");
    before = written;
    pairs.set(key, cborItem(reader, depth + 1));
  }
  return pairs;
}

function comesBefore(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    if (one[at] !== other[at]) return one[at] < other[at];
  }
  return one.length < other.length;
}
