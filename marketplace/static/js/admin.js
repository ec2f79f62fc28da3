// Django's admin: a cell without words heads no column, and what scrolls sideways can be reached by the keyboard.
for (const cell of document.querySelectorAll("th:empty")) {
  cell.replaceWith(document.createElement("td"));
}
for (const box of document.querySelectorAll(".inline-group, .results")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
