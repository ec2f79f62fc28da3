/* Copy buttons: data-copy names the field whose text is copied; what happened is said in the status beside it. */
(function () {
  "use strict";

  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const status = button.parentElement.querySelector("[role=status]");
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        status.textContent = button.dataset.copied;
      } catch {
        // Without a secure connection or permission the text is selected, and the person copies it.
        status.textContent = button.dataset.failed;
      }
    });
  }
})();
