/* Suggestions below a search field while it is typed in; arrow keys move through them, Escape closes them. */
(function () {
  "use strict";

  const PAUSE = 180;

  for (const input of document.querySelectorAll("[data-suggest]")) {
    const panel = document.getElementById(input.getAttribute("aria-controls"));
    const status = input.form.querySelector("[role=status]");
    let timer = 0;
    let asked = "";

    const close = () => {
      panel.hidden = true;
    };

    const show = async () => {
      const question = input.value.trim();
      if (question === asked) return;
      asked = question;
      if (question.length < 2) return close();
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(question)}`);
        if (!answer.ok || question !== asked) return;
        panel.innerHTML = await answer.text();
      } catch {
        // Without a connection the search itself says so; suggestions only help.
        return close();
      }
      panel.hidden = !panel.querySelector("a");
      status.textContent = panel.hidden ? status.dataset.none : status.dataset.some;
    };

    const move = (event, step) => {
      const stops = [input, ...panel.querySelectorAll("a")];
      const here = stops.indexOf(document.activeElement);
      if (panel.hidden || here < 0) return;
      event.preventDefault();
      stops[(here + step + stops.length) % stops.length].focus();
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE);
    });
    input.form.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") move(event, 1);
      if (event.key === "ArrowUp") move(event, -1);
      if (event.key === "Escape" && !panel.hidden) {
        event.preventDefault();
        input.focus();
        close();
      }
    });
    document.addEventListener("pointerdown", (event) => {
      if (!input.form.contains(event.target)) close();
    });
    input.form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !input.form.contains(event.relatedTarget)) close();
    });
  }
})();
