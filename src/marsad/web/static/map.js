// The map: countries as a background, and what the server says is to be drawn at this zoom. What
// is known to a town or site is a dot, to a district or province a circle of what it may mean, to
// a country the country; what lies close together is one number.

import * as maplibregl from "./vendor/maplibre-gl.mjs";
import { startDrawing } from "./draw.js";
import { backdrop, circle, loadCountries, paletteOf, reachOf } from "./mapbase.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const MAX_ZOOM = 12;
const LISTED = 40;

export async function startMap(card, shared) {
  if (!card) return null;
  card.hidden = false;
  const line = card.querySelector("#map-says");
  const list = card.querySelector("#map-list");
  let map;
  try {
    map = new maplibregl.Map({
      container: "map", style: emptyStyle(), center: [20, 20], zoom: 1, minZoom: 0,
      maxZoom: MAX_ZOOM, renderWorldCopies: false, attributionControl: false,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: false,
    });
  } catch {
    card.hidden = true; // no WebGL: the list says the same
    return null;
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl(), "bottom-left");
  map.getCanvas().setAttribute(
    "aria-label", "Map of incidents; arrow keys move it, plus and minus zoom. The list below says the same.",
  );

  const ready = new Promise((done) => { map.once("load", done); });
  const countries = await loadCountries();
  let drawn = { features: [], areas: [], box: null, pointed: 0, unplaced: 0 };
  let asked = 0;
  let placed = false;
  let popup = null;
  let drawing = null;

  const says = (words) => { line.textContent = words ?? summary(drawn); };
  await ready;
  paint();
  drawing = startDrawing(map, card, { ...shared, says });
  map.on("moveend", load);
  document.addEventListener("marsad:theme", paint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  const targets = ["clusters", "discs-core", "points"];
  map.on("click", targets, (event) => { if (!drawing.isDrawing()) open(event.features[0]); });
  map.on("click", "areas", (event) => {
    if (drawing.isDrawing() || map.queryRenderedFeatures(event.point, { layers: targets }).length) return;
    openArea(event.features[0].properties.number, event.lngLat);
  });
  map.on("mouseenter", targets, () => { if (!drawing.isDrawing()) map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", targets, () => { if (!drawing.isDrawing()) map.getCanvas().style.cursor = ""; });

  /** The style in the colours of the page, with all that is drawn. */
  function paint() {
    map.setStyle(makeStyle(countries, drawn), { diff: false });
    map.once("styledata", () => drawing?.refresh());
  }

  async function load() {
    const number = ++asked;
    const seen = map.getBounds();
    const sides = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
    try {
      const answer = await shared.ask("/map", {
        zoom: Math.round(map.getZoom()), seen: sides.map((side) => side.toFixed(4)).join(","),
      });
      const found = await answer.json();
      if (number !== asked) return;
      drawn = found;
    } catch {
      shared.notify("The map could not be loaded.", "bad");
      return;
    }
    if (!placed && drawn.box) {
      placed = true;
      const [west, south, east, north] = drawn.box;
      map.fitBounds([[west, south], [east, north]], { padding: 50, maxZoom: 7, animate: false });
    }
    map.getSource("found")?.setData(foundData(drawn));
    if (map.getLayer("areas")) map.setFilter("areas", knownAreas(drawn.areas));
    map.getSource("areas-labels")?.setData(areaLabels(countries, drawn.areas));
    if (!drawing.isActive()) says(null);
    tell();
  }

  function tell() {
    const features = [...drawn.features]
      .sort((a, b) => b.properties.incidents - a.properties.incidents).slice(0, LISTED);
    list.replaceChildren(...features.map(featureLine), ...drawn.areas.map(areaLine));
  }

  function featureLine(feature) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-small";
    const [longitude, latitude] = feature.geometry.coordinates;
    button.textContent = `${featureWords(feature.properties)} at ${degrees(latitude, "N", "S")}, ${degrees(longitude, "E", "W")}`;
    button.addEventListener("click", () => open(feature));
    item.append(button);
    return item;
  }

  function areaLine(area) {
    const item = document.createElement("li");
    item.textContent = `${tollWords(area)} known only to ${area.name}`;
    return item;
  }

  function open(feature) {
    const at = feature.geometry.coordinates;
    const values = feature.properties;
    if (values.kind === "cluster") {
      const [west, south, east, north] = typeof values.box === "string" ? JSON.parse(values.box) : values.box;
      const before = map.getZoom();
      const camera = map.cameraForBounds([[west, south], [east, north]], { padding: 60, maxZoom: MAX_ZOOM });
      map.easeTo({ center: camera?.center ?? at, zoom: Math.min(MAX_ZOOM, Math.max(camera?.zoom ?? 0, before + 1)) });
      return;
    }
    const box = document.createElement("div");
    box.append(paragraph(featureWords(values)), paragraph(precisionWords(values), "muted small"));
    const inside = document.createElement("div");
    box.append(inside);
    show(at, box);
    shared.ask("/map/here", { latitude: at[1], longitude: at[0], precision: values.precision })
      .then((answer) => answer.text())
      .then((html) => { inside.innerHTML = html; })
      .catch(() => shared.notify("What is here could not be loaded.", "bad"));
  }

  function openArea(number, at) {
    const area = drawn.areas.find((one) => one.number === number);
    if (!area) return;
    const box = document.createElement("div");
    box.append(paragraph(`${tollWords(area)}`), paragraph(`Known only to the country, ${area.name}, or to a place without coordinates.`, "muted small"));
    show(at, box);
  }

  function show(at, content) {
    popup?.remove();
    popup = new maplibregl.Popup({ maxWidth: "20rem", focusAfterOpen: true }).setLngLat(at).setDOMContent(content).addTo(map);
  }

  return { refresh() { drawing.refresh(); popup?.remove(); load(); } };
}

function paragraph(words, style = "") {
  const made = document.createElement("p");
  made.className = style;
  made.textContent = words;
  return made;
}

function degrees(value, positive, negative) {
  return `${Math.abs(value).toFixed(2)}° ${value < 0 ? negative : positive}`;
}

function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function tollWords(values) {
  const parts = [plural(values.incidents, "incident")];
  parts.push(values.killed ? `at least ${values.killed.toLocaleString("en")} killed` : "nobody known to be killed");
  if (values.injured) parts.push(`${values.injured.toLocaleString("en")} injured`);
  if (values.contested) parts.push(`${values.contested.toLocaleString("en")} contested`);
  return parts.join(", ");
}

function featureWords(values) {
  const where = values.kind === "cluster" ? `${plural(values.places, "place")}: ` : "";
  return where + tollWords(values);
}

function precisionWords(values) {
  if (values.kind === "point") return `Known to the ${values.precision}: within about ${values.radius_km} km.`;
  return `Known only to the ${values.precision}: somewhere within about ${values.radius_km} km.`;
}

function summary(drawn) {
  const wide = drawn.areas.reduce((sum, area) => sum + area.incidents, 0);
  const parts = [`${plural(drawn.pointed, "incident")} on the map`];
  if (wide) parts.push(`${wide.toLocaleString("en")} known only to a country`);
  if (drawn.unplaced) parts.push(`${drawn.unplaced.toLocaleString("en")} without a place`);
  return `${parts.join("; ")}. Numbers are incidents.`;
}

function knownAreas(areas) {
  return ["in", ["get", "number"], ["literal", areas.map((area) => area.number ?? -1)]];
}

// A label stands in the middle of a country's largest part.
function areaLabels(countries, areas) {
  const sums = new Map(areas.filter((area) => area.number).map((area) => [area.number, area]));
  const features = [];
  for (const shape of countries.features) {
    const area = sums.get(shape.properties.number);
    if (!area) continue;
    features.push({
      type: "Feature", geometry: { type: "Point", coordinates: middle(shape.geometry) },
      properties: { label: `${area.name}: ${short(area.incidents)}` },
    });
    sums.delete(shape.properties.number);
  }
  return { type: "FeatureCollection", features };
}

function middle(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  let best = null;
  for (const [ring] of parts) {
    let [west, south, east, north] = [180, 90, -180, -90];
    for (const [x, y] of ring) {
      [west, east] = [Math.min(west, x), Math.max(east, x)];
      [south, north] = [Math.min(south, y), Math.max(north, y)];
    }
    const size = (east - west) * (north - south);
    if (!best || size > best.size) best = { size, at: [(west + east) / 2, (south + north) / 2] };
  }
  return best.at;
}

function short(count) {
  if (count < 1000) return String(count);
  return count < 1e6 ? `${(count / 1000).toFixed(count < 10000 ? 1 : 0)}k` : `${(count / 1e6).toFixed(1)}M`;
}

function foundData(drawn) {
  for (const feature of drawn.features) {
    const values = feature.properties;
    values.label = values.incidents > 1 ? short(values.incidents) : "";
    values.reach = reachOf(values.radius_km ?? 0, feature.geometry.coordinates[1]);
  }
  return { type: "FeatureCollection", features: drawn.features };
}

function emptyStyle() {
  return { version: 8, sources: {}, layers: [] };
}

function makeStyle(countries, drawn) {
  const colour = paletteOf();
  const toll = ["step", ["get", "killed"], colour("--toll-0"), 1, colour("--toll-1"), 10, colour("--toll-2"), 100, colour("--toll-3")];
  const doubted = [">=", ["*", 4, ["get", "contested"]], ["get", "incidents"]];
  const ring = ["case", doubted, colour("--ring"), colour("--on-toll")];
  const ringWidth = ["case", doubted, 3, 1.5];
  const bySize = (least, most) => ["interpolate", ["linear"], ["ln", ["get", "incidents"]], 0, least, 9, most];
  const label = { "text-field": ["get", "label"], "text-size": 12, "text-allow-overlap": true, "text-font": ["sans-serif"] };
  const kind = (name) => ["==", ["get", "kind"], name];
  return {
    version: 8,
    sources: {
      countries: { type: "geojson", data: countries, tolerance: 0.5 },
      "areas-labels": { type: "geojson", data: areaLabels(countries, drawn.areas) },
      found: { type: "geojson", data: foundData(drawn) },
      drawn: { type: "geojson", data: EMPTY },
    },
    layers: [
      ...backdrop(colour, [{
        id: "areas", type: "fill", source: "countries", filter: knownAreas(drawn.areas),
        paint: { "fill-color": colour("--map-area"), "fill-opacity": 0.35 },
      }]),
      { id: "reach", type: "circle", source: "found", filter: ["!=", ["get", "kind"], "cluster"], paint: { ...circle(), "circle-color": toll, "circle-opacity": 0.16, "circle-stroke-width": 1, "circle-stroke-color": toll, "circle-stroke-opacity": 0.55 } },
      { id: "drawn-fill", type: "fill", source: "drawn", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("--accent"), "fill-opacity": 0.12 } },
      { id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": colour("--accent"), "line-width": 2, "line-dasharray": [3, 2] } },
      { id: "drawn-corners", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 4, "circle-color": colour("--accent") } },
      { id: "areas-label", type: "symbol", source: "areas-labels", layout: { ...label, "text-size": 11, "text-allow-overlap": false }, paint: { "text-color": colour("--ink"), "text-halo-color": colour("--map-land"), "text-halo-width": 1.5 } },
      { id: "discs-core", type: "circle", source: "found", filter: kind("disc"), paint: { "circle-radius": bySize(8, 16), "circle-color": colour("--map-land"), "circle-opacity": 0.85, "circle-stroke-width": 2, "circle-stroke-color": toll } },
      { id: "discs-label", type: "symbol", source: "found", filter: kind("disc"), layout: { ...label, "text-size": 11 }, paint: { "text-color": colour("--ink") } },
      { id: "points", type: "circle", source: "found", filter: kind("point"), paint: { "circle-radius": bySize(5, 16), "circle-color": toll, "circle-stroke-width": ringWidth, "circle-stroke-color": ring } },
      { id: "clusters", type: "circle", source: "found", filter: kind("cluster"), paint: { "circle-radius": bySize(12, 24), "circle-color": toll, "circle-opacity": 0.92, "circle-stroke-width": ringWidth, "circle-stroke-color": ring } },
      { id: "labels", type: "symbol", source: "found", filter: ["!=", ["get", "kind"], "disc"], layout: label, paint: { "text-color": colour("--on-toll") } },
    ],
  };
}
