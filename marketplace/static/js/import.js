// The progress of an import: asks again every few seconds while it runs, and takes over what changed.
"use strict";

const state = document.querySelector("[data-import][data-running]");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-import]");
  if (!now) return;
  if (!now.hasAttribute("data-running")) {
    location.reload();
    return;
  }
  // Only words and bar: the region stays the same element, so that it is read out.
  const [words, bar] = [now.querySelector("[role=status] p"), now.querySelector("progress")];
  state.querySelector("[role=status] p").textContent = words.textContent;
  if (bar) state.querySelector("progress").value = bar.value;
  wait();
}

const wait = () => setTimeout(() => look().catch(wait), 3000);
if (state) wait();
