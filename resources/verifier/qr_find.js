// Where the three finder patterns of a symbol lie: any straight line through the middle of one crosses
// dark, light, dark, light, dark in the proportion 1 : 1 : 3 : 1 : 1, however it is turned.

const MOST_PATTERNS = 14;
const MOST_TRIPLES = 10;

function inProportion(widths) {
  const module = widths.reduce((sum, width) => sum + width, 0) / 7;
  const away = (width, modules) => Math.abs(width - modules * module);
  return [0, 1, 3, 4].every((place) => away(widths[place], 1) < module * 0.62) && away(widths[2], 3) < module * 1.1;
}

// Finder patterns as { x, y, module, seen }, the most often crossed first.
function finderPatterns(picture, lights) {
  const found = [];
  const edges = new Float64Array(6);
  for (let y = 0; y < picture.height; y += 1) {
    let count = 0;
    let dark = false;
    const start = y * picture.width;
    for (let x = 1; x < picture.width; x += 1) {
      const tone = picture.gray[start + x];
      const cut = cutAt(lights, x, y);
      if (tone < cut === dark) continue;
      const before = picture.gray[start + x - 1];
      dark = !dark;
      edges.copyWithin(0, 1);
      edges[5] = x - 0.5 + Math.min(Math.max((cut - before) / (tone - before || 1), 0), 1);
      count += 1;
      if (dark || count < 6) continue;
      const widths = [0, 1, 2, 3, 4].map((place) => edges[place + 1] - edges[place]);
      if (!inProportion(widths)) continue;
      addPattern(picture, lights, found, (edges[2] + edges[3]) / 2, y + 0.5, edges[5] - edges[0]);
    }
  }
  return found.sort((a, b) => b.seen - a.seen).slice(0, MOST_PATTERNS);
}

// Counts a crossing to the pattern that is known there, or looks whether there is one.
function addPattern(picture, lights, found, x, y, length) {
  const known = found.find((each) => Math.hypot(each.x - x, each.y - y) < each.module * 1.8);
  if (known) {
    known.seen += 1;
    return;
  }
  const pattern = centredPattern(picture, lights, x, y, length);
  if (pattern === null) return;
  const same = found.find((each) => Math.hypot(each.x - pattern.x, each.y - pattern.y) < each.module * 1.8);
  if (same) same.seen += 1;
  else found.push(pattern);
}

function centredPattern(picture, lights, x, y, length) {
  let [atX, atY, total] = [x, y, length];
  for (const [stepX, stepY] of [[0, 1], [1, 0], [0, 1], [1, 0]]) {
    const crossing = crossed(picture, lights, atX, atY, stepX, stepY, total);
    if (crossing === null) return null;
    [atX, atY, total] = [atX + crossing.shift * stepX, atY + crossing.shift * stepY, crossing.length];
  }
  const slanted = [0.7071, -0.7071].map((down) => crossed(picture, lights, atX, atY, 0.7071, down, total * 1.3));
  if (slanted.every((crossing) => crossing === null)) return null;
  return { x: atX, y: atY, module: total / 7, seen: 1 };
}

// A line through a place in the middle of a pattern: its length, and how far the middle lies from the place.
function crossed(picture, lights, x, y, stepX, stepY, about) {
  const forth = threeEdges(picture, lights, x, y, stepX, stepY, about * 1.2 + 3);
  const back = forth && threeEdges(picture, lights, x, y, -stepX, -stepY, about * 1.2 + 3);
  if (!back) return null;
  const widths = [back[2] - back[1], back[1] - back[0], back[0] + forth[0], forth[1] - forth[0], forth[2] - forth[1]];
  if (!inProportion(widths)) return null;
  // The ring's outer edges and the square's edges each say where the middle is.
  return { length: forth[2] + back[2], shift: (forth[2] - back[2] + forth[0] - back[0] + forth[1] - back[1]) / 6 };
}

// Three patterns each that can be the corners of one symbol, as [top left, top right, bottom left]; likeliest first.
function cornerTriples(patterns) {
  const triples = [];
  for (let a = 0; a < patterns.length; a += 1) {
    for (let b = a + 1; b < patterns.length; b += 1) {
      for (let c = b + 1; c < patterns.length; c += 1) {
        const triple = orderedTriple([patterns[a], patterns[b], patterns[c]]);
        if (triple !== null) triples.push(triple);
      }
    }
  }
  triples.sort((one, other) => one.doubt - other.doubt);
  return triples.slice(0, MOST_TRIPLES).map((triple) => triple.corners);
}

function orderedTriple(three) {
  const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  const turns = [[0, 1, 2], [1, 2, 0], [2, 0, 1]];
  const farthest = (turn) => apart(three[turn[1]], three[turn[2]]);
  const [corner, one, other] = turns.reduce((best, turn) => (farthest(turn) > farthest(best) ? turn : best))
    .map((place) => three[place]);
  const [legOne, legOther] = [apart(corner, one), apart(corner, other)];
  const modules = three.map((each) => each.module);
  const module = (modules[0] + modules[1] + modules[2]) / 3;
  const uneven = Math.max(...modules) / Math.min(...modules);
  const across = (one.x - corner.x) * (other.y - corner.y) - (one.y - corner.y) * (other.x - corner.x);
  const upright = Math.abs(across) / (legOne * legOther);
  const lean = Math.abs(Math.log(legOne / legOther));
  if (uneven > 2 || upright < 0.75 || lean > 0.5 || Math.min(legOne, legOther) < module * 10) return null;
  const seen = Math.min(...three.map((each) => each.seen)) / module;
  const doubt = lean + (1 - upright) * 2 + (uneven - 1) + 1 / (1 + seen);
  return { doubt, corners: across > 0 ? [corner, one, other] : [corner, other, one] };
}
