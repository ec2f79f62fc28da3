// Wagtail's screens, for those who hear them: names for what has none, no role that is not meant, no level left out.
(() => {
  const all = (selector) => document.querySelectorAll(selector);
  const words = (element) => element?.textContent.trim();

  function nameFields() {
    for (const input of all("input[type=file]:not([aria-label])")) {
      if (!input.labels.length) input.setAttribute("aria-label", words(document.querySelector("h1")) || document.title);
    }
    // Tags are typed into a field of the script's own; the label names the hidden one before it.
    for (const input of all(".tagit-new input:not([aria-label])")) {
      const label = input.closest(".tagit").parentElement.querySelector("input[id]")?.labels[0];
      if (label) input.setAttribute("aria-label", words(label));
    }
    for (const box of all("[role=textbox]:not([aria-label]):not([aria-labelledby])")) {
      const heading = words(box.closest("section")?.querySelector("[data-panel-heading-text]"));
      if (heading) box.setAttribute("aria-label", heading);
    }
  }

  function nameTheRest() {
    for (const cell of all("th[aria-label]:empty")) {
      const name = document.createElement("span");
      name.className = "w-sr-only";
      name.textContent = cell.getAttribute("aria-label");
      cell.append(name);
    }
    for (const line of all("h2[role=alert]")) line.removeAttribute("role");
    for (const link of all("a[role=tab]")) {
      if (!link.closest("[role=tablist]")) link.removeAttribute("role");
    }
  }

  function orderHeadings() {
    if (!document.querySelector("h1")) {
      const made = document.createElement("h1");
      made.className = "w-sr-only";
      made.textContent = document.title;
      document.querySelector("main")?.prepend(made);
    }
    let above = 1;
    for (const heading of all("main :is(h1, h2, h3, h4, h5, h6)")) {
      if (!heading.checkVisibility()) continue;
      const level = Math.min(Number(heading.tagName[1]), above + 1);
      if (level !== Number(heading.tagName[1])) heading.setAttribute("aria-level", level);
      above = level;
    }
  }

  function mend() {
    nameFields();
    nameTheRest();
    orderHeadings();
  }

  addEventListener("load", () => {
    mend();
    let waits;
    new MutationObserver(() => {
      clearTimeout(waits);
      waits = setTimeout(mend, 100);
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
