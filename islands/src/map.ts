// A map of places is one stop of the keyboard: arrow keys go from place to place in the order of the table, Enter opens the
// place's figure, Escape leaves. What the pointer is over is said in the same line. Without this the table has it all.

for (const figure of document.querySelectorAll<HTMLElement>("[data-island=map]")) wake(figure);

function wake(figure: HTMLElement): void {
  const sheet = figure.querySelector<HTMLElement>("[data-map]");
  const said = figure.querySelector<HTMLElement>("[data-said]");
  const keys = figure.querySelector<HTMLElement>("[data-keys]");
  let rows = [...document.querySelectorAll<HTMLElement>("tr[data-place]")];
  if (!sheet || !said || rows.length === 0) return;
  let at = -1;
  /** The table may have been put in another order since; the chosen place stays. */
  const again = (): void => {
    const chosen = rows[at];
    rows = [...document.querySelectorAll<HTMLElement>("tr[data-place]")];
    at = chosen ? rows.indexOf(chosen) : -1;
  };

  /** The drawing that is seen: a phone has its own. */
  const drawing = (): HTMLElement | undefined =>
    [...sheet.querySelectorAll<HTMLElement>("[data-prefix]")].find((one) => one.checkVisibility());
  const shapeOf = (row: HTMLElement): SVGGraphicsElement | null => {
    const id = `${drawing()?.dataset["prefix"]}-${row.dataset["place"]}`;
    return document.getElementById(id) as SVGGraphicsElement | null;
  };
  const rowOf = (target: EventTarget | null): number => {
    const shape = (target as Element | null)?.closest("path[id], circle[id]");
    const start = `${drawing()?.dataset["prefix"]}-`;
    if (!shape?.id.startsWith(start)) return -1;
    return rows.findIndex((row) => row.dataset["place"] === shape.id.slice(start.length));
  };

  /** A white line within a black one, which stands out on every class. */
  const ring = (row: HTMLElement | undefined): void => {
    sheet.querySelectorAll(".ring").forEach((old) => old.remove());
    const shape = row && shapeOf(row);
    const ground = shape?.closest("g[transform]");
    if (!shape || !ground) return;
    for (const name of ["ring", "ring inner"]) {
      const line = shape.cloneNode() as SVGGraphicsElement;
      line.removeAttribute("id");
      line.setAttribute("class", name);
      ground.append(line);
    }
  };
  const go = (to: number): void => {
    at = to;
    const row = rows[at];
    ring(row);
    said.textContent = row?.dataset["say"] ?? "";
  };
  const open = (row: HTMLElement | undefined): void => {
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
    // The table reads from above: down and the reading direction go on, whatever the language.
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
  sheet.addEventListener("blur", () => ring(undefined));
  sheet.addEventListener("focus", () => ring(rows[at]));
  sheet.addEventListener("pointermove", (event) => {
    const over = rowOf(event.target);
    sheet.classList.toggle("is-over", over >= 0);
    if (event.pointerType === "mouse" && over >= 0 && over !== at) go(over);
  });
  sheet.addEventListener("click", (event) => {
    const over = rowOf(event.target);
    if (over < 0) return;
    // A finger has no hovering: the first touch says what it is, the second one opens it.
    if (over === at || (event as PointerEvent).pointerType === "mouse") open(rows[over]);
    else go(over);
  });
}
