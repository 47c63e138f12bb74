// src/map.ts
for (const figure of document.querySelectorAll("[data-island=map]")) wake(figure);
function wake(figure) {
  const sheet = figure.querySelector("[data-map]");
  const said = figure.querySelector("[data-said]");
  const keys = figure.querySelector("[data-keys]");
  let rows = [...document.querySelectorAll("tr[data-place]")];
  if (!sheet || !said || rows.length === 0) return;
  let at = -1;
  const again = () => {
    const chosen = rows[at];
    rows = [...document.querySelectorAll("tr[data-place]")];
    at = chosen ? rows.indexOf(chosen) : -1;
  };
  const drawing = () => [...sheet.querySelectorAll("[data-prefix]")].find((one) => one.checkVisibility());
  const shapeOf = (row) => {
    const id = `${drawing()?.dataset["prefix"]}-${row.dataset["place"]}`;
    return document.getElementById(id);
  };
  const rowOf = (target) => {
    const shape = target?.closest("path[id], circle[id]");
    const start = `${drawing()?.dataset["prefix"]}-`;
    if (!shape?.id.startsWith(start)) return -1;
    return rows.findIndex((row) => row.dataset["place"] === shape.id.slice(start.length));
  };
  const ring = (row) => {
    sheet.querySelectorAll(".ring").forEach((old) => old.remove());
    const shape = row && shapeOf(row);
    const ground = shape?.closest("g[transform]");
    if (!shape || !ground) return;
    for (const name of ["ring", "ring inner"]) {
      const line = shape.cloneNode();
      line.removeAttribute("id");
      line.setAttribute("class", name);
      ground.append(line);
    }
  };
  const go = (to) => {
    at = to;
    const row = rows[at];
    ring(row);
    said.textContent = row?.dataset["say"] ?? "";
  };
  const open = (row) => {
    const to = row?.dataset["open"];
    if (to) location.assign(to);
  };
  figure.classList.add("is-live");
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "application");
  if (keys) {
    keys.hidden = false;
    sheet.setAttribute("aria-describedby", keys.id);
  }
  sheet.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    again();
    const last = rows.length - 1;
    const [on, back] = document.documentElement.dir === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    if (event.key === "ArrowDown" || event.key === on) go(Math.min(at + 1, last));
    else if (event.key === "ArrowUp" || event.key === back) go(Math.max(at - 1, 0));
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(last);
    else if (event.key === "Enter" && at >= 0) open(rows[at]);
    else if (event.key === "Escape") {
      go(-1);
      sheet.blur();
    } else return;
    event.preventDefault();
  });
  sheet.addEventListener("blur", () => ring(void 0));
  sheet.addEventListener("focus", () => ring(rows[at]));
  sheet.addEventListener("pointermove", (event) => {
    const over = rowOf(event.target);
    sheet.classList.toggle("is-over", over >= 0);
    if (event.pointerType === "mouse" && over >= 0 && over !== at) go(over);
  });
  sheet.addEventListener("click", (event) => {
    const over = rowOf(event.target);
    if (over < 0) return;
    if (over === at || event.pointerType === "mouse") open(rows[over]);
    else go(over);
  });
}
