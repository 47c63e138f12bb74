// The page of a job says how far it is, and comes again when the job ended. Without this, the page itself is asked for again.

const held = document.querySelector<HTMLElement>("[data-island=job]");
if (held?.dataset["state"]) follow(held, held.dataset["state"]);

/** How often the server is asked. */
const EVERY_MS = 500;

interface State {
  open: boolean;
  state: string;
  stage: string;
  share: number;
}

function follow(held: HTMLElement, address: string): void {
  const part = <T extends HTMLElement>(name: string): T | null => held.querySelector<T>(`[data-${name}]`);
  const put = (element: HTMLElement | null, text: string): void => {
    // A text that did not change is not announced again.
    if (element && element.textContent !== text) element.textContent = text;
  };
  const ask = async (): Promise<void> => {
    try {
      const answer = await fetch(address, { cache: "no-store" });
      // The job is gone, or whoever looked is not signed in any more: the page says so.
      if (answer.status >= 400 && answer.status < 500) {
        location.reload();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const state = (await answer.json()) as State;
      if (!state.open) {
        location.reload();
        return;
      }
      put(part("word"), state.state);
      put(part("stage"), state.stage);
      const bar = part<HTMLProgressElement>("share");
      if (bar) bar.value = state.share;
    } catch {
      // The server is away for a moment: the next turn asks again.
    }
    window.setTimeout(() => void ask(), EVERY_MS);
  };
  window.setTimeout(() => void ask(), EVERY_MS);
}
