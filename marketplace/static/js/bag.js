/* Adding to the bag without leaving the page: the answer opens beside it. Whatever goes wrong, the form is sent as ever. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-bag]");
  if (!form || !HTMLDialogElement.prototype.showModal) return;
  const button = form.querySelector("[type=submit]");

  const drawer = document.createElement("dialog");
  drawer.className = "drawer";
  document.body.append(drawer);
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer || event.target.closest("[data-close]")) drawer.close();
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { "HX-Request": "true" },
      });
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      drawer.innerHTML = await answer.text();
      drawer.setAttribute("aria-labelledby", "drawer-title");
      const link = drawer.querySelector("template").content.querySelector("a");
      document.querySelector("[data-bag-link]").replaceWith(link);
      drawer.showModal();
    } catch {
      form.submit();
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
})();
