/* A menu that is wider than the screen begins where its current link can be seen. */
for (const link of document.querySelectorAll(".desk-nav [aria-current], .tabs [aria-current]")) {
  const menu = link.closest("ul");
  const before = link.getBoundingClientRect().left - menu.getBoundingClientRect().left;
  menu.scrollLeft += before - (menu.clientWidth - link.offsetWidth) / 2;
}
