/* Share buttons: the device's own sheet where there is one, else the link is copied and that is said. */
(function () {
  "use strict";

  for (const button of document.querySelectorAll("[data-share]")) {
    const status = button.parentElement.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      const { share: url, title, copied } = button.dataset;
      try {
        if (navigator.share) {
          await navigator.share({ title, url });
          return;
        }
        await navigator.clipboard.writeText(url);
        status.textContent = copied;
      } catch (error) {
        // Somebody who closes the sheet wants nothing; where nothing may be copied, the link is shown.
        if (error.name !== "AbortError") status.textContent = url;
      }
    });
  }
})();
