// src/sort.ts
for (const form of document.querySelectorAll("form[data-sort]")) wake(form);
function wake(form) {
  const buttons = [...document.querySelectorAll(`button.sort[form="${form.id}"]`)];
  const table = buttons[0]?.closest("table");
  const body = table?.tBodies[0];
  const heads = table?.tHead?.rows[0];
  if (!table || !body || !heads) return;
  const words = new Intl.Collator(document.documentElement.lang || void 0, { numeric: true });
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  form.after(said);
  for (const button of buttons) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const head = button.closest("th");
      if (!head) return;
      const falls = head.getAttribute("aria-sort") === "ascending";
      order(head.cellIndex, falls);
      for (const other of heads.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falls ? "descending" : "ascending");
      said.textContent = `${form.dataset["sorted"]} ${button.textContent?.trim()}`;
      const address = new URL(location.href);
      const name = button.value.replace(/^-/, "");
      address.searchParams.set(button.name, falls ? `-${name}` : name);
      history.replaceState(history.state, "", address);
    });
  }
  function order(column, falls) {
    const keyed = [...body.rows].map((row) => {
      const cell = row.cells[column];
      return { row, key: cell?.dataset["key"] ?? cell?.textContent?.trim() ?? "", isNumber: cell?.dataset["key"] !== void 0 };
    });
    const turn = falls ? -1 : 1;
    keyed.sort((a, b) => {
      if (a.key === "" || b.key === "") return Number(a.key === "") - Number(b.key === "");
      return turn * (a.isNumber && b.isNumber ? Number(a.key) - Number(b.key) : words.compare(a.key, b.key));
    });
    body.append(...keyed.map((one) => one.row));
  }
}
