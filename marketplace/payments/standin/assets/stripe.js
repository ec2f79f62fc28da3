/* The part of Stripe.js that a shop with the Payment Element uses, for the stand-in's own server.
   Stripe(key).elements({clientSecret, customerSessionClientSecret, locale}) → elements.create("payment").mount("#where")
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
      how: "How do you want to pay?", card: "Card", new_card: "Another card", wallet: "Test wallet",
      wallet_note: "Acts like Google Pay: a small window opens, one tap pays.",
      saved: (card) => `${card.brand} ending in ${card.last4}, expires ${card.expiry}`,
      save: "Save this card for my next order", remove: "Remove", sure: "Remove for good?",
      removed: "The card was removed.", one_tap: (sum) => `Pay ${sum}`, secure_tap: (sum) => `Pay ${sum} with 3-D Secure`,
      cancel: "Cancel", to: (shop) => `To ${shop}`,
      canceled: "You closed the wallet before paying. Nothing was charged; pay again or choose a card.",
    },
    es: {
      number: "Número de tarjeta", expiry: "Vence (MM / AA)", cvc: "Código de seguridad",
      postal: "Código postal",
      note: "Sustituto de Stripe: no se cobra ninguna tarjeta real. Prueba 4242 4242 4242 4242, una fecha futura, cualquier código.",
      need_number: "Escribe el número de tu tarjeta.", need_expiry: "Escribe mes y año, por ejemplo 12 / 34.",
      need_cvc: "Escribe el código de seguridad de tu tarjeta.", need_postal: "Escribe tu código postal.",
      offline: "No se puede contactar al servicio de pago. Revisa tu conexión e inténtalo de nuevo; no se cobró nada.",
      how: "¿Cómo quieres pagar?", card: "Tarjeta", new_card: "Otra tarjeta", wallet: "Cartera de prueba",
      wallet_note: "Funciona como Google Pay: se abre una ventana pequeña y pagas con un toque.",
      saved: (card) => `${card.brand} terminada en ${card.last4}, vence ${card.expiry}`,
      save: "Guardar esta tarjeta para mi próximo pedido", remove: "Quitar", sure: "¿Quitarla para siempre?",
      removed: "Se quitó la tarjeta.", one_tap: (sum) => `Pagar ${sum}`, secure_tap: (sum) => `Pagar ${sum} con 3-D Secure`,
      cancel: "Cancelar", to: (shop) => `A ${shop}`,
      canceled: "Cerraste la cartera antes de pagar. No se cobró nada; paga de nuevo o elige una tarjeta.",
      errors: {
        card_declined: "Tu tarjeta fue rechazada.", insufficient_funds: "Tu tarjeta no tiene fondos suficientes.",
        expired_card: "Tu tarjeta venció.", incorrect_cvc: "El código de seguridad de tu tarjeta es incorrecto.",
        invalid_cvc: "El código de seguridad de tu tarjeta no es válido.",
        incorrect_number: "El número de tu tarjeta es incorrecto.",
        incorrect_zip: "El código postal de tu tarjeta es incorrecto.",
        invalid_expiry_month: "El mes de vencimiento no es válido.", invalid_expiry_year: "El año de vencimiento no es válido.",
        processing_error: "Hubo un error al procesar tu tarjeta. Inténtalo de nuevo en un momento.",
        card_velocity_exceeded: "Tu tarjeta fue rechazada por demasiados intentos seguidos o por pasar de su límite.",
      },
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
  const WALLET_CARD = { plain: "4242424242424242", secure: "4000002760003184" };

  function addStyles() {
    if (document.querySelector("link[data-standin]")) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = base + "/stripe.css";
    link.dataset.standin = "";
    document.head.append(link);
  }

  function make(name, fields = {}, ...children) {
    const made = Object.assign(document.createElement(name), fields);
    made.append(...children);
    return made;
  }

  async function call(method, path, key, fields) {
    const form = new URLSearchParams({ key, ...fields });
    const address = base + path + (method === "GET" ? "?" + form : "");
    const answer = await fetch(address, method === "GET" ? {} : { method, body: form });
    return answer.json();
  }

  /* The fields of a new card, with their messages. */
  class CardForm {
    constructor(words, changed) {
      this.words = words;
      this.changed = changed;
      this.inputs = {};
      this.root = make("div", { className: "standin-card" }, ...FIELDS.map((field) => this.row(field)));
    }

    row(field) {
      const id = "standin-" + field.name;
      const input = make("input", {
        id, autocomplete: field.autocomplete, inputMode: field.name === "postal" ? "text" : "numeric",
        maxLength: field.max,
      });
      const message = make("p", { id: id + "-message", className: "standin-message" });
      input.setAttribute("aria-describedby", message.id);
      input.addEventListener("input", () => { this.say(field.name, ""); this.changed(); });
      this.inputs[field.name] = { input, message };
      const label = make("label", { htmlFor: id, textContent: this.words[field.name] });
      return make("div", { className: field.wide ? "wide" : "" }, label, input, message);
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
  }

  /* A wallet's window: pays with one tap, or is closed. Resolves to "plain", "secure" or "". */
  function openSheet(words, session, locale) {
    const dollars = new Intl.NumberFormat(locale, { style: "currency", currency: session.currency });
    const sum = dollars.format(session.amount / 100);
    const title = make("h2", { id: "standin-sheet-title", textContent: words.wallet });
    const buttons = [["plain", words.one_tap(sum)], ["secure", words.secure_tap(sum)], ["", words.cancel]].map(
      ([value, textContent]) => make("button", { type: "submit", value, textContent }),
    );
    const form = make("form", { method: "dialog" }, ...buttons);
    const about = make("p", { textContent: words.to(session.merchant) });
    const sheet = make("dialog", { className: "standin-sheet" }, title, about, form);
    sheet.setAttribute("aria-labelledby", title.id);
    document.body.append(sheet);
    return new Promise((resolve) => {
      sheet.addEventListener("close", () => { sheet.remove(); resolve(sheet.returnValue); });
      sheet.addEventListener("cancel", () => { sheet.returnValue = ""; });
      sheet.showModal();
    });
  }

  class PaymentElement {
    constructor(elements) {
      this.elements = elements;
      this.words = elements.words;
      this.listeners = {};
      this.form = new CardForm(this.words, () => this.edited());
      this.choice = "card";
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
      this.load(host);
    }

    async load(host) {
      try {
        this.session = await this.elements.open();
      } catch {
        this.session = { error: { type: "api_connection_error", message: this.words.offline } };
      }
      if (this.session.error) {
        this.emit("loaderror", { error: this.session.error });
        return;
      }
      this.draw(host);
      this.emit("ready", {});
    }

    draw(host) {
      const { cards, may_save: maySave } = this.session;
      this.panels = {};
      this.said = make("p", { className: "standin-note wide" });
      this.said.setAttribute("role", "status");
      this.saving = make("input", { type: "checkbox", id: "standin-save" });
      const keep = make("label", { htmlFor: "standin-save", className: "standin-keep" }, this.saving, this.words.save);
      const card = make("div", { className: "standin-panel" }, this.form.root);
      if (maySave) card.append(keep);
      const wallet = make("div", { className: "standin-panel" },
        make("p", { className: "standin-note", textContent: this.words.wallet_note }));
      this.root = make("fieldset", { className: "standin-element" },
        make("legend", { textContent: this.words.how }),
        ...cards.map((saved) => this.savedRow(saved)),
        this.option("card", cards.length ? this.words.new_card : this.words.card), card,
        this.option("wallet", this.words.wallet), wallet,
        make("p", { className: "standin-note", textContent: this.words.note }), this.said);
      this.panels = { card, wallet };
      host.replaceChildren(this.root);
      this.choose(cards.length ? cards[0].id : "card");
    }

    option(value, text) {
      const input = make("input", { type: "radio", name: "standin-way", value, id: "standin-way-" + value });
      input.addEventListener("change", () => this.choose(value));
      return make("label", { className: "standin-way", htmlFor: input.id }, input, text);
    }

    savedRow(card) {
      const brand = card.brand[0].toUpperCase() + card.brand.slice(1);
      const expiry = String(card.exp_month).padStart(2, "0") + "/" + String(card.exp_year).slice(2);
      const text = this.words.saved({ brand, last4: card.last4, expiry });
      const row = make("div", { className: "standin-saved" }, this.option(card.id, text));
      if (this.session.may_remove) row.append(this.remover(card, text, row));
      return row;
    }

    remover(card, text, row) {
      const button = make("button", { type: "button", className: "standin-remove", textContent: this.words.remove });
      button.setAttribute("aria-label", this.words.remove + ": " + text);
      button.addEventListener("click", async () => {
        if (!button.dataset.sure) {
          button.dataset.sure = "yes";
          button.textContent = this.words.sure;
          button.setAttribute("aria-label", this.words.sure + " " + text);
          return;
        }
        const answer = await this.elements.remove(card.id).catch(() => ({ error: { message: this.words.offline } }));
        this.said.textContent = answer.error ? answer.error.message : this.words.removed;
        if (answer.error) return;
        row.remove();
        const first = this.root.querySelector("input[type=radio]");
        if (this.choice === card.id) this.choose(first.value);
        first.focus();
      });
      return button;
    }

    choose(value) {
      this.choice = value;
      for (const input of this.root.querySelectorAll("input[type=radio]")) input.checked = input.value === value;
      for (const [name, panel] of Object.entries(this.panels)) panel.hidden = name !== value;
      this.edited();
    }

    edited() {
      const typed = this.choice === "card";
      const type = this.choice === "wallet" ? "google_pay" : "card";
      const empty = typed && !this.form.value("number");
      this.emit("change", { complete: !typed || !this.form.missing(), empty, value: { type } });
    }

    check() {
      return this.choice === "card" ? this.form.check() : null;
    }

    /* What is sent to pay in the chosen way, or {error} where the shopper closed the wallet. */
    async pay() {
      if (this.choice === "wallet") return this.payByWallet();
      if (this.choice !== "card") return { payment_method: this.choice };
      const fields = this.form.fields();
      if (this.saving.checked) {
        fields.setup_future_usage = this.session.save_usage;
        fields["payment_method_data[allow_redisplay]"] = "always";
      }
      return fields;
    }

    async payByWallet() {
      const tapped = await openSheet(this.words, this.session, this.elements.locale);
      if (!tapped) return { error: { type: "wallet_error", code: "wallet_canceled", message: this.words.canceled } };
      return {
        "payment_method_data[type]": "card",
        "payment_method_data[card][number]": WALLET_CARD[tapped],
        "payment_method_data[card][exp_month]": "12",
        "payment_method_data[card][exp_year]": String(new Date().getFullYear() + 3),
        "payment_method_data[card][wallet]": "google_pay",
      };
    }

    showError(error) {
      if (this.choice === "card") this.form.showError(error);
    }

    focus() {
      this.root.querySelector("input:checked").focus();
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
      this.customerSecret = options.customerSessionClientSecret || "";
      this.locale = options.locale || navigator.language || "en";
      this.words = WORDS[this.locale.slice(0, 2)] || WORDS.en;
    }

    get intentId() {
      return this.clientSecret.split("_secret_")[0];
    }

    open() {
      const fields = { payment_intent: this.intentId, client_secret: this.clientSecret };
      if (this.customerSecret) fields.customer_session_client_secret = this.customerSecret;
      return call("GET", "/v1/elements/sessions", this.key, fields);
    }

    remove(card) {
      const fields = { customer_session_client_secret: this.customerSecret };
      return call("POST", "/v1/elements/payment_methods/" + card + "/detach", this.key, fields);
    }

    create(type) {
      if (type !== "payment") throw new Error("The stand-in has the Payment Element only.");
      this.element = new PaymentElement(this);
      return this.element;
    }

    getElement(type) {
      return type === "payment" ? this.element || null : null;
    }

    /* As Stripe.js does, in the language of the page where that is known. */
    inWords({ decline_code: decline, code, message }) {
      const known = this.words.errors || {};
      return known[decline] || known[code] || message;
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
    const paying = await elements.element.pay();
    if (paying.error) return paying;
    let intent;
    try {
      intent = await call("POST", "/v1/payment_intents/" + elements.intentId + "/confirm", key, {
        client_secret: elements.clientSecret, return_url: confirmParams.return_url || location.href, ...paying,
      });
    } catch {
      return { error: { type: "api_connection_error", message: elements.words.offline } };
    }
    if (intent.error) {
      const error = { ...intent.error, message: elements.inWords(intent.error) };
      elements.element.showError(error);
      return { error };
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
