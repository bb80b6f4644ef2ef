// A report's page: from words to claims and back, and claims from selected words. Without it the
// marks are links to the claims, and words can be copied into the form.

import * as desk from "./desk.js";

const body = document.querySelector("[data-report-text]");
const peek = document.getElementById("claim-peek");
const bar = document.getElementById("selection-bar");
const form = document.querySelector("[data-claim-form]");
const phone = matchMedia("(max-width: 48rem)");

const numbers = (text) => (text ?? "").split(" ").filter(Boolean);

// From words to claims: hover, focus and tap show what was read, and light up its sentence.

function cards(mark) {
  return numbers(mark.dataset.claims)
    .map((number) => document.querySelector(`[data-claim="${number}"]`))
    .filter(Boolean);
}

function light(claims) {
  const wanted = new Set(claims);
  for (const piece of body.querySelectorAll("[data-around], [data-claims]")) {
    piece.classList.toggle("lit", numbers(piece.dataset.around).some((n) => wanted.has(n)));
    piece.classList.toggle("on", numbers(piece.dataset.claims).some((n) => wanted.has(n)));
  }
  for (const card of document.querySelectorAll("[data-claim]")) {
    card.classList.toggle("on", wanted.has(card.dataset.claim));
  }
}

function place(box, near) {
  box.hidden = false;
  if (phone.matches) {
    box.style.insetBlockStart = box.style.insetInlineStart = "";
    return;
  }
  const size = box.getBoundingClientRect();
  const above = near.top - size.height - 8;
  const top = above > 56 ? above : Math.min(near.bottom + 8, innerHeight - size.height - 8);
  const left = Math.max(8, Math.min(near.left, innerWidth - size.width - 8));
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
}

function showClaims(mark) {
  const found = cards(mark);
  if (!found.length) return;
  light(numbers(mark.dataset.claims));
  peek.replaceChildren(
    ...found.slice(0, 3).map((card) => {
      const line = document.createElement("p");
      const facts = [...card.querySelectorAll("dd")].slice(0, 4).map((dd) => dd.innerText.trim());
      const head = document.createElement("strong");
      head.textContent = card.querySelector("h3").innerText.replace(/\s+/g, " ").trim();
      line.append(head, document.createElement("br"), facts.slice(0, 3).join(" · "));
      return line;
    }),
  );
  if (found.length > 3) {
    const more = document.createElement("p");
    more.className = "muted";
    more.textContent = `and ${found.length - 3} more claims`;
    peek.append(more);
  }
  place(peek, mark.getBoundingClientRect());
}

function hideClaims() {
  peek.hidden = true;
  light([]);
}

body.addEventListener("mouseover", (event) => {
  const mark = event.target.closest("a.m");
  if (mark && getSelection().isCollapsed) showClaims(mark);
});
body.addEventListener("mouseout", (event) => {
  if (event.target.closest("a.m")) hideClaims();
});
body.addEventListener("focusin", (event) => {
  const mark = event.target.closest("a.m");
  if (mark) showClaims(mark);
});
body.addEventListener("focusout", hideClaims);
body.addEventListener("click", (event) => {
  const mark = event.target.closest("a.m");
  if (!mark) return;
  // The end of a selection over a mark is no wish to go elsewhere.
  if (!getSelection().isCollapsed) event.preventDefault();
});
addEventListener("scroll", () => { peek.hidden = true; }, { passive: true });

for (const card of document.querySelectorAll("[data-claim]")) {
  card.addEventListener("mouseenter", () => light([card.dataset.claim]));
  card.addEventListener("mouseleave", () => light([]));
}

// From claim to claim by keys.

function step(by) {
  const all = [...document.querySelectorAll("[data-claim]")];
  if (!all.length) return;
  const at = all.findIndex((card) => card.contains(document.activeElement));
  const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[(at + by + all.length) % all.length];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  light([next.dataset.claim]);
  body.querySelector(`[data-claims~="${next.dataset.claim}"]`)?.scrollIntoView({ block: "center" });
}

desk.registerKeys({
  j: ["Next claim", () => step(1)],
  k: ["Claim before", () => step(-1)],
  a: ["Add a claim from the selected words", () => openForm()],
  u: ["Undo what was just decided", () => document.querySelector('[data-key-form="u"]')?.requestSubmit()],
  x: ["Mark the claim wrong", () => {
    const details = document.activeElement.closest("[data-claim]")?.querySelector(".wrong-form");
    if (!details) return;
    details.open = true;
    details.querySelector('input[name="reason"]').focus();
  }],
});

