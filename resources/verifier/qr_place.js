// Where each module of a symbol lies in the picture, seen from any side: a projective map from modules to pixels.

// The map that fits pairs [column, row, x, y] best (least squares); null where they do not fix one.
function mapThrough(pairs, size) {
  const rows = [];
  const middle = [0, 1].map((k) => pairs.reduce((sum, pair) => sum + pair[2 + k], 0) / pairs.length);
  for (const [column, row, x, y] of pairs) {
    const [u, v] = [column / size, row / size];
    const [dx, dy] = [(x - middle[0]) / 1000, (y - middle[1]) / 1000];
    rows.push([u, v, 1, 0, 0, 0, -u * dx, -v * dx, dx], [0, 0, 0, u, v, 1, -u * dy, -v * dy, dy]);
  }
  const solved = leastSquares(rows, 8);
  if (solved === null) return null;
  return (column, row) => {
    const [u, v] = [column / size, row / size];
    const depth = solved[6] * u + solved[7] * v + 1;
    return [
      middle[0] + (1000 * (solved[0] * u + solved[1] * v + solved[2])) / depth,
      middle[1] + (1000 * (solved[3] * u + solved[4] * v + solved[5])) / depth,
    ];
  };
}

// The unknowns of too many equations, each a row of factors and its result.
function leastSquares(rows, unknowns) {
  const sums = Array.from({ length: unknowns }, (_, i) => Array.from({ length: unknowns + 1 }, (__, k) => (
    rows.reduce((sum, row) => sum + row[i] * row[k], 0))));
  for (let i = 0; i < unknowns; i += 1) {
    let pivot = i;
    for (let k = i + 1; k < unknowns; k += 1) if (Math.abs(sums[k][i]) > Math.abs(sums[pivot][i])) pivot = k;
    if (Math.abs(sums[pivot][i]) < 1e-12) return null;
    [sums[i], sums[pivot]] = [sums[pivot], sums[i]];
    for (let k = 0; k < unknowns; k += 1) {
      if (k === i) continue;
      const factor = sums[k][i] / sums[i][i];
      for (let column = i; column <= unknowns; column += 1) sums[k][column] -= factor * sums[i][column];
    }
  }
  return sums.map((row, i) => row[unknowns] / row[i]);
}

// The three corners and the fourth that follows from how much farther away the right side (a) and the lower side (b)
// are than the left and the upper one: 0 for a paper seen from straight above.
function cornerPairs([topLeft, topRight, bottomLeft], size, a = 0, b = 0) {
  const far = size - 3.5;
  const fourth = (axis) => (
    ((1 + a) * topRight[axis] + (1 + b) * bottomLeft[axis] - topLeft[axis]) / (1 + a + b));
  return [
    [3.5, 3.5, topLeft.x, topLeft.y],
    [far, 3.5, topRight.x, topRight.y],
    [3.5, far, bottomLeft.x, bottomLeft.y],
    [far, far, fourth("x"), fourth("y")],
  ];
}

// How many modules a side has, measured across the corners; null where a corner cannot be crossed that way.
function measuredSize(picture, lights, [topLeft, topRight, bottomLeft]) {
  const sides = [[topLeft, topRight], [topLeft, bottomLeft]].map(([one, other]) => {
    const length = Math.hypot(other.x - one.x, other.y - one.y);
    const [stepX, stepY] = [(other.x - one.x) / length, (other.y - one.y) / length];
    const widths = [one, other]
      .map((each) => crossed(picture, lights, each.x, each.y, stepX, stepY, each.module * 7))
      .filter((crossing) => crossing !== null)
      .map((crossing) => crossing.length / 7);
    const module = widths.length ? widths.reduce((a, b) => a + b) / widths.length : (one.module + other.module) / 2;
    return length / module + 7;
  });
  return (sides[0] + sides[1]) / 2;
}

// Of both timing lines together, 2 at best; what lies far below is chance.
const LEAST_CLEAR = 0.5;
const CLEAR_ENOUGH = 1.7;
const SLANTS = [0, -0.05, 0.05, -0.1, 0.1, -0.16, 0.16, -0.22, 0.22, -0.3, 0.3, -0.4, 0.5];

// Versions whose timing lines are seen between the corners, each with its slants, the clearest first.
function likelyVersions(picture, corners, measured) {
  const about = (measured - 17) / 4;
  const found = [];
  for (let version = 1; version <= 40; version += 1) {
    if (Math.abs(version - about) > 1.2 + about * 0.2) continue;
    const seen = clearestSlants(picture, corners, qrSize(version));
    found.push({ version, ...seen, clear: seen.clear - Math.abs(version - about) * 0.01 });
  }
  return found.filter((seen) => seen.clear > LEAST_CLEAR).sort((one, other) => other.clear - one.clear).slice(0, 3);
}

