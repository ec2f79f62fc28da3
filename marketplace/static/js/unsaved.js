// A form with data-unsaved says how much of it is not saved, and asks before it is left.
"use strict";

document.querySelectorAll("form[data-unsaved]").forEach((form) => {
  const said = form.querySelector("[data-unsaved-said]");
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const value = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);
  const seen = (field) => {
    const kept = form.elements.namedItem(field.name.replace(/-([^-]+)$/, "-seen_$1"));
    if (!kept) return value(field);
    return field.type === "checkbox" ? ["on", "True"].includes(kept.value) : kept.value;
  };
  const before = new Map(fields.map((field) => [field, seen(field)]));
  const same = (field) => value(field) === before.get(field)
    || (field.type === "number" && field.value !== "" && Number(field.value) === Number(before.get(field)));
  let number = 0;
  let sending = false;
  const count = () => {
    number = fields.filter((field) => !same(field)).length;
    said.textContent = number ? (number === 1 ? said.dataset.one : said.dataset.many.replace("{number}", number)) : "";
    form.classList.toggle("changed", number > 0);
  };
  form.addEventListener("input", count);
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (number && !sending) event.preventDefault();
  });
  count();
});
