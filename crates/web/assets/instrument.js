// src/condition.ts
var FUNCTIONS = {
  abs: (x) => Math.abs(x),
  max: (x, y) => Math.max(x, y),
  min: (x, y) => Math.min(x, y),
  sqrt: (x) => Math.sqrt(x),
  round: (x, y) => {
    const scale = 10 ** (Number.isNaN(y) ? 0 : y);
    const [shifted, low] = [x * scale, Math.floor(x * scale)];
    return (shifted - low === 0.5 ? low + low % 2 : Math.round(shifted)) / scale;
  }
};
var TOKEN = /\s*(?:(\d[\w.]*|\.\d+)|([\p{L}_][\p{L}\p{N}_.]*)|'([^']*)'|"([^"]*)"|`([^`]*)`|(\|\||&&|%in%|==|!=|<=|>=|[-+*/<>=!|&(),]))/uy;
function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`unreadable condition: ${text}`);
    const [, number2, name, single, double, quoted, sign] = match;
    const words = single ?? double;
    if (number2 !== void 0) found.push({ number: Number(number2) });
    else if (words !== void 0) found.push({ text: words });
    else if (sign !== void 0) found.push({ sign });
    else found.push({ name: name ?? quoted });
  }
  return found;
}
function number(value) {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : NaN;
}
function truth(value) {
  if (typeof value === "boolean") return value;
  return typeof value === "number" && !Number.isNaN(value) ? value !== 0 : void 0;
}
function compare(sign, a, b) {
  const order = () => {
    if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
    const [x, y] = [number(a), number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? void 0 : Math.sign(x - y);
  };
  const found = order();
  if (found === void 0) return void 0;
  switch (sign) {
    case "!=":
      return found !== 0;
    case "<":
      return found < 0;
    case "<=":
      return found <= 0;
    case ">":
      return found > 0;
    case ">=":
      return found >= 0;
    default:
      return found === 0;
  }
}
function holds(text, lookup) {
  const all = tokens(text);
  let at = 0;
  const sign = (...signs) => {
    const here = all[at];
    const found = here?.sign ?? here?.name;
    if (found === void 0 || !signs.includes(found)) return void 0;
    at += 1;
    return found;
  };
  function either() {
    let value = both();
    while (sign("||", "|", "or")) {
      const [a, b] = [truth(value), truth(both())];
      value = a || b ? true : a === false && b === false ? false : void 0;
    }
    return value;
  }
  function both() {
    let value = negation();
    while (sign("&&", "&", "and")) {
      const [a, b] = [truth(value), truth(negation())];
      value = a === false || b === false ? false : a && b ? true : void 0;
    }
    return value;
  }
  function negation() {
    if (!sign("!", "not")) return comparison();
    const inner = truth(negation());
    return inner === void 0 ? void 0 : !inner;
  }
  function comparison() {
    const left = sum();
    if (sign("%in%", "in")) {
      sign("c");
      sign("(");
      const equal = [];
      do
        equal.push(compare("==", left, sum()));
      while (sign(","));
      sign(")");
      return equal.includes(true) ? true : equal.includes(void 0) ? void 0 : false;
    }
    const how = sign("==", "!=", "<=", ">=", "<", ">", "=");
    return how ? compare(how, left, sum()) : left;
  }
  function sum() {
    let value = product();
    for (let how = sign("+", "-"); how; how = sign("+", "-")) {
      const [a, b] = [number(value), number(product())];
      value = how === "+" ? a + b : a - b;
    }
    return value;
  }
  function product() {
    let value = atom();
    for (let how = sign("*", "/"); how; how = sign("*", "/")) {
      const [a, b] = [number(value), number(atom())];
      value = how === "*" ? a * b : b === 0 ? NaN : a / b;
    }
    return value;
  }
  function atom() {
    if (sign("(")) {
      const inner = either();
      sign(")");
      return inner;
    }
    if (sign("-")) return -number(atom());
    const here = all[at];
    at += 1;
    if (here?.number !== void 0) return here.number;
    if (here?.text !== void 0) return here.text;
    const name = here?.name ?? "";
    const own = FUNCTIONS[name];
    if (own && sign("(")) {
      const given = [number(either())];
      while (sign(",")) given.push(number(either()));
      sign(")");
      return own(given[0] ?? NaN, given[1] ?? NaN);
    }
    if (name === "true" || name === "TRUE") return 1;
    if (name === "false" || name === "FALSE") return 0;
    return lookup(name);
  }
  return truth(either()) === true;
}

// src/score.ts
var NONE = "none";
function isAnswer(question, value) {
  const isChoice = (code) => question.choices?.some((c) => c.id === code) ?? false;
  switch (question.type) {
    case "choice":
      return isChoice(value);
    case "multi": {
      if (value === NONE && !isChoice(NONE)) return true;
      const codes = value.split(/\s+/);
      const excuse = codes.some((code) => question.choices?.find((c) => c.id === code)?.score === null);
      return codes.every(isChoice) && (!excuse || new Set(codes).size === 1);
    }
    case "yes_no":
      return value === "yes" || value === "no";
    case "scale":
      return /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= (question.steps ?? 0);
    case "number": {
      const n = Number(value);
      return Number.isFinite(n) && n >= (question.minimum ?? -Infinity) && n <= (question.maximum ?? Infinity);
    }
    default:
      return true;
  }
}
function onLine(points2, x) {
  const [first, last] = [points2[0], points2[points2.length - 1]];
  if (!first || !last) return 0;
  if (x <= first[0]) return first[1];
  for (let i = 1; i < points2.length; i += 1) {
    const [a, b] = [points2[i - 1], points2[i]];
    if (a && b && x <= b[0]) return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]);
  }
  return last[1];
}
function points(question, value) {
  const of = (code) => question.choices?.find((c) => c.id === code)?.score;
  switch (question.type) {
    case "choice":
      return of(value) ?? null;
    case "multi": {
      const scores = [...new Set(value.split(/\s+/))].map(of);
      if (scores.includes(null)) return null;
      return Math.min(scores.reduce((sum, s) => sum + (s ?? 0), 0), 100);
    }
    case "yes_no":
      return value === "yes" ? question.yes ?? 100 : question.no ?? 0;
    case "scale":
      return (Number(value) - 1) / ((question.steps ?? 2) - 1) * 100;
    case "number":
      return onLine(question.points ?? [], Number(value));
    default:
      return null;
  }
}
function remember(values, question, value) {
  if (question.type === "multi") {
    const codes = value.split(/\s+/);
    for (const choice of question.choices ?? []) values.set(`${question.id}.${choice.id}`, codes.includes(choice.id) ? 1 : 0);
  } else {
    values.set(question.id, question.type === "scale" || question.type === "number" ? Number(value) : value);
  }
}
function mean(parts) {
  const weights = parts.reduce((sum, [w]) => sum + w, 0);
  return weights > 0 ? parts.reduce((sum, [w, s]) => sum + w * s, 0) / weights : null;
}
function total(instrument, sections) {
  const parts = [];
  instrument.sections.forEach((section, i) => {
    const score2 = sections[i];
    if (section.weight > 0 && score2 !== null && score2 !== void 0) parts.push([section.weight, score2]);
  });
  if (parts.length === 0) return null;
  switch (instrument.aggregation) {
    case "arithmetic":
      return mean(parts);
    case "geometric": {
      const logarithm = mean(parts.map(([w, s]) => [w, Math.log(s)]));
      return logarithm === null ? null : Math.exp(logarithm);
    }
    case "minimum":
      return Math.min(...parts.map(([, s]) => s));
    default:
      return null;
  }
}
function score(instrument, answers) {
  const values = /* @__PURE__ */ new Map();
  const asked = /* @__PURE__ */ new Set();
  const counted = { scored: [0, 0], all: [0, 0] };
  const sections = instrument.sections.map((section) => {
    const lookup = (name) => values.get(name);
    const isAsked = !section.relevant || holds(section.relevant, lookup);
    const parts = [];
    for (const question of section.questions) {
      if (!isAsked || question.relevant && !holds(question.relevant, lookup)) continue;
      asked.add(question.id);
      const given = (answers[question.id] ?? "").trim();
      const isAnswered = given !== "" && isAnswer(question, given);
      for (const count of question.scores ? [counted.scored, counted.all] : [counted.all]) {
        count[0] += 1;
        if (isAnswered) count[1] += 1;
      }
      if (!isAnswered) continue;
      remember(values, question, given);
      const own = question.scores ? points(question, given) : null;
      if (own !== null) parts.push([question.weight, own]);
    }
    return mean(parts);
  });
  const [n_asked, n_answered] = counted.scored[0] > 0 ? counted.scored : counted.all;
  return { asked, sections, total: total(instrument, sections), n_asked, n_answered };
}