// The slants under which both timing lines alternate most clearly; the row tells one of them, the column the other.
function clearestSlants(picture, corners, size) {
  const level = mapThrough(cornerPairs(corners, size), size);
  const both = (map) => timingClarity(picture, map, size, false) + timingClarity(picture, map, size, true);
  let best = { a: 0, b: 0, clear: level === null ? -2 : both(level) };
  if (best.clear > CLEAR_ENOUGH) return best;
  for (const column of [false, true, false, true]) {
    const from = best;
    best = { ...best, clear: -2 };
    for (const slant of SLANTS) {
      const { a, b } = column ? { a: from.a, b: slant } : { a: slant, b: from.b };
      const map = mapThrough(cornerPairs(corners, size, a, b), size);
      const clear = map === null ? -2 : timingClarity(picture, map, size, column) - Math.abs(slant) * 0.05;
      if (clear > best.clear) best = { a, b, clear };
    }
  }
  const map = mapThrough(cornerPairs(corners, size, best.a, best.b), size);
  if (map === null) return best;
  return { ...best, clear: both(map) };
}

// How clearly a timing line alternates: 1 at best, about 0 by chance.
function timingClarity(picture, map, size, column) {
  const tones = [];
  for (let k = 8; k < size - 8; k += 1) tones.push(toneAt(picture, ...(column ? map(6.5, k + 0.5) : map(k + 0.5, 6.5))));
  let [agreed, all] = [0, 0];
  for (let k = 1; k < tones.length - 1; k += 1) {
    // Beside its neighbours, so that shadows do not count.
    const lighter = tones[k] - (tones[k - 1] + tones[k + 1]) / 2;
    agreed += k % 2 === 0 ? -lighter : lighter;
    all += Math.abs(lighter);
  }
  return all ? agreed / all : -1;
}

// The maps to try for a version, the finest first: through all alignment patterns, through the farthest, plain.
function mapsFor(picture, corners, { version, a, b }) {
  const size = qrSize(version);
  const pairs = cornerPairs(corners, size, a, b);
  const plain = mapThrough(pairs, size);
  const centres = qrAlignmentCentres(version);
  if (plain === null || !centres.length) return [plain].filter(Boolean);
  const reach = 2 + size / 18;
  const last = size - 6.5;
  const farthest = alignmentNear(picture, plain, last, last, reach);
  if (farthest === null) return [throughAlignments(picture, plain, pairs.slice(0, 3), centres, size), plain].filter(Boolean);
  const four = mapThrough([...pairs.slice(0, 3), [last, last, ...farthest]], size);
  if (four === null) return [plain];
  return [throughAlignments(picture, four, pairs.slice(0, 3), centres, size), four, plain].filter(Boolean);
}

function throughAlignments(picture, map, pairs, centres, size) {
  const more = centres
    .map(([column, row]) => [column + 0.5, row + 0.5])
    .map(([column, row]) => [column, row, alignmentNear(picture, map, column, row, 1.5)])
    .filter(([, , place]) => place !== null)
    .map(([column, row, place]) => [column, row, ...place]);
  return more.length ? mapThrough([...pairs, ...more], size) : null;
}

// The middle of the alignment pattern nearest to where it should be, as [x, y]; null where none is seen.
function alignmentNear(picture, map, column, row, reach) {
  let best = { likeness: 0.6, u: 0, v: 0, found: false };
  const look = (aboutU, aboutV, span, step) => {
    for (let v = aboutV - span; v <= aboutV + span + 1e-9; v += step) {
      for (let u = aboutU - span; u <= aboutU + span + 1e-9; u += step) {
        const likeness = alignmentLikeness(picture, map, column + u, row + v) - Math.hypot(u, v) * 0.02;
        if (likeness > best.likeness) best = { likeness, u, v, found: true };
      }
    }
  };
  look(0, 0, reach, 0.34);
  if (!best.found) return null;
  look(best.u, best.v, 0.25, 0.125);
  return map(column + best.u, row + best.v);
}

// How like an alignment pattern (dark point, light ring, dark ring) a place looks: 1 at best.
function alignmentLikeness(picture, map, column, row) {
  let [sum, squares, dark] = [0, 0, 0];
  for (let v = -2; v <= 2; v += 1) {
    for (let u = -2; u <= 2; u += 1) {
      const tone = toneAt(picture, ...map(column + u, row + v));
      sum += tone;
      squares += tone * tone;
      if (Math.max(Math.abs(u), Math.abs(v)) !== 1) dark += tone;
    }
  }
  const spread = Math.sqrt(Math.max(squares / 25 - (sum / 25) ** 2, 0));
  // 17 dark modules, 8 light ones: the greatest possible distance of both means is spread / sqrt(17 · 8) · 25.
  return spread < 8 ? 0 : (((sum - dark) / 8 - dark / 17) * Math.sqrt(136)) / 25 / spread;
}
