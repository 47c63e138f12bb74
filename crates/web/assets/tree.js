// src/tree.ts
var buttons = document.querySelector("[data-island=tree]");
var tree = document.querySelector(".tree");
if (buttons && tree) {
  const all = (open) => tree.querySelectorAll("details").forEach((node) => node.open = open);
  buttons.hidden = false;
  buttons.querySelector("[data-open]")?.addEventListener("click", () => all(true));
  buttons.querySelector("[data-close]")?.addEventListener("click", () => all(false));
  tree.addEventListener("keydown", (event) => {
    const summary = event.target.closest("summary");
    const node = summary?.parentElement;
    if (!summary || !node || event.target !== summary) return;
    const rtl = document.documentElement.dir === "rtl";
    const [open, close] = rtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const visible = [...tree.querySelectorAll("summary")].filter((s) => s.checkVisibility());
    const at = visible.indexOf(summary);
    if (event.key === open) node.open = true;
    else if (event.key === close && node.open) node.open = false;
    else if (event.key === close) node.parentElement?.closest("details")?.querySelector("summary")?.focus();
    else if (event.key === "ArrowDown") visible[at + 1]?.focus();
    else if (event.key === "ArrowUp") visible[at - 1]?.focus();
    else return;
    event.preventDefault();
  });
}
