/* Hearts on cards and on a piece's page. With an account the server keeps favorites; without one this browser does,
   and what it kept is brought along at the first page after signing in. */
(function () {
  "use strict";

  const { label, kept } = document.currentScript.dataset;
  const KEY = "favorites";
  const MOST = 100;
  const DRAWING = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20.5 4.6 13a4.8 4.8 0 0 1 6.8-6.8l.6.6.6-.6a4.8 4.8 0 0 1 6.8 6.8z"/></svg>';
  const isId = (id) => /^\d+$/.test(id);

  const local = () => {
    try {
      const ids = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(ids) ? ids.map(String).filter(isId) : [];
    } catch {
      return []; // storage is forbidden, or holds something else: then nothing is kept
    }
  };
  const keepLocal = (ids) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(ids.slice(0, MOST)));
    } catch {
      // storage is full or forbidden; the heart shows for this page alone
    }
  };

  let liked = new Set();
  let token = "";

  const draw = (button) => button.setAttribute("aria-pressed", liked.has(button.dataset.heart));
  const drawAll = () => document.querySelectorAll("[data-heart]").forEach(draw);

  const ask = async (body) => {
    const answer = await fetch(kept, body && { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(answer.status);
    const state = await answer.json();
    token = state.token;
    liked = new Set(state.ids.map(String));
  };

  const set = async (id, on) => {
    if (!kept) {
      keepLocal(on ? [id, ...local().filter((other) => other !== id)] : local().filter((other) => other !== id));
      return;
    }
    const headers = { "X-CSRFToken": token, "HX-Request": "true" };
    const answer = await fetch(kept.replace(/state\/$/, `${id}/`), {
      method: "POST", headers, body: new URLSearchParams({ liked: on ? "1" : "0" }),
    });
    if (!answer.ok) throw new Error(answer.status);
  };

  const toggle = async (button) => {
    const id = button.dataset.heart;
    const on = !liked.has(id);
    const change = (to) => { liked[to ? "add" : "delete"](id); drawAll(); };
    change(on);
    try {
      await set(id, on);
    } catch {
      change(!on); // it was not kept, so it is not shown as if it were
    }
  };

  const heartFor = (id, name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "heart";
    button.dataset.heart = id;
    button.setAttribute("aria-label", name ? `${label}: ${name}` : label);
    button.innerHTML = DRAWING;
    draw(button);
    return button;
  };

  const dress = () => {
    for (const card of document.querySelectorAll(".card[data-piece]:not(:has([data-heart]))")) {
      card.append(heartFor(card.dataset.piece, card.querySelector("h3").textContent));
    }
    const link = document.querySelector("a.heart[data-piece]");
    if (!link || kept) return;
    const button = heartFor(link.dataset.piece, "");
    button.className = link.className;
    button.removeAttribute("aria-label");
    button.innerHTML = link.innerHTML;
    link.replaceWith(button);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-heart]");
    if (button) toggle(button);
  });

  const showKept = async () => {
    const place = document.querySelector("[data-favorites]");
    if (!place || !liked.size) return;
    const answer = await fetch(`${place.dataset.favorites}?ids=${[...liked].join(",")}`);
    const cards = answer.ok ? await answer.text() : "";
    if (cards.trim()) place.innerHTML = cards;
  };

  const start = async () => {
    const mine = local();
    if (!kept) liked = new Set(mine);
    else if (document.querySelector(".card[data-piece]") || mine.length) {
      await ask();
      if (mine.length) {
        await ask(new URLSearchParams({ ids: mine.join(",") }));
        keepLocal([]);
      }
    }
    await showKept();
    dress();
    new MutationObserver(dress).observe(document.querySelector("main"), { childList: true, subtree: true });
  };

  start().catch(() => { /* hearts are an extra: without an answer the page stays as it is */ });
})();
