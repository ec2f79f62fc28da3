/* The part of Stripe.js that a shop with the Payment Element uses, for the stand-in's own server.
   Stripe(key).elements({clientSecret, locale}) → elements.create("payment").mount("#where")
   stripe.confirmPayment({elements, confirmParams: {return_url}, redirect}) → {error} or {paymentIntent} */
(function () {
  "use strict";

  const base = new URL(document.currentScript.src).origin;
  const WORDS = {
    en: {
      number: "Card number", expiry: "Expires (MM / YY)", cvc: "Security code", postal: "ZIP code",
      note: "Stand-in for Stripe: no real card is charged. Try 4242 4242 4242 4242, any later date, any code.",
      need_number: "Enter your card number.", need_expiry: "Enter month and year, such as 12 / 34.",
      need_cvc: "Enter the security code of your card.", need_postal: "Enter your ZIP code.",
      offline: "The payment service can't be reached. Check your connection and try again; nothing was charged.",
    },
    es: {
      number: "Número de tarjeta", expiry: "Vence (MM / AA)", cvc: "Código de seguridad",
      postal: "Código postal",
      note: "Sustituto de Stripe: no se cobra ninguna tarjeta real. Prueba 4242 4242 4242 4242, una fecha futura, cualquier código.",
      need_number: "Escribe el número de tu tarjeta.", need_expiry: "Escribe mes y año, por ejemplo 12 / 34.",
      need_cvc: "Escribe el código de seguridad de tu tarjeta.", need_postal: "Escribe tu código postal.",
      offline: "No se puede contactar al servicio de pago. Revisa tu conexión e inténtalo de nuevo; no se cobró nada.",
    },
  };
  const FIELDS = [
    { name: "number", autocomplete: "cc-number", wide: true, max: 23 },
    { name: "expiry", autocomplete: "cc-exp", max: 9 },
    { name: "cvc", autocomplete: "cc-csc", max: 4 },
    { name: "postal", autocomplete: "postal-code", wide: true, max: 10 },
  ];
  const FIELD_OF = {
    number: "number", incorrect_number: "number", exp_month: "expiry", exp_year: "expiry", cvc: "cvc",
  };

  function addStyles() {
    if (document.querySelector("link[data-standin]")) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = base + "/stripe.css";
    link.dataset.standin = "";
    document.head.append(link);
  }

  async function call(method, path, key, fields) {
    const form = new URLSearchParams({ key, ...fields });
    const address = base + path + (method === "GET" ? "?" + form : "");
    const answer = await fetch(address, method === "GET" ? {} : { method, body: form });
    return answer.json();
  }

  class PaymentElement {
    constructor(words) {
      this.words = words;
      this.listeners = {};
      this.inputs = {};
    }

    on(event, listener) {
      (this.listeners[event] ||= []).push(listener);
      return this;
    }

    emit(event, detail) {
      for (const listener of this.listeners[event] || []) listener({ elementType: "payment", ...detail });
    }

    mount(where) {
      const host = typeof where === "string" ? document.querySelector(where) : where;
      if (!host) throw new Error("The selector you specified (" + where + ") applies to no DOM elements.");
      addStyles();
      this.root = document.createElement("div");
      this.root.className = "standin-element";
      const note = document.createElement("p");
      note.className = "standin-note wide";
      note.textContent = this.words.note;
      this.root.append(...FIELDS.map((field) => this.row(field)), note);
      host.replaceChildren(this.root);
      this.emit("ready", {});
    }

    row(field) {
      const box = document.createElement("div");
      const label = document.createElement("label");
      const input = document.createElement("input");
      const message = document.createElement("p");
      if (field.wide) box.className = "wide";
      input.id = "standin-" + field.name;
      input.autocomplete = field.autocomplete;
      input.inputMode = field.name === "postal" ? "text" : "numeric";
      input.maxLength = field.max;
      input.setAttribute("aria-describedby", input.id + "-message");
      input.addEventListener("input", () => this.edited(field.name));
      label.htmlFor = input.id;
      label.textContent = this.words[field.name];
      message.id = input.id + "-message";
      message.className = "standin-message";
      this.inputs[field.name] = { input, message };
      box.append(label, input, message);
      return box;
    }

    edited(name) {
      this.say(name, "");
      const complete = !this.missing();
      this.emit("change", { complete, empty: !this.inputs.number.input.value, value: { type: "card" } });
    }

    say(name, text) {
      const { input, message } = this.inputs[name];
      message.textContent = text;
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }

    value(name) {
      return this.inputs[name].input.value.trim();
    }

    expiry() {
      const parts = this.value("expiry").match(/^(\d{1,2})\s*[/\- ]?\s*(\d{2}|\d{4})$/);
      return parts ? { month: parts[1], year: parts[2] } : null;
    }

    missing() {
      if (this.value("number").replace(/\D/g, "").length < 12) return "number";
      if (!this.expiry()) return "expiry";
      if (!/^\d{3,4}$/.test(this.value("cvc"))) return "cvc";
      return this.value("postal") ? "" : "postal";
    }

    check() {
      const name = this.missing();
      if (!name) return null;
      const message = this.words["need_" + name];
      this.say(name, message);
      this.inputs[name].input.focus();
      return { type: "validation_error", code: "incomplete_" + name, message };
    }

    fields() {
      const { month, year } = this.expiry();
      return {
        "payment_method_data[type]": "card",
        "payment_method_data[card][number]": this.value("number").replace(/\D/g, ""),
        "payment_method_data[card][exp_month]": month,
        "payment_method_data[card][exp_year]": year,
        "payment_method_data[card][cvc]": this.value("cvc"),
        "payment_method_data[billing_details][address][postal_code]": this.value("postal"),
      };
    }

    showError(error) {
      const name = FIELD_OF[error.param] || FIELD_OF[error.code];
      if (!name) return;
      this.say(name, error.message);
      this.inputs[name].input.focus();
    }

    focus() {
      this.inputs.number.input.focus();
    }

    unmount() {
      this.root?.remove();
    }

    destroy() {
      this.unmount();
    }
  }

  class Elements {
    constructor(key, options) {
      this.key = key;
      this.clientSecret = options.clientSecret;
      this.words = WORDS[(options.locale || navigator.language || "en").slice(0, 2)] || WORDS.en;
    }

    create(type) {
      if (type !== "payment") throw new Error("The stand-in has the Payment Element only.");
      this.element = new PaymentElement(this.words);
      return this.element;
    }

    getElement(type) {
      return type === "payment" ? this.element || null : null;
    }

    async submit() {
      const error = this.element.check();
      return error ? { error } : {};
    }
  }

  function back(address, intent) {
    const target = new URL(address, location.href);
    target.searchParams.set("payment_intent", intent.id);
    target.searchParams.set("payment_intent_client_secret", intent.client_secret);
    target.searchParams.set("redirect_status", intent.status === "succeeded" ? "succeeded" : "pending");
    location.assign(target);
    return new Promise(() => {});
  }

  async function confirmPayment(key, { elements, confirmParams = {}, redirect = "always" }) {
    const invalid = elements.element.check();
    if (invalid) return { error: invalid };
    const id = elements.clientSecret.split("_secret_")[0];
    let intent;
    try {
      intent = await call("POST", "/v1/payment_intents/" + id + "/confirm", key, {
        client_secret: elements.clientSecret, return_url: confirmParams.return_url || location.href,
        ...elements.element.fields(),
      });
    } catch {
      return { error: { type: "api_connection_error", message: elements.words.offline } };
    }
    if (intent.error) {
      elements.element.showError(intent.error);
      return { error: intent.error };
    }
    if (intent.status === "requires_action") {
      location.assign(intent.next_action.redirect_to_url.url);
      return new Promise(() => {});
    }
    if (redirect === "if_required") return { paymentIntent: intent };
    return back(confirmParams.return_url, intent);
  }

  async function retrievePaymentIntent(key, clientSecret) {
    const id = clientSecret.split("_secret_")[0];
    const intent = await call("GET", "/v1/payment_intents/" + id, key, { client_secret: clientSecret });
    return intent.error ? { error: intent.error } : { paymentIntent: intent };
  }

  window.Stripe = function (key) {
    if (!key || !key.startsWith("pk_")) throw new Error("Stripe() needs a publishable key.");
    return {
      elements: (options) => new Elements(key, options),
      confirmPayment: (options) => confirmPayment(key, options),
      retrievePaymentIntent: (clientSecret) => retrievePaymentIntent(key, clientSecret),
    };
  };
  window.Stripe.version = "stand-in";
})();
