// A form with data-autosave saves itself after a pause; the page says when. Without this its buttons do.
"use strict";

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const said = form.querySelector("[data-autosave-said]");
  let waiting = 0;
  let running = Promise.resolve();

  const save = async () => {
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, credentials: "same-origin",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const result = await answer.json();
      Object.entries(result.fields || {}).forEach(([name, value]) => {
        const field = form.elements.namedItem(name);
        if (field) field.value = value;
      });
      if (said) said.textContent = said.dataset.saved.replace("{time}", result.saved);
    } catch {
      if (said) said.textContent = said.dataset.failed;
    }
  };

  const soon = (event) => {
    if (event.target.type === "file") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => { running = running.then(save); }, 1200);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => clearTimeout(waiting));
});
