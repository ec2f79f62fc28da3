// Says once that a page was really looked at: no cookie, nothing about who it was; prefetched pages say nothing.
"use strict";

const viewed = document.querySelector("[data-view]");

function tell() {
  if (document.prerendering || document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", tell);
  document.removeEventListener("prerenderingchange", tell);
  navigator.sendBeacon(viewed.dataset.viewTo, new URLSearchParams({ what: viewed.dataset.view }));
}

if (viewed && navigator.sendBeacon) {
  document.addEventListener("visibilitychange", tell);
  document.addEventListener("prerenderingchange", tell);
  tell();
}
