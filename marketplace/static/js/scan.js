// Codes by the camera where the browser reads them itself; a keyboard scanner needs only the field in focus.
"use strict";

const form = document.querySelector("[data-scan]");
const code = form && form.querySelector("[name=code]");
const button = form && form.querySelector("[data-camera]");

if (code) {
  code.focus();
  code.select();
}

if (form && "BarcodeDetector" in window && navigator.mediaDevices) {
  const view = form.querySelector("[data-camera-view]");
  const said = form.querySelector("[data-camera-said]");
  const start = button.textContent;
  const detector = new BarcodeDetector();
  let stream = null;

  const stop = () => {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    view.hidden = true;
    button.textContent = start;
  };
  const look = async () => {
    if (!stream) return;
    const found = await detector.detect(view).catch(() => []);
    if (found.length) {
      code.value = found[0].rawValue;
      stop();
      form.requestSubmit();
      return;
    }
    setTimeout(look, 200);
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (stream) {
      stop();
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      said.textContent = button.dataset.refused;
      return;
    }
    view.srcObject = stream;
    view.hidden = false;
    button.textContent = button.dataset.stop;
    await view.play();
    look();
  });
}
