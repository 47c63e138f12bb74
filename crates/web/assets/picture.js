// src/picture.ts
var SHARPNESS = 2;
var LARGEST = 8192;
for (const button of document.querySelectorAll("button[data-png]")) {
  const svg = button.closest("figure")?.querySelector(".for-wide > svg");
  if (!svg) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const said = sayer(button);
    save(svg, button.dataset["png"] ?? "map.png").then(
      () => said.textContent = button.dataset["done"] ?? "",
      (error) => {
        console.warn(error);
        said.textContent = button.dataset["failed"] ?? "";
      }
    );
  });
}
function sayer(button) {
  const old = button.parentElement?.querySelector("[role=status]");
  if (old) return old;
  const said = document.createElement("span");
  said.className = "soft";
  said.setAttribute("role", "status");
  button.after(" ", said);
  return said;
}
async function save(svg, name) {
  const { width, height } = svg.viewBox.baseVal;
  const scale = Math.min(SHARPNESS, LARGEST / Math.max(width, height));
  const copy = svg.cloneNode(true);
  copy.setAttribute("width", String(width * scale));
  copy.setAttribute("height", String(height * scale));
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
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("no picture");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
}
