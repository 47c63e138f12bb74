// A questionnaire while it is filled: asks only what applies, shows the score, keeps a draft in this browser, also without
// a connection, and hands in without losing anything. Without this, the same questions are a plain form.

import { score, type Answers, type Instrument } from "./score";

type Level = { from: number; title: string };
type Live = Instrument & { levels: Level[]; required: number | null };
type Field = HTMLInputElement | HTMLTextAreaElement;
/** Values by the name of their field: of a choice those that are checked. */
type Draft = { values: Record<string, string[]> };
type Refusal = { question: string; message: string; remedy: string };
type Sent = { to?: string; refused?: Refusal[] };

const STORE = "ekistics-draft:";
const CLOSE = 1e-9;

const form = document.querySelector<HTMLFormElement>("form[data-island=instrument]");
if (form) start(form);

function start(form: HTMLFormElement): void {
  const words = form.dataset;
  const live = JSON.parse(words.instrument ?? "{}") as Live;
  const key = STORE + (words.draft ?? "");
  const part = <T extends HTMLElement>(name: string): T => form.querySelector(`[data-${name}]`) as T;
  const bar = part("bar");
  const state = part("bar-state");
  const discard = part<HTMLButtonElement>("bar-discard");
  const sent = part("sent");
  const send = form.querySelector<HTMLButtonElement>(".hand-in");
  const boxes = new Map([...form.querySelectorAll<HTMLElement>("[data-question]")].map((box) => [box.dataset.question ?? "", box]));
  let isDirty = false;

  const fields = (): Field[] =>
    [...form.querySelectorAll<Field>("input, textarea")].filter((f) => f.type !== "hidden" && f.name !== "");
  const isPick = (field: Field): field is HTMLInputElement => field.type === "radio" || field.type === "checkbox";

  function answers(): Answers {
    const found: Answers = {};
    for (const field of fields()) {
      if (!field.name.startsWith("q~") || (isPick(field) && !field.checked)) continue;
      const id = field.name.slice(2);
      const text = field.inputMode === "decimal" ? digits(field.value.trim()) : field.value.trim();
      found[id] = found[id] ? `${found[id]} ${text}` : text;
    }
    return found;
  }

  function show(): void {
    const given = answers();
    const now = score(live, given);
    for (const [id, box] of boxes) {
      box.hidden = !now.asked.has(id);
      const unset = box.querySelector<HTMLElement>("[data-unset]");
      if (unset) unset.hidden = !given[id] || box.querySelector("input[type=radio]") === null;
    }
    live.sections.forEach((section, i) => {
      const box = form.querySelector<HTMLElement>(`[data-section="${section.id}"]`);
      const own = now.sections[i] ?? null;
      const told = box?.querySelector<HTMLElement>("[data-section-score]");
      if (box) box.hidden = !section.questions.some((q) => now.asked.has(q.id));
      if (told) {
        told.hidden = own === null || section.weight === 0;
        told.textContent = own === null ? "" : tenths(own);
        told.classList.toggle("below", own !== null && live.required !== null && own + CLOSE < live.required);
      }
    });
    const total = part("bar-total");
    total.textContent = now.total === null ? "–" : tenths(now.total);
    total.dataset.exact = now.total === null ? "" : String(now.total);
    const reached = live.levels.filter((l) => now.total !== null && now.total + CLOSE >= l.from);
    const level = reached[reached.length - 1];
    part("bar-level").textContent = level?.title ?? "";
    part("bar-count").textContent = `${now.n_answered} / ${now.n_asked}`;
    part<HTMLProgressElement>("bar-progress").value = now.n_asked > 0 ? now.n_answered / now.n_asked : 0;
  }

  function read(): Draft {
    const values: Record<string, string[]> = {};
    for (const field of fields()) {
      if (isPick(field) ? field.checked : field.value !== "") (values[field.name] ??= []).push(field.value);
    }
    return { values };
  }

  function fill({ values }: Draft): void {
    for (const field of fields()) {
      const kept = values[field.name];
      if (isPick(field)) field.checked = kept?.includes(field.value) ?? false;
      else if (kept !== undefined || field.name.includes("~")) field.value = kept?.[0] ?? "";
      if (kept && field.name.startsWith("c~")) field.closest("details")?.setAttribute("open", "");
    }
  }

  function keep(): void {
    try {
      localStorage.setItem(key, JSON.stringify(read()));
      state.textContent = navigator.onLine ? (words.kept ?? "") : (words.offline ?? "");
      discard.hidden = false;
    } catch {
      state.textContent = words.noStore ?? "";
    }
  }

  function drop(): void {
    isDirty = false;
    try {
      localStorage.removeItem(key);
    } catch {
      // It was never kept.
    }
  }

  form.classList.add("island");
  bar.hidden = false;
  const fresh = read();
  if (!words.shown) {
    try {
      const kept = localStorage.getItem(key);
      if (kept) {
        fill(JSON.parse(kept) as Draft);
        state.textContent = words.restored ?? "";
        discard.hidden = false;
      }
    } catch {
      // A draft that cannot be read is no draft.
    }
  }
  show();

  let timer = 0;
  form.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.type === "checkbox" && field.checked) exclude(field);
    const box = field.closest<HTMLElement>("[data-question]");
    if (box) settle(box);
    isDirty = true;
    show();
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, 300);
  });

  /** “None of these”, and that nothing applies, are said alone. */
  function exclude(field: HTMLInputElement): void {
    const id = field.name.slice(2);
    const choices = live.sections.flatMap((s) => s.questions).find((q) => q.id === id)?.choices;
    const isAlone = (code: string): boolean => {
      const choice = choices?.find((c) => c.id === code);
      return choice === undefined || choice.score === null;
    };
    for (const other of form.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(field.name)}"]`)) {
      if (other !== field && (isAlone(field.value) || isAlone(other.value))) other.checked = false;
    }
  }

  function settle(box: HTMLElement): void {
    box.classList.remove("refused");
    const wrong = box.querySelector<HTMLElement>("[data-wrong]");
    if (wrong) wrong.hidden = true;
  }

  form.addEventListener("click", (event) => {
    const unset = (event.target as HTMLElement).closest("[data-unset]");
    if (!unset) return;
    const box = unset.closest<HTMLElement>("[data-question]");
    box?.querySelectorAll<HTMLInputElement>("input[type=radio]").forEach((radio) => (radio.checked = false));
    isDirty = true;
    show();
    keep();
    box?.querySelector<HTMLInputElement>("input[type=radio]")?.focus();
  });
  discard.addEventListener("click", () => {
    window.clearTimeout(timer);
    drop();
    fill(fresh);
    boxes.forEach(settle);
    show();
    state.textContent = "";
    discard.hidden = true;
    window.scrollTo({ top: 0 });
  });
  window.addEventListener("offline", () => (state.textContent = words.offline ?? ""));
  window.addEventListener("online", () => (state.textContent = words.online ?? ""));
  window.addEventListener("pagehide", () => {
    if (isDirty) keep();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isDirty) return;
    keep();
    event.preventDefault();
  });

  for (const box of boxes.values()) {
    const label = box.querySelector<HTMLElement>("[data-attach]");
    const file = label?.querySelector<HTMLInputElement>("input[type=file]");
    if (!label || !file) continue;
    label.hidden = false;
    file.addEventListener("change", () => void attach(box, file));
  }

  /** Sends a photograph or a document, and names it as the evidence of its question beside what is named already. */
  async function attach(box: HTMLElement, file: HTMLInputElement): Promise<void> {
    const chosen = file.files?.[0];
    const field = box.querySelector<HTMLInputElement>(`input[name^="e~"]`);
    const told = box.querySelector<HTMLElement>("[data-attached]");
    if (!chosen || !field || !told) return;
    told.textContent = words.sending ?? "";
    const body = new FormData();
    body.append("file", chosen);
    const headers = { accept: "application/json" };
    const answer = await fetch("/instruments/evidence", { method: "POST", headers, body }).catch(() => undefined);
    const isJson = answer?.headers.get("content-type")?.startsWith("application/json") ?? false;
    file.value = "";
    if (!answer?.ok || !isJson) {
      told.textContent = (answer ? words.failed : words.offline) ?? "";
      return;
    }
    const { evidence, refused } = (await answer.json()) as { evidence?: string; refused?: string };
    if (evidence && !field.value.split(/\s+/).includes(evidence)) field.value = `${field.value.trim()} ${evidence}`.trim();
    told.textContent = evidence ? `${words.attached ?? ""} ${chosen.name}` : (refused ?? "");
    settle(box);
    isDirty = true;
    show();
    keep();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void handIn();
  });

  async function handIn(): Promise<void> {
    window.clearTimeout(timer);
    keep();
    sent.textContent = words.sending ?? "";
    if (send) send.disabled = true;
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
    }).catch(() => undefined);
    if (send) send.disabled = false;
    const isJson = answer?.headers.get("content-type")?.startsWith("application/json") ?? false;
    if (!answer || !answer.ok || !isJson) {
      sent.textContent = (answer ? words.failed : words.offline) ?? "";
      return;
    }
    const { to, refused } = (await answer.json()) as Sent;
    if (to) {
      drop();
      window.location.href = to;
      return;
    }
    refuse(refused ?? []);
  }

  function refuse(refused: Refusal[]): void {
    const whole: string[] = [];
    for (const { question, message, remedy } of refused) {
      const box = boxes.get(question);
      const wrong = box?.querySelector<HTMLElement>("[data-wrong]");
      if (!box || !wrong) {
        whole.push(`${message} ${remedy}`);
        continue;
      }
      box.classList.add("refused");
      wrong.hidden = false;
      wrong.textContent = `${message} ${remedy}`;
    }
    sent.replaceChildren(whole.length > 0 ? whole.join(" ") : (words.refused ?? ""));
    const list = document.createElement("ul");
    for (const { question, message } of refused.filter((r) => boxes.has(r.question))) {
      const link = document.createElement("a");
      link.href = `#q-${question}`;
      link.textContent = message;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    if (list.childElementCount > 0) sent.append(list);
    const first = refused.map((r) => boxes.get(r.question)).find((box) => box !== undefined);
    first?.focus();
    first?.scrollIntoView({ block: "start" });
  }
}

/** A score to a tenth, as the result shows it. */
function tenths(points: number): string {
  return String(Math.round(points * 10) / 10);
}

/** A number as an Arabic, Persian or Chinese keyboard types it, in European digits. */
function digits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replace(/[０-９]/g, (d) => String(d.charCodeAt(0) - 0xff10))
    .replace("٫", ".");
}
