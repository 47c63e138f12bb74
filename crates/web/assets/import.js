// src/import.ts
var form = document.querySelector("form[data-island=import]");
var field = form?.querySelector("input[type=file]");
var button = form?.querySelector("button");
if (form && field && button) {
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer?.files.length) field.files = event.dataTransfer.files;
  });
  form.addEventListener("submit", () => {
    button.setAttribute("aria-busy", "true");
    button.textContent = form.dataset.busy ?? button.textContent;
  });
}
