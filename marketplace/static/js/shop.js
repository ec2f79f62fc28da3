/* The shop's list: sorts on change; when it is exchanged, opened filters stay open and the search field follows;
   closes the filter sheet. */
(function () {
  "use strict";

  let open = new Set();

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const bar = event.target.closest("[data-closes]");
    if (!bar) return;
    const sheet = document.getElementById(bar.dataset.closes);
    sheet.open = false;
    sheet.querySelector("summary").focus();
  });

  document.addEventListener("keydown", (event) => {
    const sheet = document.getElementById("filters");
    if (event.key !== "Escape" || !sheet?.open || !matchMedia("(max-width: 63.99rem)").matches) return;
    sheet.open = false;
    sheet.querySelector("summary").focus();
  });

  document.addEventListener("htmx:beforeSwap", () => {
    open = new Set([...document.querySelectorAll("#results details[open]")].map((item) => item.id));
  });

  document.addEventListener("htmx:pushedIntoHistory", () => {
    const question = new URL(location.href).searchParams.get("q") || "";
    for (const input of document.querySelectorAll("input[name=q][data-suggest]")) input.value = question;
  });

  document.addEventListener("htmx:afterSwap", () => {
    for (const id of open) {
      const details = document.getElementById(id);
      if (details) details.open = true;
    }
  });
})();
