// The tracking table answers while one types. Without this, the button asks the server.

const form = document.querySelector<HTMLFormElement>("form[data-island=tracking]");
const table = document.querySelector<HTMLTableElement>("table.tracking");
if (form && table) filter(form, table);

function filter(form: HTMLFormElement, table: HTMLTableElement): void {
  const text = form.elements.namedItem("q") as HTMLInputElement;
  const status = form.elements.namedItem("status") as HTMLSelectElement;
  const result = form.elements.namedItem("result") as HTMLSelectElement;
  const shown = document.querySelector<HTMLElement>("[data-shown]");
  const nothing = document.querySelector<HTMLElement>("[data-nothing]");
  const asked = new URLSearchParams(location.search);
  // The server has already left rows out: only it can widen the choice again.
  const narrowed = ["q", "status", "result"].some((name) => asked.get(name));

  const apply = (): void => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const body of table.tBodies) {
      const fits =
        words.every((word) => body.dataset.text?.includes(word)) &&
        (!status.value || body.dataset.status === status.value) &&
        (!result.value || (body.dataset.results ?? "").split(" ").includes(result.value));
      body.hidden = !fits;
      if (fits) n += 1;
    }
    if (shown) shown.textContent = String(n);
    if (nothing) nothing.hidden = n > 0;
  };
  const changed = (): void => {
    if (narrowed) form.requestSubmit();
    else apply();
  };
  if (!narrowed) text.addEventListener("input", apply);
  status.addEventListener("change", changed);
  result.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (narrowed) return;
    event.preventDefault();
    apply();
  });
}