// A link to a claim or to words leads there also when it lies in a closed part.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.matches("details")) target.open = true;
  if (target.matches("[data-claim]")) light([target.dataset.claim]);
}
addEventListener("hashchange", openTarget);
openTarget();

// From selected words to a claim. Python counts code points, JavaScript UTF-16 units.

const codePoints = (text) => Array.from(text).length;

function pointOf(node, offset, isEnd) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    // Between elements: the edge of the piece before or after.
    const children = [...node.childNodes];
    const next = children.slice(offset).map(firstPiece).find(Boolean);
    const before = children.slice(0, offset).reverse().map(lastPiece).find(Boolean);
    if (isEnd) return before ? Number(before.dataset.e) : next ? Number(next.dataset.s) : null;
    return next ? Number(next.dataset.s) : before ? Number(before.dataset.e) : null;
  }
  const piece = node.parentElement?.closest("[data-s]");
  if (!piece || !body.contains(piece)) return null;
  if (piece.hasAttribute("data-opaque")) return Number(isEnd ? piece.dataset.e : piece.dataset.s);
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, offset);
  return Number(piece.dataset.s) + codePoints(before.toString());
}

const within = (node) => [...(node.querySelectorAll?.("[data-s]") ?? [])];
const firstPiece = (node) => (node.matches?.("[data-s]") ? node : within(node)[0]);
const lastPiece = (node) => (node.matches?.("[data-s]") ? node : within(node).at(-1));

/** The selected words: where they stand in the report, and themselves; null for none. */
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(body)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(body);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(body, 0);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) {
    range.setEnd(body, body.childNodes.length);
  }
  const start = pointOf(range.startContainer, range.startOffset, false);
  const end = pointOf(range.endContainer, range.endOffset, true);
  const words = range.toString();
  return start === null || end === null || end <= start || !words.trim() ? null : { start, end, words, range };
}

function openForm() {
  if (!form) return;
  const details = form.closest("details");
  details.open = true;
  const found = selected();
  if (found) fill("what", found);
  else form.elements.what_words.focus();
  details.scrollIntoView({ block: "nearest" });
}

function fill(slot, found) {
  const box = form.querySelector(`[data-slot-box="${slot}"]`);
  form.elements[`${slot}_words`].value = found.words.replace(/\s+/g, " ").trim();
  form.elements[`${slot}_start`].value = found.start;
  form.elements[`${slot}_end`].value = found.end;
  box.classList.add("filled");
  box.closest("fieldset[hidden]")?.removeAttribute("hidden");
  if (slot.startsWith("many")) guessCount(slot, found.words);
  if (slot === "where" && !form.elements.place.value) form.elements.place.value = "";
}

function guessCount(slot, words) {
  const count = form.elements[`${slot}_count`];
  const digits = words.match(/\d[\d,]*/);
  if (!count.value && digits) count.value = digits[0].replaceAll(",", "");
}

if (form && bar) {
  const freeFigure = () =>
    ["many1", "many2", "many3"].find((slot) => !form.elements[`${slot}_words`].value) ?? "many3";

  document.addEventListener("selectionchange", () => {
    const found = selected();
    if (!found) {
      bar.hidden = true;
      return;
    }
    hideClaims();
    place(bar, found.range.getBoundingClientRect());
  });
  // A button that took the focus would take the selection with it.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const slot = event.target.closest("[data-slot]")?.dataset.slot;
    const found = selected();
    if (!slot || !found) return;
    form.closest("details").open = true;
    const filled = slot === "many1" ? freeFigure() : slot;
    fill(filled, found);
    getSelection().removeAllRanges();
    bar.hidden = true;
    const words = `${event.target.textContent.trim()}: ${found.words.trim().slice(0, 60)}`;
    desk.notify(words);
    form.closest("details").scrollIntoView({ block: "nearest" });
  });
  for (const input of form.querySelectorAll('input[name$="_words"]')) {
    // Words that are typed are looked for in the text; their place is not known here.
    input.addEventListener("input", () => {
      const slot = input.name.replace("_words", "");
      form.elements[`${slot}_start`].value = form.elements[`${slot}_end`].value = "";
      input.closest(".slot").classList.remove("filled");
    });
  }
  const more = form.querySelector("[data-more-figures]");
  more.hidden = false;
  more.addEventListener("click", () => {
    const next = form.querySelector("fieldset.figure[hidden]");
    next?.removeAttribute("hidden");
    more.hidden = !form.querySelector("fieldset.figure[hidden]");
    next?.querySelector("input").focus();
  });
}
