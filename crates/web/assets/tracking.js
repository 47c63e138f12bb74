// src/tracking.ts
var form = document.querySelector("form[data-island=tracking]");
var table = document.querySelector("table.tracking");
if (form && table) filter(form, table);
function filter(form2, table2) {
  const text = form2.elements.namedItem("q");
  const status = form2.elements.namedItem("status");
  const result = form2.elements.namedItem("result");
  const shown = document.querySelector("[data-shown]");
  const nothing = document.querySelector("[data-nothing]");
  const asked = new URLSearchParams(location.search);
  const narrowed = ["q", "status", "result"].some((name) => asked.get(name));
  const apply = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const body of table2.tBodies) {
      const fits = words.every((word) => body.dataset.text?.includes(word)) && (!status.value || body.dataset.status === status.value) && (!result.value || (body.dataset.results ?? "").split(" ").includes(result.value));
      body.hidden = !fits;
      if (fits) n += 1;
    }
    if (shown) shown.textContent = String(n);
    if (nothing) nothing.hidden = n > 0;
  };
  const changed = () => {
    if (narrowed) form2.requestSubmit();
    else apply();
  };
  if (!narrowed) text.addEventListener("input", apply);
  status.addEventListener("change", changed);
  result.addEventListener("change", changed);
  form2.addEventListener("submit", (event) => {
    if (narrowed) return;
    event.preventDefault();
    apply();
  });
}
