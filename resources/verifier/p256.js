// ECDSA on the curve P-256 (SEC 2, 2.4.2; FIPS 186-5, 6.4), for browsers without cryptography of their own.
// Only public values are used here, so the time a step takes tells nobody anything.

const P256_P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const P256_N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const P256_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const P256_G = [
  0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  1n,
];
const P256_NOWHERE = [0n, 1n, 0n];

const toNumber = (bytes) => BigInt(`0x${hex(bytes)}`);
const below = (value, modulus) => ((value % modulus) + modulus) % modulus;

function inverse(value, modulus) {
  let [rest, next] = [modulus, below(value, modulus)];
  let [part, nextPart] = [0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [part, nextPart] = [nextPart, part - times * nextPart];
  }
  return below(part, modulus);
}

// A point of 65 bytes on the curve; null where it is none.
function curvePoint(bytes) {
  if (bytes.length !== 65 || bytes[0] !== 4) return null;
  const [x, y] = [toNumber(bytes.subarray(1, 33)), toNumber(bytes.subarray(33))];
  if (x >= P256_P || y >= P256_P) return null;
  return below(y * y - (x * x * x - 3n * x + P256_B), P256_P) === 0n ? [x, y, 1n] : null;
}

// Points are (X, Y, Z) with x = X/Z², y = Y/Z³: one division at the end instead of one at each step.
function doubled([x, y, z]) {
  if (z === 0n || y === 0n) return P256_NOWHERE;
  const zz = (z * z) % P256_P;
  const yy = (y * y) % P256_P;
  const s = (4n * x * yy) % P256_P;
  const m = (3n * (x - zz) * (x + zz)) % P256_P;
  const x2 = below(m * m - 2n * s, P256_P);
  return [x2, below(m * (s - x2) - 8n * yy * yy, P256_P), (2n * y * z) % P256_P];
}

function added(one, other) {
  if (one[2] === 0n) return other;
  if (other[2] === 0n) return one;
  const [z1, z2] = [(one[2] * one[2]) % P256_P, (other[2] * other[2]) % P256_P];
  const [u1, u2] = [(one[0] * z2) % P256_P, (other[0] * z1) % P256_P];
  const s1 = (one[1] * z2 * other[2]) % P256_P;
  const s2 = (other[1] * z1 * one[2]) % P256_P;
  const h = below(u2 - u1, P256_P);
  const r = below(s2 - s1, P256_P);
  if (h === 0n) return r === 0n ? doubled(one) : P256_NOWHERE;
  const hh = (h * h) % P256_P;
  const hhh = (hh * h) % P256_P;
  const v = (u1 * hh) % P256_P;
  const x = below(r * r - hhh - 2n * v, P256_P);
  return [x, below(r * (v - x) - s1 * hhh, P256_P), (h * one[2] * other[2]) % P256_P];
}

// a·G + b·Q, both sums of powers of two at once.
function twoProducts(a, b, point) {
  const both = added(P256_G, point);
  let sum = P256_NOWHERE;
  for (let bit = 255n; bit >= 0n; bit -= 1n) {
    sum = doubled(sum);
    const [inA, inB] = [(a >> bit) & 1n, (b >> bit) & 1n];
    if (inA && inB) sum = added(sum, both);
    else if (inA) sum = added(sum, P256_G);
    else if (inB) sum = added(sum, point);
  }
  return sum;
}

// Whether r and s (64 bytes) sign these bytes by the key of this point (65 bytes).
function holdsByScript(signed, signature, pointBytes) {
  const point = curvePoint(pointBytes);
  const [r, s] = [toNumber(signature.subarray(0, 32)), toNumber(signature.subarray(32))];
  if (point === null || r === 0n || s === 0n || r >= P256_N || s >= P256_N) return false;
  const turned = inverse(s, P256_N);
  const sum = twoProducts((toNumber(sha256(signed)) * turned) % P256_N, (r * turned) % P256_N, point);
  if (sum[2] === 0n) return false;
  const divisor = inverse(sum[2], P256_P);
  return ((sum[0] * divisor * divisor) % P256_P) % P256_N === r;
}

async function holdsByBrowser(signed, signature, pointBytes) {
  const way = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  try {
    const key = await crypto.subtle.importKey("raw", pointBytes, way, false, ["verify"]);
    return await crypto.subtle.verify(way, key, signature, signed);
  } catch {
    return false;
  }
}

const browserSigns = () => typeof crypto === "object" && typeof crypto.subtle === "object";
