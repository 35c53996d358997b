// Light and dark in a picture { width, height, gray }: where an edge lies, to a fraction of a pixel.

const LIGHT_BLOCK = 16;
const LEAST_CONTRAST = 40;

// What is dark, by blocks of 16 pixels: half-way between the darkest and lightest about; where all is alike, half-way
// between the darkest and lightest of the whole picture.
function lightCuts(picture) {
  const across = Math.ceil(picture.width / LIGHT_BLOCK);
  const down = Math.ceil(picture.height / LIGHT_BLOCK);
  const [least, most] = blockExtremes(picture, across, down);
  const middle = middleOf(picture.gray);
  const cuts = new Uint8Array(across * down);
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across; column += 1) {
      let [low, high] = [255, 0];
      for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, down - 1); y += 1) {
        for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, across - 1); x += 1) {
          low = Math.min(low, least[y * across + x]);
          high = Math.max(high, most[y * across + x]);
        }
      }
      cuts[row * across + column] = high - low >= LEAST_CONTRAST ? (low + high) >> 1 : middle;
    }
  }
  return { cuts, across };
}

function blockExtremes(picture, across, down) {
  const least = new Uint8Array(across * down).fill(255);
  const most = new Uint8Array(across * down);
  for (let y = 0, at = 0; y < picture.height; y += 1) {
    const start = Math.floor(y / LIGHT_BLOCK) * across;
    for (let x = 0; x < picture.width; x += 1, at += 1) {
      const block = start + (x >> 4);
      const value = picture.gray[at];
      if (value < least[block]) least[block] = value;
      if (value > most[block]) most[block] = value;
    }
  }
  return [least, most];
}

// Half-way between the tones that one pixel in fifty lies below, and above.
function middleOf(gray) {
  const counts = new Uint32Array(256);
  for (const value of gray) counts[value] += 1;
  const edge = gray.length / 50;
  let [low, high] = [0, 255];
  for (let sum = counts[0]; sum < edge && low < 255; sum += counts[low]) low += 1;
  for (let sum = counts[255]; sum < edge && high > 0; sum += counts[high]) high -= 1;
  return (low + high) >> 1;
}

function cutAt(lights, x, y) {
  return lights.cuts[(y >> 4) * lights.across + (x >> 4)];
}

// The tone at a place between pixels; places outside have that of the nearest pixel. Centres of pixels lie at a half.
function toneAt(picture, x, y) {
  const left = Math.min(Math.max(x - 0.5, 0), picture.width - 1.001);
  const top = Math.min(Math.max(y - 0.5, 0), picture.height - 1.001);
  const [column, row] = [Math.floor(left), Math.floor(top)];
  const [right, under] = [left - column, top - row];
  const at = row * picture.width + column;
  const gray = picture.gray;
  const upper = gray[at] * (1 - right) + gray[at + 1] * right;
  const lower = gray[at + picture.width] * (1 - right) + gray[at + picture.width + 1] * right;
  return upper * (1 - under) + lower * under;
}

// How far from a dark place, on a straight line, lie the next three edges; null where the picture or patience ends.
function threeEdges(picture, lights, x, y, stepX, stepY, farthest) {
  const edges = [];
  let dark = true;
  let before = toneAt(picture, x, y);
  for (let step = 1; step <= farthest; step += 1) {
    const [atX, atY] = [x + stepX * step, y + stepY * step];
    if (atX < 0 || atY < 0 || atX >= picture.width || atY >= picture.height) return null;
    const tone = toneAt(picture, atX, atY);
    const cut = cutAt(lights, atX, atY);
    if (tone < cut !== dark) {
      edges.push(step - 1 + Math.min(Math.max((cut - before) / (tone - before || 1), 0), 1));
      if (edges.length === 3) return edges;
      dark = !dark;
    }
    before = tone;
  }
  return null;
}
