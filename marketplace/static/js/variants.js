// Sizes and colors as chips, and a grid of their prices and stock. The rows of the form stay what is posted.
"use strict";

const variants = document.querySelector("[data-variants]");
const USUAL_SIZES = ["XS", "S", "M", "L", "XL"];

function rowOf(box) {
  const input = (name) => box.querySelector(`[name$="-${name}"]`);
  return {
    box, id: input("id"), size: input("size"), color: input("color"), hex: input("color_hex"), price: input("price"),
    stock: input("stock"), gone: input("DELETE"),
  };
}

function matrixOf(place) {
  const matrix = place.querySelector("[data-matrix]");
  const rowsPlace = place.querySelector("[data-variant-rows]");
  const total = place.querySelector('[name$="-TOTAL_FORMS"]');
  const rows = [...rowsPlace.querySelectorAll("[data-variant]")].map(rowOf);
  const axes = { size: [], color: [] };
  const samples = new Map();
  const errors = new Map();
  const open = new Set();

  const isBlank = (row) => !row.id.value && !row.size.value && !row.color.value && !row.price.value && !row.stock.value;
  const used = () => rows.filter((row) => !isBlank(row));
  const find = (size, color) => used().find((row) => row.size.value === size && row.color.value === color);
  const isOn = (row) => Boolean(row) && !row.gone.checked;
  const nameOf = (axis, value) => value || place.dataset[axis === "size" ? "noneSize" : "noneColor"];

  function read() {
    axes.size = [];
    axes.color = [];
    for (const row of used()) {
      const [size, color] = [row.size.value, row.color.value];
      if (isOn(row) && !axes.size.includes(size)) axes.size.push(size);
      if (isOn(row) && !axes.color.includes(color)) axes.color.push(color);
      if (color) samples.set(color, row.hex.value);
      const found = [...row.box.querySelectorAll(".error")].map((error) => error.textContent.trim());
      if (found.length) errors.set(row, found.join(" "));
    }
    if (axes.size.length) return;
    axes.size = [""]; // a piece of one size and color, until somebody chooses more
    axes.color = [""];
    turnOn("", "");
  }

  function newRow(size, color) {
    let row = rows.find(isBlank);
    if (!row) {
      const html = place.querySelector("[data-empty]").innerHTML.replaceAll("__prefix__", Number(total.value));
      rowsPlace.insertAdjacentHTML("beforeend", html);
      row = rowOf(rowsPlace.lastElementChild);
      rows.push(row);
      total.value = Number(total.value) + 1;
    }
    const like = used().find((other) => other.size.value === size && other.price.value) || used().find((other) => other.price.value);
    row.size.value = size;
    row.color.value = color;
    row.hex.value = samples.get(color) || "#000000";
    row.price.value = like ? like.price.value : "";
    row.stock.value = "0";
    return row;
  }

  function turnOn(size, color) {
    const row = find(size, color) || newRow(size, color);
    row.gone.checked = false;
  }

  function changed() {
    total.dispatchEvent(new Event("change", { bubbles: true })); // the form saves what is typed on the way
  }

  // The first size or color names what had none so far; the last one that goes leaves pieces without.
  function rename(axis, from, to) {
    for (const row of used()) {
      if (row[axis].value !== from) continue;
      row[axis].value = to;
      if (axis === "color") row.hex.value = samples.get(to) || "#000000";
    }
    axes[axis] = axes[axis].map((value) => (value === from ? to : value));
    if (axis === "color" && open.has(from)) open.add(to);
  }

  function add(axis, value) {
    if (!value || axes[axis].includes(value)) return;
    if (axes[axis].length === 1 && axes[axis][0] === "") {
      rename(axis, "", value);
    } else {
      axes[axis].push(value);
      const other = axis === "size" ? axes.color : axes.size;
      for (const one of other.length ? other : [""]) {
        if (axis === "size") turnOn(value, one);
        else turnOn(one, value);
      }
      if (!other.length) axes[axis === "size" ? "color" : "size"] = [""];
    }
    draw();
    changed();
  }

  function takeAway(axis, value) {
    if (axes[axis].length === 1) {
      rename(axis, value, "");
    } else {
      axes[axis] = axes[axis].filter((one) => one !== value);
      used().filter((row) => row[axis].value === value).forEach((row) => { row.gone.checked = true; });
    }
    draw();
    changed();
  }

  function chip(axis, value) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "chip" });
    const on = axes[axis].includes(value);
    button.setAttribute("aria-pressed", String(on));
    if (axis === "color") {
      const dot = document.createElement("i");
      dot.style.backgroundColor = samples.get(value) || "transparent";
      button.append(dot);
    }
    button.append(value);
    button.addEventListener("click", () => {
      if (on) takeAway(axis, value);
      else add(axis, value);
      const again = [...matrix.querySelectorAll(`[data-chips="${axis}"] .chip`)].find((one) => one.textContent === value);
      if (again) again.focus();
    });
    return button;
  }

  function drawChips() {
    const known = { size: [...USUAL_SIZES], color: [] };
    for (const row of used()) {
      for (const axis of ["size", "color"]) {
        const value = row[axis].value;
        if (value && !known[axis].includes(value)) known[axis].push(value);
      }
    }
    for (const axis of ["size", "color"]) {
      const values = known[axis];
      matrix.querySelector(`[data-chips="${axis}"]`).replaceChildren(...values.map((value) => chip(axis, value)));
    }
  }

  function cell(size, color) {
    const box = matrix.querySelector("[data-cell]").content.firstElementChild.cloneNode(true);
    const row = find(size, color);
    const label = `${nameOf("size", size)}, ${nameOf("color", color)}`;
    const [on, price, stock] = ["on", "price", "stock"].map((name) => box.querySelector(`[data-${name}]`));
    box.setAttribute("aria-label", label);
    box.querySelector("[data-name]").textContent = nameOf("size", size);
    box.querySelectorAll("[data-of]").forEach((word) => { word.textContent = ` ${label}`; });
    on.checked = isOn(row);
    box.classList.toggle("off", !on.checked);
    price.value = row ? row.price.value : "";
    stock.value = row ? row.stock.value : "";
    price.addEventListener("input", () => { find(size, color).price.value = price.value; });
    stock.addEventListener("input", () => { find(size, color).stock.value = stock.value; });
    on.addEventListener("change", () => {
      if (on.checked) turnOn(size, color);
      else find(size, color).gone.checked = true;
      const now = find(size, color);
      price.value = now.price.value;
      stock.value = now.stock.value;
      box.classList.toggle("off", !on.checked);
      count();
    });
    if (row && errors.has(row)) {
      const error = box.querySelector("[data-error]");
      error.textContent = errors.get(row);
      error.hidden = false;
    }
    return box;
  }

  function count() {
    for (const group of matrix.querySelectorAll(".matrix-group")) {
      const boxes = [...group.querySelectorAll("[data-on]")];
      const on = boxes.filter((box) => box.checked).length;
      group.querySelector("[data-number]").textContent = place.dataset.count.replace("{on}", on).replace("{all}", boxes.length);
    }
  }

  function group(color) {
    const box = matrix.querySelector("[data-group]").content.firstElementChild.cloneNode(true);
    box.querySelector("[data-name]").textContent = nameOf("color", color);
    box.querySelector("i").style.backgroundColor = samples.get(color) || "transparent";
    axes.size.forEach((size) => box.append(cell(size, color)));
    const isWrong = box.querySelector("[data-error]:not([hidden])");
    box.open = Boolean(isWrong) || open.has(color);
    box.addEventListener("toggle", () => { open[box.open ? "add" : "delete"](color); });
    return box;
  }

  function draw() {
    drawChips();
    matrix.querySelector("[data-groups]").replaceChildren(...axes.color.map(group));
    count();
  }

  function addTyped(axis) {
    const input = matrix.querySelector(`[data-new="${axis}"]`);
    const value = input.value.trim();
    if (axis === "color" && value) samples.set(value, matrix.querySelector("[data-sample]").value);
    input.value = "";
    if (axis === "color") open.add(value);
    add(axis, value);
    input.focus();
  }

  function fill() {
    for (const name of ["price", "stock"]) {
      const value = matrix.querySelector(`[data-all="${name}"]`).value;
      if (value === "") continue;
      used().filter(isOn).forEach((row) => { row[name].value = value; });
    }
    draw();
    changed();
  }

  for (const axis of ["size", "color"]) {
    matrix.querySelector(`[data-add="${axis}"]`).addEventListener("click", () => addTyped(axis));
    matrix.querySelector(`[data-new="${axis}"]`).addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // it adds, and does not send the form
      addTyped(axis);
    });
  }
  matrix.querySelector("[data-fill]").addEventListener("click", fill);

  return { matrix, rowsPlace, read, draw, axes, open };
}

if (variants) {
  const { matrix, rowsPlace, read, draw, axes, open } = matrixOf(variants);
  const toggle = variants.querySelector("[data-toggle]");
  const show = (asRows) => {
    if (!asRows) {
      read();
      draw();
    }
    rowsPlace.hidden = !asRows;
    matrix.hidden = asRows;
    toggle.firstElementChild.setAttribute("aria-pressed", String(asRows));
  };
  read();
  if (matchMedia("(min-width: 48rem)").matches || axes.color.length < 2) axes.color.forEach((color) => open.add(color));
  toggle.hidden = false;
  toggle.firstElementChild.addEventListener("click", () => show(!matrix.hidden));
  show(false);
}
