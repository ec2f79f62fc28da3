// Keys for the desk; they work only while the focus is inside the list or the viewer.
"use strict";

const typing = (target) => target.matches("input, textarea, select, [contenteditable]");

document.querySelectorAll("[data-rows]").forEach((list) => {
  const links = [...list.querySelectorAll("tbody th a")];
  list.addEventListener("keydown", (event) => {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || !links.length) return;
    const now = links.indexOf(document.activeElement);
    const next = Math.min(Math.max(now + step, 0), links.length - 1);
    links[next].focus();
    event.preventDefault();
  });
});

document.querySelectorAll("[data-viewer]").forEach((viewer) => {
  const files = [...document.querySelectorAll(".files a")];
  const now = files.findIndex((link) => link.hasAttribute("aria-current"));
  viewer.addEventListener("keydown", (event) => {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step && files[now + step]) {
      files[now + step].click();
      event.preventDefault();
      return;
    }
    const control = viewer.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!control) return;
    event.preventDefault();
    if (control.matches("button")) control.click();
    else control.focus();
  });
  if (location.hash === "#evidence") viewer.querySelector(".viewer-picture").focus({ preventScroll: true });
});
