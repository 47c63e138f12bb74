// src/explorer.ts
var form = document.querySelector("form[data-island=explorer]");
var found = document.querySelector("[data-found]");
if (form && found) explore(form, found);
var REST_MS = 150;
function explore(form2, found2) {
  let timer = 0;
  let asked;
  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form2)) query.append(name, String(value));
    return `${form2.action}?${query}`;
  };
  const ask = async () => {
    asked?.abort();
    const own = new AbortController();
    asked = own;
    found2.setAttribute("aria-busy", "true");
    try {
      const to = address();
      const answer = await fetch(to, { signal: own.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("[data-found]");
      if (!answer.ok || !next) throw new Error(String(answer.status));
      found2.replaceChildren(...next.childNodes);
      history.replaceState(null, "", to);
    } catch {
      if (own.signal.aborted) return;
    }
    found2.removeAttribute("aria-busy");
  };
  form2.addEventListener("input", (event) => {
    const slider = event.target;
    const shown = slider.closest("label")?.querySelector("output");
    if (shown) shown.value = slider.value;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), REST_MS);
  });
}
