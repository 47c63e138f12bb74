// src/job.ts
var held = document.querySelector("[data-island=job]");
if (held?.dataset["state"]) follow(held, held.dataset["state"]);
var EVERY_MS = 500;
function follow(held2, address) {
  const part = (name) => held2.querySelector(`[data-${name}]`);
  const put = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };
  const ask = async () => {
    try {
      const answer = await fetch(address, { cache: "no-store" });
      if (answer.status >= 400 && answer.status < 500) {
        location.reload();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      if (!state.open) {
        location.reload();
        return;
      }
      put(part("word"), state.state);
      put(part("stage"), state.stage);
      const bar = part("share");
      if (bar) bar.value = state.share;
    } catch {
    }
    window.setTimeout(() => void ask(), EVERY_MS);
  };
  window.setTimeout(() => void ask(), EVERY_MS);
}
