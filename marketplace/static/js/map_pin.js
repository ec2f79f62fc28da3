// A pin on the schematic map: tap, arrow keys or a neighborhood move it; the two number fields keep it.
"use strict";

document.querySelectorAll("[data-map-pin]").forEach((box) => {
  const board = box.querySelector("[data-board]");
  const svg = board.querySelector("svg");
  const [west, north, perEast, perNorth] = svg.dataset.projection.trim().split(" ").map(Number);
  const [width, height] = svg.getAttribute("viewBox").split(" ").slice(2).map(Number);
  const latitude = box.querySelector("[name$=latitude]");
  const longitude = box.querySelector("[name$=longitude]");
  const near = box.querySelector("[name$=near]");
  const said = box.querySelector("[data-said-here]");
  const cells = [...svg.querySelectorAll("[data-name]")];

  board.tabIndex = 0;
  board.setAttribute("role", "application");
  board.setAttribute("aria-label", board.dataset.label);

  const typed = () => {
    const point = [latitude.value, longitude.value].map((value) => (value.trim() ? Number(value) : NaN));
    return point.every(Number.isFinite) ? { x: (point[1] - west) * perEast, y: (north - point[0]) * perNorth } : null;
  };

  const draw = () => {
    let pin = svg.querySelector(".city-pin");
    const point = typed();
    if (!point) {
      if (pin) pin.remove();
      return;
    }
    if (!pin) {
      pin = document.createElementNS(svg.namespaceURI, "g");
      pin.setAttribute("class", "city-pin");
      const dot = document.createElementNS(svg.namespaceURI, "circle");
      dot.setAttribute("r", "8");
      pin.append(dot);
      svg.append(pin);
    }
    const dot = pin.querySelector("circle");
    dot.setAttribute("cx", Math.min(Math.max(point.x, 0), width));
    dot.setAttribute("cy", Math.min(Math.max(point.y, 0), height));
  };

  const distance = (cell, point) => Math.hypot(cell.dataset.x - point.x, cell.dataset.y - point.y);

  const say = () => {
    const point = typed();
    if (!point) return;
    const name = cells.reduce((best, cell) => (distance(cell, point) < distance(best, point) ? cell : best)).dataset.name;
    said.textContent = box.dataset.said.replace("{name}", name);
  };

  const put = (point) => {
    latitude.value = (north - Math.min(Math.max(point.y, 0), height) / perNorth).toFixed(6);
    longitude.value = (west + Math.min(Math.max(point.x, 0), width) / perEast).toFixed(6);
    latitude.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
    say();
  };

  board.addEventListener("click", (event) => {
    const frame = svg.getBoundingClientRect();
    put({ x: ((event.clientX - frame.left) / frame.width) * width, y: ((event.clientY - frame.top) / frame.height) * height });
  });

  board.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 20 : 2;
    const from = typed() || { x: width / 2, y: height / 2 };
    put({ x: from.x + step[0] * far, y: from.y + step[1] * far });
  });

  near.addEventListener("change", () => {
    const cell = cells.find((item) => item.dataset.name === near.value);
    if (cell) put({ x: Number(cell.dataset.x), y: Number(cell.dataset.y) });
  });
  [latitude, longitude].forEach((field) => field.addEventListener("change", () => { draw(); say(); }));
  draw();
});
