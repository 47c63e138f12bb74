// Suggestions below the search field. Without this, Enter opens the page of hits.

interface Hit {
  title: string;
  kind: string;
  id: string;
  href: string;
}

const field = document.querySelector<HTMLInputElement>("input[data-island=search]");
if (field) suggest(field);

function suggest(field: HTMLInputElement): void {
  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.placeholder);
  list.hidden = true;
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let hits: Hit[] = [];
  let at = -1;
  let timer = 0;
  let asked = 0;

  const close = (): void => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (to: number): void => {
    at = (to + hits.length) % hits.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    field.setAttribute("aria-activedescendant", `hit-${at}`);
  };
  const show = (): void => {
    list.replaceChildren(
      ...hits.map((hit, i) => {
        const item = document.createElement("li");
        item.id = `hit-${i}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const kind = document.createElement("span");
        kind.className = "level";
        kind.textContent = hit.kind;
        item.append(kind, hit.title);
        // Before the field loses the focus and closes the list.
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          location.href = hit.href;
        });
        return item;
      }),
    );
    list.hidden = hits.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    const text = field.value.trim();
    if (text.length < 2) {
      close();
      return;
    }
    timer = window.setTimeout(async () => {
      const mine = ++asked;
      const query = new URLSearchParams(new FormData(field.form ?? undefined) as unknown as Record<string, string>);
      query.set("q", text);
      const answer = await fetch(`/search.json?${query}`).catch(() => undefined);
      // A slow answer to an older question is dropped.
      if (!answer?.ok || mine !== asked) return;
      hits = (await answer.json()) as Hit[];
      show();
    }, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) location.href = hits[at]?.href ?? location.href;
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
}
