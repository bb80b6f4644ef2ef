// The overview: the filter's form, and what follows it. The server draws the sums and the list;
// the map and the timeline ask it for what they draw, with the same query.

import { notify } from "./desk.js";
import { startMap } from "./map.js";
import { startTimeline } from "./timeline.js";

const form = document.getElementById("filter");
const results = () => document.getElementById("results");

// Back and forward load the page anew: form, map and list say the same then.
window.htmx.config.refreshOnHistoryMiss = true;

/** The query of what is shown now. */
export function currentQuery() {
  return results().dataset.query;
}

/** Ask the server for JSON about what is shown now. */
async function ask(path, more = {}) {
  const query = new URLSearchParams(currentQuery());
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  const answer = await fetch(`${path}?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** Change fields of the filter and show what it takes now. */
function change(values) {
  for (const [name, value] of Object.entries(values)) setField(name, value);
  form.requestSubmit();
}

function setField(name, value) {
  const fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
  for (const field of fields) {
    if (field.type === "checkbox") field.checked = value !== "" && field.value === value;
    else field.value = value;
  }
}

function fieldValue(name) {
  const field = form.elements.namedItem(name);
  if (!field) return "";
  if (field.type === "checkbox") return field.checked ? field.value : "";
  return field.value ?? "";
}

const shared = { ask, change, fieldValue, notify };
const map = await startMap(document.querySelector("[data-map]"), shared);
const timeline = startTimeline(document.querySelector("[data-timeline]"), shared);

function refresh() {
  map?.refresh();
  timeline?.refresh();
}
refresh();

document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "results") refresh();
});

// A condition is taken out where it is shown.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-clear]");
  if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  change(Object.fromEntries(chip.dataset.clear.split(" ").map((name) => [name, ""])));
  document.getElementById("sums-title")?.scrollIntoView({ block: "nearest" });
});

// On a phone the form would push all else from the screen.
const fold = document.querySelector("[data-fold]");
if (fold && matchMedia("(max-width: 63.99rem)").matches) fold.open = false;
