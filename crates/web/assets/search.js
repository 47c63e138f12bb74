// src/search.ts
var field = document.querySelector("input[data-island=search]");
if (field) suggest(field);
function suggest(field2) {
  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field2.placeholder);
  list.hidden = true;
  field2.after(list);
  field2.setAttribute("role", "combobox");
  field2.setAttribute("aria-autocomplete", "list");
  field2.setAttribute("aria-controls", list.id);
  field2.setAttribute("aria-expanded", "false");
  let hits = [];
  let at = -1;
  let timer = 0;
  let asked = 0;
  const close = () => {
    list.hidden = true;
    at = -1;
    field2.setAttribute("aria-expanded", "false");
    field2.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    at = (to + hits.length) % hits.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    field2.setAttribute("aria-activedescendant", `hit-${at}`);
  };
  const show = () => {
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
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          location.href = hit.href;
        });
        return item;
      })
    );
    list.hidden = hits.length === 0;
    field2.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
  };
  field2.addEventListener("input", () => {
    clearTimeout(timer);
    const text = field2.value.trim();
    if (text.length < 2) {
      close();
      return;
    }
    timer = window.setTimeout(async () => {
      const mine = ++asked;
      const query = new URLSearchParams(new FormData(field2.form ?? void 0));
      query.set("q", text);
      const answer = await fetch(`/search.json?${query}`).catch(() => void 0);
      if (!answer?.ok || mine !== asked) return;
      hits = await answer.json();
      show();
    }, 120);
  });
  field2.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) location.href = hits[at]?.href ?? location.href;
    else return;
    event.preventDefault();
  });
  field2.addEventListener("blur", close);
}
