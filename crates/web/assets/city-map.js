// src/city-map.ts
var DRAWER = "/assets/maplibre.js";
var INK = "#222222";
var LANDS = "lands";
var HATCH = "hatch";
var seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    start(entry.target).catch((error) => console.warn(error));
  }
}, { rootMargin: "200px" });
if (hasGl()) document.querySelectorAll("[data-island=city-map]").forEach((figure) => seen.observe(figure));
function hasGl() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}
function byClass(layer, of, other) {
  const first = layer.classes[0];
  if (!first || layer.property === "") return first ? of(first) : other;
  const pairs = layer.classes.flatMap((one) => [one.value, of(one)]);
  return ["match", ["to-string", ["get", layer.property]], ...pairs, other];
}
var square = (layer, one) => `${layer.id}-${one.value}-square`;
var isSquare = (layer) => ["in", ["to-string", ["get", layer.property]], ["literal", layer.classes.filter((one) => one.is_square).map((one) => one.value)]];
function sized(layer, size) {
  if (!layer.is_dense) return size;
  return ["interpolate", ["linear"], ["zoom"], 8, ["*", 0.2, size], 11, ["*", 0.7, size], 13, size];
}
function drawn(layer) {
  const colour = byClass(layer, (one) => one.colour, "#8a8a8a");
  const size = byClass(layer, (one) => one.size, 1);
  const over = (yes, no) => ["case", ["boolean", ["feature-state", "over"], false], yes, no];
  const base = { id: layer.id, source: layer.id };
  const line = { "line-color": colour, "line-width": size };
  switch (layer.kind) {
    case "areas":
      return [
        { ...base, type: "fill", paint: { "fill-color": colour, "fill-opacity": 0.85 } },
        ...layer.classes.filter((one) => one.is_hatched).map((one) => ({
          ...base,
          id: `${layer.id}-${one.value}`,
          type: "fill",
          filter: ["==", ["get", layer.property], one.value],
          paint: { "fill-pattern": HATCH }
        })),
        { ...base, id: `${layer.id}-line`, type: "line", paint: { "line-color": INK, "line-width": over(2, 0) } }
      ];
    case "outline": {
      const broken = layer.classes.filter((one) => one.is_dashed).map((one) => one.value);
      const isBroken = ["in", ["to-string", ["get", layer.property]], ["literal", broken]];
      return [
        { ...base, id: `${layer.id}-broken`, type: "line", filter: isBroken, paint: { ...line, "line-dasharray": [4, 2] } },
        { ...base, type: "line", filter: ["!", isBroken], paint: line }
      ];
    }
    case "points":
      return [
        { ...base, type: "circle", filter: ["!", isSquare(layer)], paint: { "circle-color": colour, "circle-radius": sized(layer, size), "circle-stroke-color": INK, "circle-stroke-width": over(3, layer.is_dense ? 0.2 : 1) } },
        ...layer.classes.filter((one) => one.is_square).map((one) => ({
          ...base,
          id: square(layer, one),
          type: "symbol",
          filter: ["==", ["get", layer.property], one.value],
          layout: { "icon-image": square(layer, one), "icon-allow-overlap": true, "icon-size": sized(layer, 1) }
        }))
      ];
  }
}
function ground(spec) {
  if (!spec.lands) return [];
  const base = { source: LANDS };
  const line = (id, classes, dash) => ({
    ...base,
    id,
    type: "line",
    filter: ["all", ["==", ["get", "part"], "boundary"], ["in", ["get", "class"], ["literal", classes]]],
    paint: { "line-color": "#666666", "line-width": 1, ...dash && { "line-dasharray": dash } }
  });
  return [
    {
      ...base,
      id: "lands-area",
      type: "fill",
      filter: ["==", ["get", "part"], "area"],
      paint: { "fill-color": ["case", ["==", ["coalesce", ["get", "joins"], ""], spec.focus ?? "-"], "#fffdf5", "#ecece6"] }
    },
    { ...base, id: "lands-coast", type: "line", filter: ["==", ["get", "part"], "coast"], paint: { "line-color": "#666666", "line-width": 0.6 } },
    line("lands-international", ["international"]),
    line("lands-disputed", ["disputed", "indefinite"], [4, 2]),
    line("lands-control", ["line_of_control"], [1, 2])
  ];
}
async function start(figure) {
  const spec = JSON.parse(figure.dataset["map"] ?? "");
  const canvas = figure.querySelector("[data-canvas]");
  if (!canvas) return;
  const { maplibre } = await import(DRAWER);
  await sheetOfDrawer();
  figure.classList.add("is-starting");
  const style = { version: 8, sources: {}, layers: [{ id: "water", type: "background", paint: { "background-color": spec.lands ? "#dfe9ef" : "#f4f4ef" } }] };
  const here = (url) => new URL(url, location.href).href;
  if (spec.lands) style.sources[LANDS] = { type: "geojson", data: here(spec.lands) };
  style.layers.push(...ground(spec));
  for (const layer of spec.layers) {
    style.sources[layer.id] = { type: "geojson", data: here(layer.url), promoteId: "id" };
    const visibility = layer.is_on ? "visible" : "none";
    for (const one of drawn(layer)) style.layers.push({ ...one, layout: { ...one.layout, visibility } });
  }
  const [west, south, east, north] = spec.bounds;
  const [wide, high] = [east - west, north - south];
  const map = new maplibre.Map({
    container: canvas,
    style,
    bounds: [west, south, east, north],
    fitBoundsOptions: { padding: 16 },
    // Where the map would go around the world, there is no edge to stop at.
    ...3 * wide < 360 && { maxBounds: [west - wide, Math.max(south - high, -85), east + wide, Math.min(north + high, 85)] },
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 18,
    locale: {
      "Map.Title": spec.title,
      "ScaleControl.Kilometers": spec.words.kilometres,
      "ScaleControl.Meters": spec.words.metres,
      "CooperativeGesturesHandler.WindowsHelpText": spec.words.wheel,
      "CooperativeGesturesHandler.MacHelpText": spec.words.mac,
      "CooperativeGesturesHandler.MobileHelpText": spec.words.touch
    }
  });
  map.on("error", (event) => console.warn(event.error?.message ?? "a layer did not come"));
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.ScaleControl({ maxWidth: 110, unit: "metric" }), "bottom-left");
  await new Promise((done) => map.once("load", () => done()));
  map.addImage(HATCH, hatch());
  for (const layer of spec.layers.filter((one) => one.kind === "points")) {
    for (const one of layer.classes.filter((of) => of.is_square)) map.addImage(square(layer, one), squareOf(one), { pixelRatio: 2 });
  }
  figure.classList.remove("is-starting");
  figure.classList.add("is-live");
  map.resize();
  map.fitBounds(spec.bounds, { padding: 16, animate: false });
  steer(figure, map, spec);
  name(canvas, map, spec.names);
  await speak(figure, map, spec, maplibre);
}
function hatch() {
  const side = 8;
  const image = new ImageData(side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) image.data.set((x + y) % side < 2 ? [138, 138, 138, 255] : [242, 242, 242, 255], 4 * (y * side + x));
  }
  return image;
}
function squareOf(one) {
  const side = Math.max(6, Math.round(4 * one.size));
  const colour = Number.parseInt(one.colour.slice(1), 16);
  const image = new ImageData(side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const isEdge = Math.min(x, y, side - 1 - x, side - 1 - y) < 2;
      image.data.set(isEdge ? [34, 34, 34, 255] : [colour >> 16, colour >> 8 & 255, colour & 255, 255], 4 * (y * side + x));
    }
  }
  return image;
}
function name(canvas, map, names) {
  if (names.length === 0) return;
  const sheet = document.createElement("div");
  sheet.className = "city-names";
  sheet.setAttribute("aria-hidden", "true");
  const signs = names.map((of) => {
    const sign = document.createElement("span");
    sign.dir = "auto";
    sign.textContent = of.name;
    sheet.append(sign);
    return sign;
  });
  map.getCanvasContainer().append(sheet);
  const sizes = signs.map((sign) => ({ wide: sign.offsetWidth, high: sign.offsetHeight }));
  const place = () => {
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
    const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const corner = canvas.getBoundingClientRect();
    const taken = [...canvas.querySelectorAll(".maplibregl-ctrl")].map((control) => {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      return [left - corner.left, top - corner.top, right - corner.left, bottom - corner.top];
    });
    names.forEach((of, idx) => {
      const sign = signs[idx];
      const size = sizes[idx];
      if (!sign || !size) return;
      const { x, y } = map.project(of.at);
      const gap = of.gap + 3;
      const rooms = of.gap > 0 ? [
        [x + gap, y - size.high / 2, x + gap + size.wide, y + size.high / 2],
        [x - gap - size.wide, y - size.high / 2, x - gap, y + size.high / 2],
        [x - size.wide / 2, y - gap - size.high, x + size.wide / 2, y - gap],
        [x - size.wide / 2, y + gap, x + size.wide / 2, y + gap + size.high]
      ] : [[x - size.wide / 2, y - size.high / 2, x + size.wide / 2, y + size.high / 2]];
      const room = rooms.find((of2) => of2[0] >= 0 && of2[1] >= 0 && of2[2] <= wide && of2[3] <= high && !taken.some((other) => meets(of2, other)));
      sign.hidden = !room;
      if (!room) return;
      taken.push(room);
      sign.style.transform = `translate(${Math.round(room[0])}px, ${Math.round(room[1])}px)`;
    });
  };
  map.on("move", place);
  map.on("resize", place);
  place();
}
function sheetOfDrawer() {
  const address = "/assets/maplibre.css";
  if (document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  return new Promise((done, failed) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => failed(new Error(address)));
    document.head.prepend(link);
  });
}
function steer(figure, map, spec) {
  figure.querySelectorAll("[data-live]").forEach((part) => part.hidden = false);
  figure.querySelector("[data-zoom=in]")?.addEventListener("click", () => map.zoomIn());
  figure.querySelector("[data-zoom=out]")?.addEventListener("click", () => map.zoomOut());
  figure.querySelector("[data-zoom=all]")?.addEventListener("click", () => map.fitBounds(spec.bounds, { padding: 16 }));
  for (const box of figure.querySelectorAll("input[data-layer]")) {
    const show = () => {
      const ids = box.dataset["layer"] === LANDS ? ground(spec) : spec.layers.filter((one) => one.id === box.dataset["layer"]).flatMap(drawn);
      for (const { id } of ids) map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none");
    };
    box.addEventListener("change", show);
    show();
  }
}
async function speak(figure, map, spec, drawer) {
  const said = figure.querySelector("[data-said]");
  const choice = figure.querySelector("[data-goto]");
  let popup;
  let over;
  const tell = (at, of) => {
    const box = document.createElement("div");
    box.dir = "auto";
    const name2 = document.createElement("strong");
    name2.textContent = of.name;
    box.append(name2);
    if (of.label) {
      const label2 = document.createElement("p");
      label2.textContent = of.label;
      box.append(label2);
    }
    if (of.link) {
      const link = document.createElement("a");
      link.href = of.link;
      link.textContent = spec.words.open;
      box.append(link);
    }
    popup?.remove();
    popup = new drawer.Popup({ closeButton: false, maxWidth: "16rem", focusAfterOpen: false }).setLngLat(at).setDOMContent(box).addTo(map);
    if (said) said.textContent = [of.name, of.label].filter(Boolean).join(": ");
  };
  const mark = (feature) => {
    if (over) map.setFeatureState(over, { over: false });
    over = feature?.id === void 0 ? void 0 : { source: feature.source, id: feature.id };
    if (over) map.setFeatureState(over, { over: true });
    map.getCanvas().style.cursor = over ? "pointer" : "";
  };
  for (const layer of spec.layers) {
    if (layer.kind === "outline") continue;
    const ids = [layer.id, ...layer.classes.filter((one) => layer.kind === "points" && one.is_square).map((one) => square(layer, one))];
    map.on("mousemove", ids, (event) => mark(event.features?.[0]));
    map.on("mouseleave", ids, () => mark(void 0));
    map.on("click", ids, (event) => {
      const feature = event.features?.[0];
      if (!feature?.properties["name"]) return;
      const at = feature.geometry.type === "Point" ? feature.geometry.coordinates : event.lngLat.toArray();
      tell(at, feature.properties);
    });
  }
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape") popup?.remove();
  });
  const places = [];
  for (const layer of spec.layers.filter((one) => one.kind === "points")) {
    const data = await map.getSource(layer.id).getData();
    if (data.type !== "FeatureCollection") continue;
    for (const feature of data.features) {
      const of = feature.properties;
      if (feature.geometry.type === "Point" && of?.name && of.link) places.push({ at: feature.geometry.coordinates, of });
    }
  }
  if (!choice || places.length === 0) return;
  places.forEach((place, at) => choice.add(new Option(place.of.name, String(at))));
  const label = choice.closest("label");
  if (label) label.hidden = false;
  figure.querySelectorAll("[data-goto-hint]").forEach((hint) => hint.hidden = false);
  choice.addEventListener("change", () => {
    const place = places[Number(choice.value)];
    if (!place || choice.value === "") return;
    map.easeTo({ center: place.at, zoom: Math.max(map.getZoom(), 6) });
    tell(place.at, place.of);
  });
}
