// Pictures that people choose, drop or paste, as tones of grey; nothing of them leaves the page.

const LONGEST_SIDE = 4000;
const LARGEST_FILE = 60000000;

const isOurs = (text) => /(^|#)EIC1(:|%3A)/i.test(text.trim());

// What is drawn (bitmap or film) as { width, height, gray }, at most so many pixels long; on white where it is clear.
function greyOf(drawn, width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(2, Math.round(width * scale));
  canvas.height = Math.max(2, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const gray = new Uint8Array(canvas.width * canvas.height);
  for (let at = 0; at < gray.length; at += 1) {
    gray[at] = (data[at * 4] * 77 + data[at * 4 + 1] * 151 + data[at * 4 + 2] * 28) >> 8;
  }
  return { width: canvas.width, height: canvas.height, gray };
}

// The texts of the QR symbols in a file, a certificate's first; null where the file is no picture.
async function textsInFile(file) {
  if (file.size > LARGEST_FILE) return null;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return null;
  }
  const texts = qrTextsOfStill(greyOf(bitmap, bitmap.width, bitmap.height, LONGEST_SIDE), isOurs);
  if (!texts.some(isOurs)) texts.push(...await textsByBrowser(bitmap));
  bitmap.close();
  return texts.sort((one, other) => isOurs(other) - isOurs(one));
}

// A second try, where the browser has a reader of its own.
async function textsByBrowser(bitmap) {
  if (!("BarcodeDetector" in globalThis)) return [];
  try {
    const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(bitmap);
    return found.map((symbol) => symbol.rawValue);
  } catch {
    return [];
  }
}

// The camera: looks until a certificate's code is seen or it is stopped.
const camera = { stream: null, timer: 0 };
const CAMERA_PAUSE = 150;
const CAMERA_SIDE = 1280;

// Browsers offer it to pages from disk, this machine or https only.
const hasCamera = () => Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);

async function startCamera(video, found) {
  stopCamera(video);
  const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
  camera.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  video.srcObject = camera.stream;
  await video.play();
  const look = () => {
    if (camera.stream === null) return;
    if (video.videoWidth) {
      const picture = greyOf(video, video.videoWidth, video.videoHeight, CAMERA_SIDE);
      const text = qrTexts(picture, isOurs, false).find(isOurs);
      if (text !== undefined) {
        found(text);
        return;
      }
    }
    camera.timer = setTimeout(look, CAMERA_PAUSE);
  };
  look();
}

function stopCamera(video) {
  clearTimeout(camera.timer);
  if (camera.stream !== null) camera.stream.getTracks().forEach((track) => track.stop());
  camera.stream = null;
  video.srcObject = null;
}
