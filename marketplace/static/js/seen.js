/* Recently viewed pieces: their ids stay in this browser; only the cards are asked for. */
(function () {
  "use strict";

  const KEY = "seen";
  const MOST = 9;
  const place = document.querySelector("[data-seen]");
  if (!place) return;
  const here = place.dataset.piece;

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(kept) ? kept.map(String).filter((id) => /^\d+$/.test(id)) : [];
    } catch {
      // A browser that keeps nothing, or something else under this name: then there is nothing to show.
      return [];
    }
  };

  const others = read().filter((id) => id !== here);
  try {
    localStorage.setItem(KEY, JSON.stringify([here, ...others].slice(0, MOST)));
  } catch {
    // Storage is full or forbidden; the page works without.
  }
  if (!others.length) return;

  const observer = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    const answer = await fetch(`${place.dataset.seen}?ids=${others.slice(0, MOST - 1).join(",")}`);
    if (answer.ok) place.innerHTML = await answer.text();
  }, { rootMargin: "400px" });
  observer.observe(place);
})();
