// Reed-Solomon over GF(256), polynomial x^8+x^4+x^3+x^2+1 (ISO/IEC 18004, 7.5): mends what blots and blur broke.

const GF_EXP = new Uint8Array(512);
const GF_LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  GF_EXP[power] = value;
  GF_EXP[power + 255] = value;
  GF_LOG[value] = power;
  value = value & 128 ? (value << 1) ^ 0x11d : value << 1;
}

const gfTimes = (one, other) => (one === 0 || other === 0 ? 0 : GF_EXP[GF_LOG[one] + GF_LOG[other]]);
const gfOver = (one, other) => (one === 0 ? 0 : GF_EXP[GF_LOG[one] + 255 - GF_LOG[other]]);

// The value of a polynomial (lowest power first) at a place.
function gfAt(polynomial, place) {
  let value = 0;
  for (let power = polynomial.length - 1; power >= 0; power -= 1) value = gfTimes(value, place) ^ polynomial[power];
  return value;
}

// Mends a block whose last `fix` words correct it, in place; false where too much is broken.
function mendBlock(block, fix) {
  const signs = signsOf(block, fix);
  if (signs.every((sign) => sign === 0)) return true;
  const locator = locatorOf(signs);
  const errors = locator.length - 1;
  if (errors * 2 > fix) return false;
  const places = [];
  for (let place = 0; place < block.length; place += 1) {
    if (gfAt(locator, GF_EXP[255 - place]) === 0) places.push(place);
  }
  if (places.length !== errors) return false;
  for (const place of places) {
    block[block.length - 1 - place] ^= errorAt(place, signs, locator);
  }
  return signsOf(block, fix).every((sign) => sign === 0);
}

function signsOf(block, fix) {
  const signs = [];
  for (let power = 0; power < fix; power += 1) {
    let sign = 0;
    for (const word of block) sign = gfTimes(sign, GF_EXP[power]) ^ word;
    signs.push(sign);
  }
  return signs;
}

// The shortest polynomial whose roots say where the errors are (Berlekamp and Massey).
function locatorOf(signs) {
  let [found, before] = [[1], [1]];
  let [length, shift, scale] = [0, 1, 1];
  for (let step = 0; step < signs.length; step += 1) {
    let gap = signs[step];
    for (let power = 1; power <= length; power += 1) gap ^= gfTimes(found[power] || 0, signs[step - power]);
    if (gap === 0) {
      shift += 1;
      continue;
    }
    const kept = found.slice();
    const factor = gfOver(gap, scale);
    for (let power = 0; power < before.length; power += 1) {
      found[power + shift] = (found[power + shift] || 0) ^ gfTimes(factor, before[power]);
    }
    for (let power = 0; power < found.length; power += 1) found[power] = found[power] || 0;
    if (2 * length <= step) {
      [length, before, scale, shift] = [step + 1 - length, kept, gap, 1];
    } else {
      shift += 1;
    }
  }
  while (found.length > 1 && found[found.length - 1] === 0) found.pop();
  return found;
}

// What is wrong at a place (Forney).
function errorAt(place, signs, locator) {
  const turned = GF_EXP[255 - place];
  let above = 0;
  for (let power = 0; power < signs.length; power += 1) {
    let part = 0;
    for (let k = 0; k <= Math.min(power, locator.length - 1); k += 1) part ^= gfTimes(locator[k], signs[power - k]);
    if (power < locator.length - 1) above ^= gfTimes(part, GF_EXP[(GF_LOG[turned] * power) % 255]);
  }
  let slope = 0;
  for (let power = 1; power < locator.length; power += 2) {
    slope ^= gfTimes(locator[power], GF_EXP[(GF_LOG[turned] * (power - 1)) % 255]);
  }
  return gfTimes(GF_EXP[place], gfOver(above, slope));
}
