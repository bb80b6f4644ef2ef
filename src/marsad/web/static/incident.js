// The small map of one incident: a dot for a town or site with how far around it may mean; for a
// district or province the circle alone; for a country its shape and no point.

import * as maplibregl from "./vendor/maplibre-gl.mjs";
import { backdrop, circle, loadCountries, paletteOf, reachOf } from "./mapbase.js";

const box = document.getElementById("small-map");
const { latitude, longitude, precision, radius } = box.dataset;
const at = [Number(longitude), Number(latitude)];
const pinned = precision === "site" || precision === "town";
// So that the circle fills about a third of the box.
const ZOOMS = { site: 9, town: 8, district: 6.5, province: 4.7, country: 3 };

function style(countries) {
  const colour = paletteOf();
  const feature = { type: "Feature", geometry: { type: "Point", coordinates: at }, properties: { reach: reachOf(Number(radius), at[1]) } };
  const shown = precision === "country" ? [] : [
    { id: "reach", type: "circle", source: "spot", paint: { ...circle(), "circle-color": colour("--killed"), "circle-opacity": 0.15, "circle-stroke-color": colour("--killed"), "circle-stroke-width": 1.5 } },
    ...(pinned ? [{ id: "dot", type: "circle", source: "spot", paint: { "circle-radius": 6, "circle-color": colour("--killed"), "circle-stroke-color": colour("--surface"), "circle-stroke-width": 2 } }] : []),
  ];
  return {
    version: 8,
    sources: { countries: { type: "geojson", data: countries, tolerance: 0.5 }, spot: { type: "geojson", data: feature } },
    layers: [...backdrop(colour), ...shown],
  };
}

try {
  const countries = await loadCountries();
  box.hidden = false;
  const map = new maplibregl.Map({
    container: box, style: style(countries), center: at, zoom: ZOOMS[precision] ?? 5, maxZoom: 12,
    renderWorldCopies: false, attributionControl: false, dragRotate: false, scrollZoom: false,
  });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl(), "bottom-left");
  map.getCanvas().setAttribute("aria-label", "Map of the place; the words below say the same.");
  const repaint = () => map.setStyle(style(countries), { diff: false });
  document.addEventListener("marsad:theme", repaint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
} catch {
  box.hidden = true; // no WebGL: the words say the same
}
