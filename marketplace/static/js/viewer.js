/* Pictures at full size: a dialog over the links marked data-enlarge. Arrows go on, plus and minus enlarge, Escape closes. */
(function () {
  "use strict";

  const dialog = document.querySelector("dialog.big-view");
  const links = [...document.querySelectorAll("a[data-enlarge]")];
  if (!dialog || !links.length || !dialog.showModal) return;
  const stage = dialog.querySelector(".stage");
  const where = dialog.querySelector(".where");
  const zoom = dialog.querySelector("[data-do=zoom]");
  const step = { previous: -1, next: 1 };
  let at = 0;

  const show = (place) => {
    at = (place + links.length) % links.length;
    const picture = links[at].querySelector("picture").cloneNode(true);
    for (const source of picture.querySelectorAll("source")) source.sizes = "200vw";
    const img = picture.querySelector("img");
    img.loading = "eager";
    stage.replaceChildren(picture);
    where.textContent = `${at + 1} / ${links.length}${img.alt ? ` · ${img.alt}` : ""}`;
    enlarge(false);
  };

  /* x and y say which part of the picture stays in view, from 0 to 1. */
  const enlarge = (on, x = 0.5, y = 0.5) => {
    dialog.classList.toggle("large", on);
    zoom.setAttribute("aria-pressed", on);
    if (!on) return;
    stage.scrollLeft = stage.scrollWidth * x - stage.clientWidth / 2;
    stage.scrollTop = stage.scrollHeight * y - stage.clientHeight / 2;
  };

  const isLarge = () => dialog.classList.contains("large");

  links.forEach((link, place) => link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
    show(place);
    stage.focus();
  }));

  dialog.addEventListener("click", (event) => {
    const action = event.target.closest("[data-do]")?.dataset.do;
    if (action === "close") dialog.close();
    else if (action === "zoom") enlarge(!isLarge());
    else if (action) show(at + step[action]);
  });

  dialog.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") enlarge(true);
    else if (event.key === "-") enlarge(false);
    else if (isLarge() && event.target === stage) return; // arrows move the enlarged picture
    else if (event.key === "ArrowRight") show(at + 1);
    else if (event.key === "ArrowLeft") show(at - 1);
    else return;
    event.preventDefault();
  });

  dialog.addEventListener("close", () => {
    stage.replaceChildren();
    links[at].focus();
  });

  /* A drag moves the enlarged picture, a click without one enlarges it there. */
  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, left: stage.scrollLeft, top: stage.scrollTop, moved: false };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerType !== "mouse") return;
    const across = event.clientX - drag.x;
    const down = event.clientY - drag.y;
    drag.moved ||= Math.abs(across) + Math.abs(down) > 6;
    stage.scrollLeft = drag.left - across;
    stage.scrollTop = drag.top - down;
  });
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  stage.addEventListener("click", (event) => {
    const moved = drag?.moved;
    drag = null;
    const img = event.target.closest("img");
    if (moved || !img) return;
    const box = img.getBoundingClientRect();
    enlarge(!isLarge(), (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  window.addEventListener("pointerup", () => setTimeout(() => { drag = null; }));
})();
