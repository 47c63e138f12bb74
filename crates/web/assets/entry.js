// src/entry.ts
var Cell = class {
  constructor(input, row, line, column) {
    this.input = input;
    this.row = row;
    this.line = line;
    this.column = column;
    this.kept = input.value;
    this.details = {
      status: input.dataset.status || "measured",
      comment: input.dataset.comment ?? "",
      evidence: input.dataset.evidence ?? ""
    };
    this.keptDetails = JSON.stringify(this.details);
  }
  input;
  row;
  line;
  column;
  state = "clean";
  refusal = "";
  /** The text that the server holds. */
  kept;
  details;
  keptDetails;
  get changed() {
    return this.input.value.trim() !== this.kept || JSON.stringify(this.details) !== this.keptDetails;
  }
  keep() {
    this.input.value = this.input.value.trim();
    this.kept = this.input.value;
    this.keptDetails = JSON.stringify(this.details);
  }
};
var form = document.querySelector("form[data-island=entry]");
if (form) start(form);
function start(form2) {
  const words = form2.dataset;
  const panel = document.getElementById("cell-panel");
  const told = form2.querySelector("[data-state]");
  const part = (name2) => panel.querySelector(`[data-cell${name2}]`);
  const status = part("=status");
  const comment = part("=comment");
  const file = part("=file");
  const cells = [];
  const byInput = /* @__PURE__ */ new Map();
  const rows = [...form2.querySelectorAll("tr[data-row]")];
  rows.forEach((row, line) => {
    const inputs = [...row.querySelectorAll("input.value")];
    cells.push(
      inputs.map((input, column) => {
        const cell = new Cell(input, row, line, column);
        byInput.set(input, cell);
        input.readOnly = true;
        return cell;
      })
    );
  });
  form2.classList.add("island");
  panel.hidden = false;
  panel.disabled = true;
  const help = document.getElementById("entry-keys");
  if (help) {
    help.hidden = false;
    document.getElementById("entry-help")?.remove();
  }
  let current;
  let before = "";
  const all = () => cells.flat();
  const unsaved = () => all().filter((cell) => cell.changed);
  const tell = (text) => {
    told.textContent = text;
  };
  const name = (cell) => cell.input.getAttribute("aria-label") ?? "";
  function paint(cell) {
    const shown = cell.state === "saving" ? "unsaved" : cell.state;
    cell.input.classList.remove("unsaved", "saved", "refused");
    if (shown !== "clean") cell.input.classList.add(shown);
    cell.input.setAttribute("aria-invalid", String(cell.state === "refused"));
    const word = { clean: "", unsaved: words.unsaved, saving: words.unsaved, saved: words.saved, refused: words.refused };
    cell.input.title = [word[cell.state], cell.refusal].filter(Boolean).join(": ");
    const n = unsaved().length;
    if (n > 0 && cell.state !== "refused") tell(`${words.nUnsaved ?? ""} ${n}`);
  }
  function touched(cell) {
    cell.refusal = "";
    cell.state = cell.changed ? "unsaved" : "clean";
    const value = Number(cell.input.value);
    const { min, max } = cell.row.dataset;
    const text = cell.input.value.trim();
    if (cell.changed && text !== "" && Number.isFinite(value) && (min && value < Number(min) || max && value > Number(max))) {
      cell.refusal = `${words.outside} [${min || "…"}, ${max || "…"}]`;
    }
    paint(cell);
    if (cell.refusal) tell(cell.refusal);
    if (cell === current) showPanel(cell);
  }
  function showPanel(cell) {
    panel.disabled = false;
    part("-name").textContent = name(cell);
    status.value = cell.details.status;
    comment.value = cell.details.comment;
    part("-evidence").textContent = cell.details.evidence;
    const last = cells[cell.line]?.filter((c) => c.kept !== "").slice(-4) ?? [];
    part("-last").textContent = last.map((c) => `${c.input.dataset.period}: ${c.kept}`).join(" · ");
    const refusal = part("-refusal");
    refusal.textContent = cell.refusal;
    refusal.hidden = cell.refusal === "";
  }
  function move(cell, lines, columns) {
    const line = Math.min(Math.max(cell.line + lines, 0), cells.length - 1);
    const to = cells[line];
    const next = to?.[Math.min(Math.max(cell.column + columns, 0), to.length - 1)];
    next?.input.focus();
  }
  function edit(cell, text) {
    before = cell.input.value;
    cell.input.readOnly = false;
    if (text !== void 0) cell.input.value = text;
    const end = cell.input.value.length;
    cell.input.setSelectionRange(end, end);
  }
  function take(cell) {
    cell.input.readOnly = true;
    touched(cell);
  }
  form2.addEventListener("focusin", (event) => {
    const cell = byInput.get(event.target);
    if (!cell) return;
    current = cell;
    showPanel(cell);
    cell.input.select();
  });
  form2.addEventListener("focusout", (event) => {
    const cell = byInput.get(event.target);
    if (cell && !cell.input.readOnly) take(cell);
  });
  form2.addEventListener("dblclick", (event) => {
    const cell = byInput.get(event.target);
    if (cell?.input.readOnly) edit(cell);
  });
  form2.addEventListener("pointerup", (event) => {
    const cell = byInput.get(event.target);
    if (cell?.input.readOnly && event.pointerType === "touch") edit(cell);
  });
  form2.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (current && !current.input.readOnly) take(current);
      void save();
      return;
    }
    const cell = byInput.get(event.target);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const editing = !cell.input.readOnly;
    const rtl = document.documentElement.dir === "rtl";
    switch (event.key) {
      case "Enter":
        event.preventDefault();
        if (editing) take(cell);
        move(cell, event.shiftKey ? -1 : 1, 0);
        return;
      case "Tab":
        if (editing) take(cell);
        return;
      case "Escape":
        event.preventDefault();
        if (editing) {
          cell.input.value = before;
          cell.input.readOnly = true;
        } else {
          cell.input.value = cell.kept;
          cell.details = JSON.parse(cell.keptDetails);
        }
        touched(cell);
        return;
      case "F2":
        event.preventDefault();
        if (event.shiftKey) status.focus();
        else if (!editing) edit(cell);
        return;
    }
    if (editing) return;
    const steps = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, rtl ? 1 : -1],
      ArrowRight: [0, rtl ? -1 : 1],
      Home: [0, -cell.column],
      End: [0, 1e6],
      PageUp: [-10, 0],
      PageDown: [10, 0]
    };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      move(cell, ...step);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      cell.input.value = "";
      touched(cell);
    } else if (event.key.length === 1) {
      event.preventDefault();
      edit(cell, event.key);
    }
  });
  form2.addEventListener("paste", (event) => {
    const cell = byInput.get(event.target);
    const text = event.clipboardData?.getData("text/plain");
    if (!cell || !text || !cell.input.readOnly && !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    lines.forEach(
      (line, i) => line.split("	").forEach((value, j) => {
        const into = cells[cell.line + i]?.[cell.column + j];
        if (!into) return;
        into.input.value = value.trim();
        into.input.readOnly = true;
        touched(into);
      })
    );
  });
  status.addEventListener("change", () => {
    if (!current) return;
    current.details.status = status.value;
    touched(current);
  });
  comment.addEventListener("input", () => {
    if (!current) return;
    current.details.comment = comment.value;
    current.state = current.changed ? "unsaved" : "clean";
    paint(current);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    current?.input.focus();
  });
  file.addEventListener("change", async () => {
    const cell = current;
    const chosen = file.files?.[0];
    if (!cell || !chosen) return;
    const body = new FormData();
    body.append("file", chosen);
    const answer = await fetch("/entry/evidence", { method: "POST", body }).catch(() => void 0);
    if (!answer?.ok) {
      tell(words.offline ?? "");
      return;
    }
    cell.details.evidence = (await answer.json()).evidence;
    file.value = "";
    touched(cell);
  });
  async function save() {
    const sent = unsaved();
    if (sent.length === 0) return;
    tell(words.saving ?? "");
    sent.forEach((cell) => cell.state = "saving");
    const reason = form2.elements.namedItem("reason").value;
    const position = form2.elements.namedItem("against");
    const body = JSON.stringify({
      reason,
      against: Number(position.value),
      cells: sent.map((cell) => ({
        row: cell.row.dataset.row,
        period: cell.input.dataset.period,
        value: cell.input.value.trim(),
        stage: cell.input.dataset.stage ?? "",
        ...cell.details
      }))
    });
    const answer = await fetch("/entry.json", { method: "POST", headers: { "content-type": "application/json" }, body }).catch(
      () => void 0
    );
    if (!answer?.ok) {
      sent.forEach((cell) => cell.state = "unsaved");
      tell(words.offline ?? "");
      return;
    }
    const { change, proposal, refused } = await answer.json();
    for (const cell of sent) {
      cell.state = refused ? "unsaved" : "saved";
      cell.refusal = "";
      if (!refused) cell.keep();
    }
    for (const refusal of refused ?? []) {
      const cell = refusal.cell === null ? void 0 : sent[refusal.cell];
      if (!cell) continue;
      cell.state = "refused";
      cell.refusal = `${refusal.code}: ${refusal.message} ${refusal.remedy}`;
    }
    if (change) position.value = String(change);
    sent.forEach(paint);
    if (refused) {
      const first = refused[0];
      tell(first ? `${words.refused}: ${first.message} ${first.remedy}` : "");
      sent.find((cell) => cell.state === "refused")?.input.focus();
    } else {
      told.replaceChildren(`${words.saved}: `);
      const link = document.createElement("a");
      link.href = proposal ?? `/changes/${change}`;
      link.textContent = proposal ? words.waits ?? proposal : `#${change}`;
      told.append(link);
    }
    if (current) showPanel(current);
  }
  form2.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved().length > 0) event.preventDefault();
  });
}
