// Files can be dropped on the form, and the button says that reading goes on.

const form = document.querySelector<HTMLFormElement>("form[data-island=import]");
const field = form?.querySelector<HTMLInputElement>("input[type=file]");
const button = form?.querySelector<HTMLButtonElement>("button");
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
