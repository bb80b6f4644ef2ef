// Drawing an area on the map: a box by dragging, an area by its corners; with mouse, pen or
// finger. Enter or "Done" ends, Escape gives up. By keyboard: the form's fields, or the map moved
// with the arrow keys and then "What is in view".

const EMPTY = { type: "FeatureCollection", features: [] };
const CLICK_MS = 400;
const round = (degrees) => Math.round(degrees * 1e5) / 1e5;

export function startDrawing(map, card, { change, fieldValue, says }) {
  const buttons = [...card.querySelectorAll("[data-draw]")];
  const done = card.querySelector("[data-draw-done]");
  const clear = card.querySelector("[data-area-clear]");
  const canvas = map.getCanvas();
  let mode = null;
  let corners = [];
  let from = null;
  let ended = -Infinity;

  for (const button of buttons) {
    button.addEventListener("click", () => (mode === button.dataset.draw ? stop() : start(button.dataset.draw)));
  }
  done.addEventListener("click", finish);
  clear.addEventListener("click", () => change({ box: "", polygon: "", near: "" }));
  card.querySelector("[data-area-seen]").addEventListener("click", () => {
    const seen = map.getBounds();
    const sides = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
    takeBox(...sides);
  });
  card.addEventListener("keydown", (event) => {
    if (!mode) return;
    if (event.key === "Escape") stop();
    else if (event.key === "Enter" && !event.target.closest("button")) finish();
  });
  // What draws a box must not move the map as well: these come before the map's own.
  const surface = map.getCanvasContainer();
  surface.addEventListener("pointerdown", pressed);
  surface.addEventListener("pointermove", moved);
  surface.addEventListener("pointerup", released);
  surface.addEventListener("pointercancel", () => { from = null; show(chosen()); });
  map.on("click", (event) => addCorner(event.lngLat));
  map.on("mousemove", (event) => {
    if (mode === "polygon" && corners.length) show(shape([...corners, point(event.lngLat)]));
  });

  function start(kind) {
    mode = kind;
    corners = [];
    from = null;
    map.dragPan[kind === "box" ? "disable" : "enable"]();
    map.doubleClickZoom.disable();
    map.boxZoom.disable();
    if (kind === "box") map.touchZoomRotate.disable();
    canvas.style.cursor = "crosshair";
    surface.style.touchAction = kind === "box" ? "none" : "";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.draw === kind));
    done.hidden = kind !== "polygon";
    says(kind === "box" ? "Drag from one corner of the box to the other. Escape gives up."
      : "Click or tap each corner, at least three; then Done. Escape gives up.");
    show(EMPTY);
  }

  function stop() {
    ended = performance.now();
    mode = null;
    corners = [];
    from = null;
    map.dragPan.enable();
    map.doubleClickZoom.enable();
    map.boxZoom.enable();
    map.touchZoomRotate.enable();
    canvas.style.cursor = "";
    surface.style.touchAction = "";
    for (const button of buttons) button.setAttribute("aria-pressed", "false");
    done.hidden = true;
    says(null);
    show(chosen());
  }

  function point(lngLat) {
    return [round(lngLat.lng), round(lngLat.lat)];
  }

  function at(event) {
    const frame = canvas.getBoundingClientRect();
    return point(map.unproject([event.clientX - frame.left, event.clientY - frame.top]));
  }

  function pressed(event) {
    if (mode !== "box" || event.button > 0) return;
    event.preventDefault();
    surface.setPointerCapture(event.pointerId);
    from = at(event);
  }

  function moved(event) {
    if (mode === "box" && from) show(boxShape(from, at(event)));
  }

  function released(event) {
    if (mode !== "box" || !from) return;
    const [a, b] = [from, at(event)];
    from = null;
    if (a[0] === b[0] || a[1] === b[1]) return;
    stop();
    takeBox(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]));
  }

  function addCorner(lngLat) {
    if (mode !== "polygon") return;
    const corner = point(lngLat);
    const start = corners[0] && map.project(corners[0]);
    const here = map.project(corner);
    if (corners.length > 2 && Math.hypot(start.x - here.x, start.y - here.y) < 10) {
      finish();
      return;
    }
    const last = corners.at(-1);
    if (!last || last[0] !== corner[0] || last[1] !== corner[1]) corners.push(corner);
    show(shape(corners));
  }

  function finish() {
    if (mode !== "polygon") return;
    if (corners.length < 3) {
      says("An area needs three corners or more.");
      return;
    }
    const polygon = corners.map((corner) => corner.join(",")).join(" ");
    stop();
    change({ box: "", near: "", polygon });
  }

  function takeBox(west, south, east, north) {
    const inside = (side, most) => Math.max(-most, Math.min(most, round(side)));
    const box = [inside(west, 180), inside(south, 90), inside(east, 180), inside(north, 90)];
    change({ polygon: "", near: "", box: box.join(",") });
  }

  function boxShape(a, b) {
    return shape([a, [b[0], a[1]], b, [a[0], b[1]]]);
  }

  function shape(ring) {
    const dots = ring.map((corner) => ({
      type: "Feature", properties: {}, geometry: { type: "Point", coordinates: corner },
    }));
    const area = ring.length < 3 ? { type: "LineString", coordinates: ring }
      : { type: "Polygon", coordinates: [[...ring, ring[0]]] };
    const outline = ring.length < 2 ? [] : [{ type: "Feature", properties: {}, geometry: area }];
    return { type: "FeatureCollection", features: [...outline, ...dots] };
  }

  // The click that ends a drawing comes after it, and is none on what lies below.
  function isDrawing() {
    return mode !== null || performance.now() - ended < CLICK_MS;
  }

  /** The area that the form says, as a shape. */
  function chosen() {
    const [box, polygon] = [fieldValue("box"), fieldValue("polygon")];
    clear.hidden = !(box || polygon || fieldValue("near"));
    if (polygon) {
      const ring = polygon.trim().split(/\s+/).map((corner) => corner.split(",").map(Number));
      if (ring.length > 2 && ring.flat().every(Number.isFinite)) return shape(ring);
    }
    if (box) {
      const [west, south, east, north] = box.split(",").map(Number);
      if ([west, south, east, north].every(Number.isFinite)) {
        return boxShape([west, south], [east < west ? east + 360 : east, north]);
      }
    }
    return EMPTY;
  }

  function show(data) {
    map.getSource("drawn")?.setData(data);
  }

  return { refresh: () => { if (!mode) show(chosen()); }, isDrawing, isActive: () => mode !== null };
}
