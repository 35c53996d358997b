// Reads the QR symbols in a picture: finds the corners, lays the grid, tells dark from light, mends, reads.

// The texts of a picture { width, height, gray } in the order in which they are found; the search ends with the first
// that `wanted` accepts. `patient` tries more ways, for pictures that do not move.
function qrTexts(picture, wanted, patient) {
  const texts = [];
  const lights = lightCuts(picture);
  for (const corners of cornerTriples(finderPatterns(picture, lights))) {
    const measured = measuredSize(picture, lights, corners);
    for (const seen of likelyVersions(picture, corners, measured).slice(0, patient ? 3 : 1)) {
      const text = textThrough(picture, corners, seen, patient);
      if (text === null) continue;
      texts.push(text);
      if (wanted(text)) return texts;
      break;
    }
  }
  return texts;
}

// Ways to tell dark from light: width of a point, sharpening, by the middle of both extremes or by the mean.
const READINGS = [
  { spread: 0.2, sharpen: 0, mean: false },
  { spread: 0.2, sharpen: 0.25, mean: false },
  { spread: 0.1, sharpen: 0.15, mean: true },
  { spread: 0.25, sharpen: 0.4, mean: true },
];

function textThrough(picture, corners, seen, patient) {
  const size = qrSize(seen.version);
  for (const map of mapsFor(picture, corners, seen).slice(0, patient ? 3 : 2)) {
    for (const way of READINGS.slice(0, patient ? 4 : 2)) {
      const tones = sharpened(moduleTones(picture, map, size, way.spread), size, way.sharpen);
      const text = qrText(darkModules(tones, size, way.mean), seen.version);
      if (text) return text;
    }
  }
  return null;
}

function moduleTones(picture, map, size, spread) {
  const tones = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [x, y] = map(column + 0.5, row + 0.5);
      const [rightX, rightY] = map(column + 0.5 + spread, row + 0.5);
      const [downX, downY] = map(column + 0.5, row + 0.5 + spread);
      let tone = 2 * toneAt(picture, x, y) + toneAt(picture, rightX, rightY) + toneAt(picture, downX, downY);
      tone += toneAt(picture, 2 * x - rightX, 2 * y - rightY) + toneAt(picture, 2 * x - downX, 2 * y - downY);
      tones[row * size + column] = tone / 6;
    }
  }
  return tones;
}

// Takes from each module a share of its neighbours' light, which blur had spread into it.
function sharpened(tones, size, share) {
  if (share === 0) return tones;
  const sharp = new Float32Array(tones.length);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const at = row * size + column;
      const left = tones[column ? at - 1 : at];
      const right = tones[column < size - 1 ? at + 1 : at];
      const above = tones[row ? at - size : at];
      const under = tones[row < size - 1 ? at + size : at];
      sharp[at] = tones[at] + share * (4 * tones[at] - left - right - above - under);
    }
  }
  return sharp;
}

// 1 for each dark module: darker than what lies about it, by the middle of both extremes or by the mean.
function darkModules(tones, size, byMean) {
  const dark = new Uint8Array(size * size);
  const reach = 4;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let [low, high, sum, count] = [255, 0, 0, 0];
      for (let y = Math.max(row - reach, 0); y <= Math.min(row + reach, size - 1); y += 1) {
        for (let x = Math.max(column - reach, 0); x <= Math.min(column + reach, size - 1); x += 1) {
          const tone = tones[y * size + x];
          low = tone < low ? tone : low;
          high = tone > high ? tone : high;
          sum += tone;
          count += 1;
        }
      }
      dark[row * size + column] = tones[row * size + column] < (byMean ? sum / count : (low + high) / 2) ? 1 : 0;
    }
  }
  return dark;
}

// The picture at a lesser size, each new pixel the mean of those that it covers.
function smallerPicture(picture, width) {
  const scale = picture.width / width;
  const height = Math.max(2, Math.round(picture.height / scale));
  const covered = (place, most) => {
    const first = Math.min(Math.floor(place * scale), most - 1);
    return [first, Math.min(Math.max(Math.floor((place + 1) * scale), first + 1), most)];
  };
  const gray = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = covered(y, picture.height);
    for (let x = 0; x < width; x += 1) {
      const [left, right] = covered(x, picture.width);
      let sum = 0;
      for (let row = top; row < bottom; row += 1) {
        for (let at = row * picture.width + left; at < row * picture.width + right; at += 1) sum += picture.gray[at];
      }
      gray[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, gray };
}

// The texts of a still picture, at several sizes: a near photograph is easier to read smaller.
function qrTextsOfStill(picture, wanted) {
  const texts = [];
  const longest = Math.max(picture.width, picture.height);
  for (const most of [2400, 1200, 600, 300, Infinity]) {
    if (most === Infinity ? longest <= 2400 : most < 2400 && longest <= most) continue;
    const shrunk = Math.min(1, most / longest);
    const shown = shrunk === 1 ? picture : smallerPicture(picture, Math.max(32, Math.round(picture.width * shrunk)));
    texts.push(...qrTexts(shown, wanted, true));
    if (texts.some(wanted)) break;
  }
  return texts;
}
