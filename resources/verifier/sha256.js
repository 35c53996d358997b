// SHA-256 (FIPS 180-4), for codes of 16 characters and for browsers that offer no cryptography of their own.

const SHA_CONSTANTS = shaConstants();

function shaConstants() {
  // The first 32 bits of the fractions of the cube roots of the first 64 primes.
  const found = [];
  for (let number = 2; found.length < 64; number += 1) {
    let prime = true;
    for (let part = 2; part * part <= number; part += 1) prime = prime && number % part !== 0;
    if (prime) found.push(Math.floor((Math.cbrt(number) % 1) * 2 ** 32) | 0);
  }
  return Int32Array.from(found);
}

function sha256(bytes) {
  const state = Int32Array.of(
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  const words = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) shaBlock(state, view, at, words);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, place) => digest.setInt32(place * 4, word));
  return new Uint8Array(digest.buffer);
}

function shaBlock(state, view, at, w) {
  const turned = (word, bits) => (word >>> bits) | (word << (32 - bits));
  for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const low = turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const high = turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = w[i - 16] + low + w[i - 7] + high;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + mixed + ((e & f) ^ (~e & g)) + SHA_CONSTANTS[i] + w[i]) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] += word; });
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const SPOKEN = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// The first 80 bits of a digest as 16 characters that nobody confuses: 4KX9-2M7Q-Z8T1-0ABC.
function spokenCode(digest) {
  let number = BigInt(`0x${hex(digest.subarray(0, 10))}`);
  let text = "";
  for (let place = 0; place < 16; place += 1) {
    text = SPOKEN[Number(number & 31n)] + text;
    number >>= 5n;
  }
  return text.match(/.{4}/g).join("-");
}
