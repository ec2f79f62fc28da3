/* The payment page: mounts Stripe's Payment Element and confirms. What it needs stands in data- attributes. */
(function () {
  "use strict";

  const form = document.getElementById("payment");
  if (!form) return;
  const message = document.getElementById("payment-message");
  const button = document.getElementById("payment-button");
  const busy = document.getElementById("payment-busy");
  const place = document.getElementById("payment-element");

  function say(text) {
    message.textContent = text || "";
  }

  // What happened is Stripe's word, what to do is ours; the bank's reason says more than Stripe's.
  function whatNow(error) {
    return [error.message, advice[error.decline_code] || advice[error.code]].filter(Boolean).join(" ");
  }

  function setBusy(on) {
    button.disabled = on;
    busy.hidden = !on;
    form.setAttribute("aria-busy", String(on));
  }

  if (typeof window.Stripe !== "function") {
    place.replaceChildren();
    say(form.dataset.failed);
    return;
  }

  const stripe = window.Stripe(form.dataset.key);
  const advice = JSON.parse(form.dataset.advice);
  const options = { clientSecret: form.dataset.secret, locale: form.dataset.locale };
  if (form.dataset.customer) options.customerSessionClientSecret = form.dataset.customer;
  const elements = stripe.elements(options);
  const element = elements.create("payment");
  element.on("ready", () => { button.disabled = false; });
  element.on("loaderror", () => say(form.dataset.failed));
  element.mount("#payment-element");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    say("");
    setBusy(true);
    const result = await stripe.confirmPayment({
      elements,
      confirmParams: { return_url: form.dataset.return },
    });
    setBusy(false);
    if (!result.error) return;
    // Paid already, or out of time: the shop knows what to say.
    if (result.error.code === "payment_intent_unexpected_state") location.assign(form.dataset.return);
    else say(whatNow(result.error));
  });

  // A page that comes back from the browser's history shows the payment as it is now.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
