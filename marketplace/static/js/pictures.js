// Pictures of a piece: several at once with their progress, put in order by drag or buttons. Forms do it without.
"use strict";

const EDGE = 80; // pixels from the rim of the window within which a drag scrolls it
const place = document.querySelector("[data-pictures]");
const list = place && place.querySelector("[data-pictures-list]");
const adding = place && place.querySelector("[data-pictures-add]");

const said = (words) => { place.querySelector("[data-pictures-said]").textContent = words; };

const send = async (form, data) => {
  const answer = await fetch(form.action, {
    method: "POST", body: data, headers: { "X-Part": "1" }, credentials: "same-origin",
  });
  return { ok: answer.ok, ...await answer.json() };
};

// Order

function saveOrder(item) {
  const items = [...list.children];
  const form = item.querySelector("[data-move]");
  const data = new FormData(form);
  data.set("order", items.map((one) => one.dataset.picture).join(","));
  said(place.dataset.moved.replace("{place}", items.indexOf(item) + 1).replace("{number}", items.length));
  send(form, data).catch(() => said(place.dataset.unsaved));
}

function step(item, to) {
  if (to === "cover") list.prepend(item);
  if (to === "earlier" && item.previousElementSibling) item.previousElementSibling.before(item);
  if (to === "later" && item.nextElementSibling) item.nextElementSibling.after(item);
}

function letDrag(item) {
  const handle = document.createElement("span");
  handle.className = "drag";
  handle.setAttribute("aria-hidden", "true");
  item.querySelector(".picture-tools").prepend(handle);
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    item.classList.add("dragged");
  });
  handle.addEventListener("pointermove", (event) => {
    if (!item.classList.contains("dragged")) return;
    if (event.clientY < EDGE) window.scrollBy(0, -EDGE / 4);
    if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, EDGE / 4);
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const other = under && under.closest("[data-picture]");
    if (!other || other === item) return;
    // The others move around it: a handle that is taken out of the page for a moment loses the pointer.
    const items = [...list.children];
    const [from, to] = [items.indexOf(item), items.indexOf(other)];
    if (to < from) item.after(...items.slice(to, from));
    else item.before(...items.slice(from + 1, to + 1));
  });
  const drop = () => {
    if (!item.classList.contains("dragged")) return;
    item.classList.remove("dragged");
    saveOrder(item);
  };
  handle.addEventListener("pointerup", drop);
  handle.addEventListener("pointercancel", drop);
}

// Words

function letDescribe(item) {
  const form = item.querySelector("[data-words]");
  const answer = form.querySelector("[data-words-said]");
  const save = async () => {
    try {
      const result = await send(form, new FormData(form));
      answer.textContent = result.said || (result.errors || []).join(" ");
      form.classList.toggle("wrong", !result.ok);
    } catch {
      answer.textContent = place.dataset.unsaved;
    }
  };
  form.addEventListener("change", save);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
}

function enliven(item) {
  letDrag(item);
  letDescribe(item);
}

// More of them

async function preview(canvas, file) {
  try {
    const picture = await createImageBitmap(file, { resizeWidth: 112 });
    canvas.height = Math.round(canvas.width * picture.height / picture.width);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  } catch {
    canvas.hidden = true; // no picture: the answer of the server says so
  }
}

function rowFor(file) {
  const row = document.createElement("li");
  const canvas = Object.assign(document.createElement("canvas"), { width: 56, height: 70 });
  canvas.setAttribute("aria-hidden", "true");
  const name = Object.assign(document.createElement("bdi"), { textContent: file.name });
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const words = Object.assign(document.createElement("span"), { textContent: place.dataset.waiting });
  const text = document.createElement("div");
  text.append(name, bar, words);
  row.append(canvas, text);
  preview(canvas, file);
  return { row, bar, words };
}

function upload(file, shown) {
  const data = new FormData(adding);
  data.delete("alt");
  data.set("picture", file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", adding.action);
    request.setRequestHeader("X-Part", "1");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      const percent = event.lengthComputable ? Math.round(100 * event.loaded / event.total) : 0;
      shown.bar.value = percent;
      shown.words.textContent = place.dataset.sending.replace("{percent}", percent);
    });
    request.addEventListener("loadend", () => resolve(request.response || {}));
    request.send(data);
  });
}

async function take(file, shown) {
  const result = await upload(file, shown);
  for (const part of result.parts || []) {
    list.insertAdjacentHTML("beforeend", part);
    enliven(list.lastElementChild);
    place.querySelector("[data-pictures-help]").hidden = false;
  }
  if (result.parts && result.parts.length) {
    shown.row.remove();
    return;
  }
  shown.bar.remove();
  shown.row.classList.add("wrong");
  shown.words.textContent = (result.errors || [place.dataset.lost]).join(" ");
  if (result.errors) return;
  const again = Object.assign(document.createElement("button"), { type: "button", className: "btn small" });
  again.textContent = place.dataset.again;
  again.addEventListener("click", () => {
    shown.row.remove();
    addAll([file]);
  });
  shown.row.append(again);
}

let line = Promise.resolve();

function addAll(files) {
  for (const file of files) {
    const shown = rowFor(file);
    adding.querySelector("[data-uploads]").append(shown.row);
    line = line.then(() => take(file, shown));
  }
}

if (place) {
  [...list.children].forEach(enliven);
  list.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-move]") || !event.submitter) return;
    event.preventDefault();
    const item = event.target.closest("[data-picture]");
    step(item, event.submitter.value);
    event.submitter.focus();
    saveOrder(item);
  });

  adding.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
  adding.querySelector("[data-pictures-drop]").hidden = false;
  const input = adding.querySelector("[type=file]");
  input.addEventListener("change", () => {
    addAll([...input.files]);
    input.value = "";
  });
  ["dragenter", "dragover"].forEach((name) => adding.addEventListener(name, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    adding.classList.add("over");
  }));
  adding.addEventListener("dragleave", (event) => {
    if (!adding.contains(event.relatedTarget)) adding.classList.remove("over");
  });
  adding.addEventListener("drop", (event) => {
    event.preventDefault();
    adding.classList.remove("over");
    addAll([...event.dataTransfer.files]);
  });
}
