// The drawer of maps, bundled by itself: it is large, and fetched only when a map comes into view. This build has its worker in a
// file of its own, as a strict policy asks for.
import * as maplibre from "maplibre-gl/dist/maplibre-gl-csp.js";

maplibre.setWorkerUrl("/assets/maplibre-worker.js");
export { maplibre };
