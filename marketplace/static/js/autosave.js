// A form with data-autosave saves itself after a pause; the page says when. Without this its buttons do.
"use strict";

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const said = form.querySelector("[data-autosave-said]");
  let waiting = 0;
  let saving = 0;
  let running = Promise.resolve();

  const save = async () => {
    saving += 1;
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
    } finally {
      saving -= 1;
    }
  };

  const soon = (event) => {
    if (event.target.type === "file") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => { running = running.then(save); }, 1200);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // A save under way first tells the numbers of new rows; else the button would make them twice.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!saving) return;
    event.preventDefault();
    running.then(() => form.requestSubmit(event.submitter));
  });
});
