// What both maps share: the countries as a background, in the colours of the page, and circles
// whose size is in kilometres.

const EARTH_METRES = 40075017;
const TILE = 512;

/** A function that gives a colour of the page by its name. */
export function paletteOf() {
  const css = getComputedStyle(document.documentElement);
  return (name) => css.getPropertyValue(name).trim();
}

/** The shapes of countries, each with its numeric code. */
export async function loadCountries() {
  const topology = await (await fetch("/static/basemap/countries-50m.json")).json();
  const shapes = window.topojson.feature(topology, topology.objects.countries);
  for (const shape of shapes.features) {
    shape.properties.number = Number(shape.id) || 0;
    const { geometry } = shape;
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const rings of parts) rings.forEach((ring, place) => { rings[place] = unroll(ring); });
  }
  return shapes;
}

// The shapes are those of a globe: a ring that crosses the date line jumps around the earth, and
// Antarctica's runs once around the pole. On a flat map it goes on beyond 180°, and along the edge.
function unroll(ring) {
  let shift = 0;
  const flat = ring.map(([x, y], place) => {
    if (place > 0) {
      const step = x - ring[place - 1][0];
      if (step > 180) shift -= 360;
      else if (step < -180) shift += 360;
    }
    return [x + shift, y];
  });
  if (shift === 0) return flat;
  const pole = flat[0][1] < 0 ? -90 : 90;
  return [...flat, [flat.at(-1)[0], pole], [flat[0][0], pole], flat[0]];
}

/** Sea, land and borders, of a source `countries`; `between` lies on the land. */
export function backdrop(colour, between = []) {
  return [
    { id: "sea", type: "background", paint: { "background-color": colour("--map-sea") } },
    { id: "land", type: "fill", source: "countries", paint: { "fill-color": colour("--map-land") } },
    ...between,
    { id: "borders", type: "line", source: "countries", paint: { "line-color": colour("--map-border"), "line-width": 0.8 } },
  ];
}

/** A radius in pixels at zoom 0. */
export function reachOf(kilometres, latitude) {
  return (kilometres * 1000 * TILE) / (Math.cos((latitude * Math.PI) / 180) * EARTH_METRES);
}

/** A circle as wide as its feature's `reach`: it doubles with each zoom. */
export function circle() {
  const wide = ["*", ["get", "reach"], 2 ** 24];
  return { "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 0, ["get", "reach"], 24, wide] };
}
