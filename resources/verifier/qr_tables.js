// What ISO/IEC 18004 lays down for QR symbols of versions 1 to 40: sizes, blocks, fixed patterns, format words.

// Error correction words in a block, and blocks, by level and version (table 9).
const QR_LEVELS = {
  L: {
    fix: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30,
      30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    blocks: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18,
      19, 19, 20, 21, 22, 24, 25],
  },
  M: {
    fix: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28,
      28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
    blocks: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31,
      33, 35, 37, 38, 40, 43, 45, 47, 49],
  },
  Q: {
    fix: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30,
      30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    blocks: [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40,
      43, 45, 48, 51, 53, 56, 59, 62, 65, 68],
  },
  H: {
    fix: [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30,
      30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    blocks: [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48,
      51, 54, 57, 60, 63, 66, 70, 74, 77, 81],
  },
};

// By the two bits in a format word.
const QR_LEVEL_OF_BITS = ["M", "L", "H", "Q"];

const QR_MASKS = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

const qrSize = (version) => 17 + 4 * version;

// Rows (and columns) of the centres of alignment patterns (annex E).
function qrAlignments(version) {
  if (version === 1) return [];
  const size = qrSize(version);
  const count = Math.floor(version / 7) + 2;
  const even = 2 * Math.ceil((size - 13) / (count - 1) / 2);
  const step = version === 32 ? 26 : even;
  const places = [6];
  for (let left = count - 1; left > 0; left -= 1) places.push(size - 7 - (left - 1) * step);
  return places;
}

// Centres of the alignment patterns that no finder pattern covers, as [column, row].
function qrAlignmentCentres(version) {
  const places = qrAlignments(version);
  const last = places.length - 1;
  return places.flatMap((row, i) => places
    .map((column, k) => [column, row, i, k])
    .filter(([, , a, b]) => !(a === 0 && b === 0) && !(a === 0 && b === last) && !(a === last && b === 0))
    .map(([column, r]) => [column, r]));
}

// 1 where a module belongs to a fixed pattern, a format or a version word, by row * size + column.
function qrReserved(version) {
  const size = qrSize(version);
  const taken = new Uint8Array(size * size);
  const fill = (column, row, width, height) => {
    for (let y = row; y < row + height; y += 1) taken.fill(1, y * size + column, y * size + column + width);
  };
  fill(0, 0, 9, 9);
  fill(size - 8, 0, 8, 9);
  fill(0, size - 8, 9, 8);
  fill(6, 0, 1, size);
  fill(0, 6, size, 1);
  for (const [column, row] of qrAlignmentCentres(version)) fill(column - 2, row - 2, 5, 5);
  if (version >= 7) {
    fill(size - 11, 0, 3, 6);
    fill(0, size - 11, 6, 3);
  }
  return taken;
}

// The 15 bits of a format word: 5 of data, 10 by the generator 10100110111, masked (7.9).
function qrFormatWord(data) {
  let rest = data << 10;
  for (let bit = 14; bit >= 10; bit -= 1) if ((rest >> bit) & 1) rest ^= 0x537 << (bit - 10);
  return ((data << 10) | rest) ^ 0x5412;
}
