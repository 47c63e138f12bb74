// src/draft.ts
var form = document.querySelector('form[data-island="draft"]');
function fields(form2) {
  return [...form2.querySelectorAll("[name^='c-'], [name='reason']")].filter(
    (f) => f.type !== "hidden" && !f.disabled
  );
}
function read(form2) {
  return Object.fromEntries(fields(form2).map((f) => [f.name, f.value]));
}
if (form) {
  const state = form.querySelector("[data-state]");
  const shown = read(form);
  const say = (text) => {
    if (state) state.textContent = text;
  };
  const kept = form.dataset.draft;
  if (kept) {
    try {
      const draft = JSON.parse(kept);
      for (const field of fields(form)) {
        const text = draft[field.name];
        if (text !== void 0) field.value = text;
      }
      say(form.dataset.restored ?? "");
    } catch {
    }
  }
  let timer = 0;
  const keep = async () => {
    const now = read(form);
    const isShown = Object.entries(now).every(([name, value]) => shown[name] === value);
    const body = JSON.stringify({ form: form.dataset.form, body: isShown ? "" : JSON.stringify(now) });
    try {
      const answer = await fetch("/drafts", { method: "POST", headers: { "content-type": "application/json" }, body });
      if (answer.ok && (await answer.json()).kept) say(form.dataset.kept ?? "");
    } catch {
    }
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), 600);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}
