// The timeline: killed and injured of each day, week, month or year, as the server bins them.
// Dragging over it chooses the days; the form's two dates do the same by keyboard.

const HEIGHT = 170;

export function startTimeline(card, { ask, change, fieldValue, notify }) {
  if (!card || !window.uPlot) return null;
  const box = card.querySelector("#timeline");
  const says = card.querySelector("#timeline-says");
  const stepName = card.querySelector("#timeline-step");
  const allDates = card.querySelector("[data-dates-clear]");
  let data = null;
  let plot = null;
  let asked = 0;

  allDates.addEventListener("click", () => change({ since: "", until: "" }));
  document.addEventListener("marsad:theme", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  new ResizeObserver(() => {
    if (plot && box.clientWidth) plot.setSize({ width: box.clientWidth, height: HEIGHT });
  }).observe(box);

  async function refresh() {
    const number = ++asked;
    try {
      const answer = await (await ask("/timeline")).json();
      if (number !== asked) return;
      data = answer;
    } catch {
      notify("The timeline could not be loaded.", "bad");
      return;
    }
    card.hidden = data.start.length === 0;
    allDates.hidden = !fieldValue("since") && !fieldValue("until");
    stepName.textContent = `documented minimum by ${data.step}`;
    draw();
  }

  function words() {
    const parts = [];
    if (data.wide.incidents) {
      parts.push(`${count(data.wide)} known only to a time longer than a ${data.step}`);
    }
    if (data.undated.incidents) parts.push(`${count(data.undated)} undated`);
    const left = parts.length ? ` Not drawn: ${parts.join("; ")}.` : "";
    return `Drag over the bars to choose days.${left}`;
  }

  function count(toll) {
    const noun = toll.incidents === 1 ? "incident" : "incidents";
    return `${toll.incidents.toLocaleString("en")} ${noun} (${toll.killed.toLocaleString("en")} killed)`;
  }

  function draw() {
    if (!data || card.hidden) return;
    plot?.destroy();
    says.textContent = words();
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const bars = window.uPlot.paths.bars;
    const axis = {
      stroke: colour("--soft"),
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { stroke: colour("--line"), width: 1 },
      font: "12px system-ui, sans-serif",
    };
    const times = data.start.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);
    const last = Date.parse(`${data.end.at(-1)}T00:00:00Z`) / 1000 + 86400;
    const room = (last - times[0]) / times.length / 2;
    plot = new window.uPlot(
      {
        width: box.clientWidth || 600,
        height: HEIGHT,
        tzDate: (stamp) => window.uPlot.tzDate(new Date(stamp * 1000), "Etc/UTC"),
        scales: {
          x: { time: true, range: () => [times[0] - room, last] },
          y: { range: (self, low, high) => [0, Math.max(4, high * 1.05)] },
        },
        axes: [{ ...axis, space: 90, values: (self, ticks, index, space, step) => ticks.map((tick) => tickWords(tick, step)) }, { ...axis, size: 44, values: (self, ticks) => ticks.map(whole) }],
        series: [
          { value: (self, stamp) => (stamp === null ? "—" : dayWords(self.cursor.idx)) },
          series("killed", colour("--killed"), bars({ size: [0.42, 40], align: -1 })),
          series("injured", colour("--injured"), bars({ size: [0.42, 40], align: 1 })),
        ],
        cursor: { drag: { x: true, y: false, setScale: false }, y: false, points: { show: false } },
        hooks: { setSelect: [chosen] },
      },
      [times, data.killed, data.injured],
      box,
    );
  }

  function series(label, stroke, paths) {
    return {
      label, stroke, fill: stroke, width: 0, paths, points: { show: false },
      value: (self, value) => (value === null ? "—" : value.toLocaleString("en")),
    };
  }

  function tickWords(tick, step) {
    const parts = step >= 360 * 86400 ? { year: "numeric" }
      : step >= 28 * 86400 ? { month: "short", year: "numeric" } : { day: "numeric", month: "short", year: "numeric" };
    return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" }).format(tick * 1000);
  }

  function whole(tick) {
    return Number.isInteger(tick) ? tick.toLocaleString("en") : "";
  }

  function dayWords(index) {
    if (index === null || index === undefined) return "—";
    const [start, end] = [data.start[index], data.end[index]];
    const days = start === end ? start : `${start} to ${end}`;
    return `${days} · ${data.incidents[index].toLocaleString("en")} incidents`;
  }

  // A bar reaches to both sides of its first day's mark: what is nearest counts.
  function chosen(self) {
    const { left, width } = self.select;
    if (width < 4) return;
    const first = self.posToIdx(left);
    const until = self.posToIdx(left + width);
    self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    change({ since: data.start[first], until: data.end[until] });
  }

  return { refresh };
}
