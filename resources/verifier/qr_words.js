// From the modules of a symbol to its text: format, mask, words, blocks, segments.

// The text of a square of modules (1 dark), row by row; null where it cannot be read.
function qrText(modules, version) {
  for (const format of qrFormats(modules, qrSize(version))) {
    const data = qrData(qrWords(modules, version, QR_MASKS[format & 7]), version, QR_LEVEL_OF_BITS[format >> 3]);
    const text = data === null ? null : qrSegments(data, version);
    if (text !== null) return text;
  }
  return null;
}

// The format words that are nearest to what the two places say, at most three bits away; the nearest first.
function qrFormats(modules, size) {
  const dark = (column, row) => modules[row * size + column];
  const places = [0, 1, 2, 3, 4, 5, 7, 8];
  const one = [...places.map((row) => [8, row]), ...places.slice(0, 7).reverse().map((column) => [column, 8])];
  const other = [];
  for (let k = 0; k < 8; k += 1) other.push([size - 1 - k, 8]);
  for (let k = 8; k < 15; k += 1) other.push([8, size - 15 + k]);
  const found = [];
  for (const copy of [one, other]) {
    const said = copy.reduce((word, [column, row], bit) => word | (dark(column, row) << bit), 0);
    for (let data = 0; data < 32; data += 1) {
      const away = bitsOf(said ^ qrFormatWord(data));
      if (away <= 3) found.push([away, data]);
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  return [...new Set(found.map(([, data]) => data))];
}

function bitsOf(word) {
  let bits = 0;
  for (let rest = word; rest; rest &= rest - 1) bits += 1;
  return bits;
}

// The words as they lie: two columns at a time from the right, upwards and downwards by turns.
function qrWords(modules, version, mask) {
  const size = qrSize(version);
  const taken = qrReserved(version);
  const words = [];
  let [word, bits] = [0, 0];
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const row = up ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (taken[row * size + column]) continue;
        word = (word << 1) | (modules[row * size + column] ^ (mask(row, column) ? 1 : 0));
        bits += 1;
        if (bits === 8) {
          words.push(word);
          [word, bits] = [0, 0];
        }
      }
    }
  }
  return words;
}

// The data words, mended; null where a block is beyond mending.
function qrData(words, version, level) {
  const fix = QR_LEVELS[level].fix[version - 1];
  const count = QR_LEVELS[level].blocks[version - 1];
  const short = Math.floor(words.length / count) - fix;
  const longer = words.length % count;
  const blocks = Array.from({ length: count }, () => []);
  let at = 0;
  for (let place = 0; place <= short; place += 1) {
    for (let k = place < short ? 0 : count - longer; k < count; k += 1) blocks[k].push(words[at++]);
  }
  for (let place = 0; place < fix; place += 1) for (const block of blocks) block.push(words[at++]);
  if (!blocks.every((block) => mendBlock(block, fix))) return null;
  return Uint8Array.from(blocks.flatMap((block) => block.slice(0, -fix)));
}

const QR_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

// The text of the data words: numbers, letters, bytes; null for what no certificate uses (kanji, symbols in parts).
function qrSegments(data, version) {
  const wide = version < 10 ? 0 : version < 27 ? 1 : 2;
  const reader = { data, at: 0 };
  let text = "";
  while (data.length * 8 - reader.at >= 4) {
    const mode = qrBits(reader, 4);
    if (mode === 0) break;
    let part = null;
    if (mode === 1) part = qrNumbers(reader, qrBits(reader, [10, 12, 14][wide]));
    if (mode === 2) part = qrLetters(reader, qrBits(reader, [9, 11, 13][wide]));
    if (mode === 4) part = qrBytes(reader, qrBits(reader, [8, 16, 16][wide]));
    if (mode === 7) part = qrBits(reader, 8) < 128 ? "" : null;
    if (part === null || reader.at > data.length * 8) return null;
    text += part;
  }
  return text;
}

// The next bits; behind the end they are noughts, which the place then tells.
function qrBits(reader, count) {
  let value = 0;
  for (let k = 0; k < count; k += 1, reader.at += 1) {
    value = (value << 1) | (((reader.data[reader.at >> 3] || 0) >> (7 - (reader.at & 7))) & 1);
  }
  return value;
}

function qrNumbers(reader, count) {
  let text = "";
  for (let left = count; left > 0; left -= 3) {
    const digits = Math.min(left, 3);
    text += String(qrBits(reader, [0, 4, 7, 10][digits])).padStart(digits, "0");
  }
  return text.length === count ? text : null;
}

function qrLetters(reader, count) {
  let text = "";
  for (let left = count; left > 0; left -= 2) {
    const pair = qrBits(reader, left > 1 ? 11 : 6);
    if (pair >= (left > 1 ? 2025 : 45)) return null;
    text += left > 1 ? QR_LETTERS[Math.floor(pair / 45)] + QR_LETTERS[pair % 45] : QR_LETTERS[pair];
  }
  return text;
}

function qrBytes(reader, count) {
  const bytes = Uint8Array.from({ length: count }, () => qrBits(reader, 8));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}