// src/instrument.ts
var STORE = "ekistics-draft:";
var CLOSE = 1e-9;
var form = document.querySelector("form[data-island=instrument]");
if (form) start(form);
function start(form2) {
  const words = form2.dataset;
  const live = JSON.parse(words.instrument ?? "{}");
  const key = STORE + (words.draft ?? "");
  const part = (name) => form2.querySelector(`[data-${name}]`);
  const bar = part("bar");
  const state = part("bar-state");
  const discard = part("bar-discard");
  const sent = part("sent");
  const send = form2.querySelector(".hand-in");
  const boxes = new Map([...form2.querySelectorAll("[data-question]")].map((box) => [box.dataset.question ?? "", box]));
  let isDirty = false;
  const fields = () => [...form2.querySelectorAll("input, textarea")].filter((f) => f.type !== "hidden" && f.name !== "");
  const isPick = (field) => field.type === "radio" || field.type === "checkbox";
  function answers() {
    const found = {};
    for (const field of fields()) {
      if (!field.name.startsWith("q~") || isPick(field) && !field.checked) continue;
      const id = field.name.slice(2);
      const text = field.inputMode === "decimal" ? digits(field.value.trim()) : field.value.trim();
      found[id] = found[id] ? `${found[id]} ${text}` : text;
    }
    return found;
  }
  function show() {
    const given = answers();
    const now = score(live, given);
    for (const [id, box] of boxes) {
      box.hidden = !now.asked.has(id);
      const unset = box.querySelector("[data-unset]");
      if (unset) unset.hidden = !given[id] || box.querySelector("input[type=radio]") === null;
    }
    live.sections.forEach((section, i) => {
      const box = form2.querySelector(`[data-section="${section.id}"]`);
      const own = now.sections[i] ?? null;
      const told = box?.querySelector("[data-section-score]");
      if (box) box.hidden = !section.questions.some((q) => now.asked.has(q.id));
      if (told) {
        told.hidden = own === null || section.weight === 0;
        told.textContent = own === null ? "" : tenths(own);
        told.classList.toggle("below", own !== null && live.required !== null && own + CLOSE < live.required);
      }
    });
    const total2 = part("bar-total");
    total2.textContent = now.total === null ? "–" : tenths(now.total);
    total2.dataset.exact = now.total === null ? "" : String(now.total);
    const reached = live.levels.filter((l) => now.total !== null && now.total + CLOSE >= l.from);
    const level = reached[reached.length - 1];
    part("bar-level").textContent = level?.title ?? "";
    part("bar-count").textContent = `${now.n_answered} / ${now.n_asked}`;
    part("bar-progress").value = now.n_asked > 0 ? now.n_answered / now.n_asked : 0;
  }
  function read() {
    const values = {};
    for (const field of fields()) {
      if (isPick(field) ? field.checked : field.value !== "") (values[field.name] ??= []).push(field.value);
    }
    return { values };
  }
  function fill({ values }) {
    for (const field of fields()) {
      const kept = values[field.name];
      if (isPick(field)) field.checked = kept?.includes(field.value) ?? false;
      else if (kept !== void 0 || field.name.includes("~")) field.value = kept?.[0] ?? "";
      if (kept && field.name.startsWith("c~")) field.closest("details")?.setAttribute("open", "");
    }
  }
  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(read()));
      state.textContent = navigator.onLine ? words.kept ?? "" : words.offline ?? "";
      discard.hidden = false;
    } catch {
      state.textContent = words.noStore ?? "";
    }
  }
  function drop() {
    isDirty = false;
    try {
      localStorage.removeItem(key);
    } catch {
    }
  }
  form2.classList.add("island");
  bar.hidden = false;
  const fresh = read();
  if (!words.shown) {
    try {
      const kept = localStorage.getItem(key);
      if (kept) {
        fill(JSON.parse(kept));
        state.textContent = words.restored ?? "";
        discard.hidden = false;
      }
    } catch {
    }
  }
  show();
  let timer = 0;
  form2.addEventListener("input", (event) => {
    const field = event.target;
    if (field.type === "checkbox" && field.checked) exclude(field);
    const box = field.closest("[data-question]");
    if (box) settle(box);
    isDirty = true;
    show();
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, 300);
  });
  function exclude(field) {
    const id = field.name.slice(2);
    const choices = live.sections.flatMap((s) => s.questions).find((q) => q.id === id)?.choices;
    const isAlone = (code) => {
      const choice = choices?.find((c) => c.id === code);
      return choice === void 0 || choice.score === null;
    };
    for (const other of form2.querySelectorAll(`input[name="${CSS.escape(field.name)}"]`)) {
      if (other !== field && (isAlone(field.value) || isAlone(other.value))) other.checked = false;
    }
  }
  function settle(box) {
    box.classList.remove("refused");
    const wrong = box.querySelector("[data-wrong]");
    if (wrong) wrong.hidden = true;
  }
  form2.addEventListener("click", (event) => {
    const unset = event.target.closest("[data-unset]");
    if (!unset) return;
    const box = unset.closest("[data-question]");
    box?.querySelectorAll("input[type=radio]").forEach((radio) => radio.checked = false);
    isDirty = true;
    show();
    keep();
    box?.querySelector("input[type=radio]")?.focus();
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
  window.addEventListener("offline", () => state.textContent = words.offline ?? "");
  window.addEventListener("online", () => state.textContent = words.online ?? "");
  window.addEventListener("pagehide", () => {
    if (isDirty) keep();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isDirty) return;
    keep();
    event.preventDefault();
  });
  for (const box of boxes.values()) {
    const label = box.querySelector("[data-attach]");
    const file = label?.querySelector("input[type=file]");
    if (!label || !file) continue;
    label.hidden = false;
    file.addEventListener("change", () => void attach(box, file));
  }
  async function attach(box, file) {
    const chosen = file.files?.[0];
    const field = box.querySelector(`input[name^="e~"]`);
    const told = box.querySelector("[data-attached]");
    if (!chosen || !field || !told) return;
    told.textContent = words.sending ?? "";
    const body = new FormData();
    body.append("file", chosen);
    const headers = { accept: "application/json" };
    const answer = await fetch("/instruments/evidence", { method: "POST", headers, body }).catch(() => void 0);
    const isJson = answer?.headers.get("content-type")?.startsWith("application/json") ?? false;
    file.value = "";
    if (!answer?.ok || !isJson) {
      told.textContent = (answer ? words.failed : words.offline) ?? "";
      return;
    }
    const { evidence, refused } = await answer.json();
    if (evidence && !field.value.split(/\s+/).includes(evidence)) field.value = `${field.value.trim()} ${evidence}`.trim();
    told.textContent = evidence ? `${words.attached ?? ""} ${chosen.name}` : refused ?? "";
    settle(box);
    isDirty = true;
    show();
    keep();
  }
  form2.addEventListener("submit", (event) => {
    event.preventDefault();
    void handIn();
  });
  async function handIn() {
    window.clearTimeout(timer);
    keep();
    sent.textContent = words.sending ?? "";
    if (send) send.disabled = true;
    const answer = await fetch(form2.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(form2))
    }).catch(() => void 0);
    if (send) send.disabled = false;
    const isJson = answer?.headers.get("content-type")?.startsWith("application/json") ?? false;
    if (!answer || !answer.ok || !isJson) {
      sent.textContent = (answer ? words.failed : words.offline) ?? "";
      return;
    }
    const { to, refused } = await answer.json();
    if (to) {
      drop();
      window.location.href = to;
      return;
    }
    refuse(refused ?? []);
  }
  function refuse(refused) {
    const whole = [];
    for (const { question, message, remedy } of refused) {
      const box = boxes.get(question);
      const wrong = box?.querySelector("[data-wrong]");
      if (!box || !wrong) {
        whole.push(`${message} ${remedy}`);
        continue;
      }
      box.classList.add("refused");
      wrong.hidden = false;
      wrong.textContent = `${message} ${remedy}`;
    }
    sent.replaceChildren(whole.length > 0 ? whole.join(" ") : words.refused ?? "");
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
    const first = refused.map((r) => boxes.get(r.question)).find((box) => box !== void 0);
    first?.focus();
    first?.scrollIntoView({ block: "start" });
  }
}
function tenths(points2) {
  return String(Math.round(points2 * 10) / 10);
}
function digits(text) {
  return text.replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 1632)).replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 1776)).replace(/[０-９]/g, (d) => String(d.charCodeAt(0) - 65296)).replace("٫", ".");
}
