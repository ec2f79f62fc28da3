// Adds up the shares of the production cost while they are typed.
"use strict";

document.querySelectorAll("form[data-sum-shares]").forEach((form) => {
  const said = form.querySelector("[data-share-left]");
  form.addEventListener("input", () => {
    const shares = [...form.querySelectorAll("[name$=cost_share]")].map((field) => Number(field.value) || 0);
    const left = 100 - shares.reduce((sum, share) => sum + share, 0);
    said.textContent = said.dataset.words.replace("{left}", String(Math.round(left * 100) / 100));
  });
});
