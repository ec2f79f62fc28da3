/* Passkeys: offered where the browser knows them; what went wrong is said on the page. */
(function () {
  "use strict";

  const able = Boolean(window.PublicKeyCredential);
  for (const offer of document.querySelectorAll("[data-passkeys]")) offer.hidden = !able;
  for (const excuse of document.querySelectorAll("[data-no-passkeys]")) excuse.hidden = able;

  document.addEventListener("allauth.error", (event) => {
    const place = document.querySelector("[data-passkey-trouble]");
    if (!place) return;
    event.preventDefault();
    place.textContent = place.dataset.passkeyTrouble;
  });
})();
