// Keeps what is typed into a long form on the server, so that it survives a closed browser, and brings it back.

type Draft = Record<string, string>;

const form = document.querySelector<HTMLFormElement>('form[data-island="draft"]');

function fields(form: HTMLFormElement): (HTMLInputElement | HTMLSelectElement)[] {
  return [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[name^='c-'], [name='reason']")].filter(
    (f) => f.type !== "hidden" && !f.disabled,
  );
}

function read(form: HTMLFormElement): Draft {
  return Object.fromEntries(fields(form).map((f) => [f.name, f.value]));
}

if (form) {
  const state = form.querySelector<HTMLElement>("[data-state]");
  const shown = read(form);
  const say = (text: string) => {
    if (state) state.textContent = text;
  };
  const kept = form.dataset.draft;
  if (kept) {
    try {
      const draft = JSON.parse(kept) as Draft;
      for (const field of fields(form)) {
        const text = draft[field.name];
        if (text !== undefined) field.value = text;
      }
      say(form.dataset.restored ?? "");
    } catch {
      // A draft that cannot be read is no draft.
    }
  }
  let timer = 0;
  const keep = async () => {
    const now = read(form);
    const isShown = Object.entries(now).every(([name, value]) => shown[name] === value);
    const body = JSON.stringify({ form: form.dataset.form, body: isShown ? "" : JSON.stringify(now) });
    try {
      const answer = await fetch("/drafts", { method: "POST", headers: { "content-type": "application/json" }, body });
      if (answer.ok && ((await answer.json()) as { kept: boolean }).kept) say(form.dataset.kept ?? "");
    } catch {
      // The next change tries again.
    }
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), 600);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}
