// Django's admin: a cell without words heads no column.
for (const cell of document.querySelectorAll("th:empty")) {
  cell.replaceWith(document.createElement("td"));
}
