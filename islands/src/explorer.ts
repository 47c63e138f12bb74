// The index explorer answers while a slider moves. Without this, the button asks the server.

const form = document.querySelector<HTMLFormElement>("form[data-island=explorer]");
const found = document.querySelector<HTMLElement>("[data-found]");
if (form && found) explore(form, found);

/** How long a slider rests before the server is asked. */
const REST_MS = 150;

function explore(form: HTMLFormElement, found: HTMLElement): void {
  let timer = 0;
  let asked: AbortController | undefined;

  const address = (): string => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) query.append(name, String(value));
    return `${form.action}?${query}`;
  };
  const ask = async (): Promise<void> => {
    asked?.abort();
    const own = new AbortController();
    asked = own;
    found.setAttribute("aria-busy", "true");
    try {
      const to = address();
      const answer = await fetch(to, { signal: own.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("[data-found]");
      if (!answer.ok || !next) throw new Error(String(answer.status));
      found.replaceChildren(...next.childNodes);
      history.replaceState(null, "", to);
    } catch {
      // A later question took its place, or the server is away: the button still asks it.
      if (own.signal.aborted) return;
    }
    found.removeAttribute("aria-busy");
  };
  form.addEventListener("input", (event) => {
    const slider = event.target as HTMLInputElement;
    const shown = slider.closest("label")?.querySelector("output");
    if (shown) shown.value = slider.value;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), REST_MS);
  });
}
