// Saves the picture of a map as PNG. The browser draws it, with the fonts that its reader has: a picture made on the server would
// need fonts of all the languages that names are written in. It is the picture for a desk, whatever the screen.

/** Pixels of the picture for each pixel of the drawing: sharp in print at the size of a page. */
const SHARPNESS = 2;
/** Browsers refuse larger canvases. */
const LARGEST = 8192;

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-png]")) {
  const svg = button.closest("figure")?.querySelector<SVGSVGElement>(".for-wide > svg");
  if (!svg) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const said = sayer(button);
    save(svg, button.dataset["png"] ?? "map.png").then(
      () => (said.textContent = button.dataset["done"] ?? ""),
      (error: unknown) => {
        console.warn(error);
        said.textContent = button.dataset["failed"] ?? "";
      },
    );
  });
}

/** Where it is said that the picture was saved: also to those who do not see it. */
function sayer(button: HTMLElement): HTMLElement {
  const old = button.parentElement?.querySelector<HTMLElement>("[role=status]");
  if (old) return old;
  const said = document.createElement("span");
  said.className = "soft";
  said.setAttribute("role", "status");
  button.after(" ", said);
  return said;
}

async function save(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const scale = Math.min(SHARPNESS, LARGEST / Math.max(width, height));
  const copy = svg.cloneNode(true) as SVGSVGElement;
  // A drawing without a size has none as an image.
  copy.setAttribute("width", String(width * scale));
  copy.setAttribute("height", String(height * scale));
  // What the page drew around a chosen place is not a part of the map.
  copy.querySelectorAll(".ring").forEach((ring) => ring.remove());
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("no picture");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
