// Review by keys. Every key presses what stands on the page: without this it is pressed by hand.

import * as desk from "./desk.js";

const form = document.querySelector("[data-decide]");
const keys = {};

function press(target) {
  if (target.matches("button")) {
    if (target.form.dataset.sent) return; // one decision for one key, however often it is pressed
    target.form.dataset.sent = "1";
    target.form.requestSubmit(target);
  } else target.click();
}

for (const target of document.querySelectorAll("[data-decide] [data-key], .decide [data-key]")) {
  const words = target.textContent.replace(/\s+/g, " ").trim();
  keys[target.dataset.key] = [words, () => press(target)];
}
for (const link of document.querySelectorAll("[data-step]")) {
  keys[link.dataset.step] = [link.dataset.step === "j" ? "Next" : "Before", () => link.click()];
}
const undo = document.querySelector('[data-key-form="u"]');
keys.u = ["Undo what was just decided", () => {
  if (undo) undo.requestSubmit();
  else desk.notify("There is nothing to undo here. The incident's page lists its decisions.", "warn");
}];

// What needs a reason asks for it.
if (keys.x && form) {
  const reject = form.querySelector('[value="reject"]');
  const reason = form.elements.reason;
  keys.x = [keys.x[0], () => {
    if (reason.value.trim()) press(reject);
    else {
      reason.focus();
      desk.notify("Say why it is not to be counted, then press Enter.", "warn");
      reason.dataset.then = "reject";
    }
  }];
  reject.addEventListener("click", (event) => {
    if (reason.value.trim()) return;
    event.preventDefault();
    reason.focus();
    reason.dataset.then = "reject";
    desk.notify("Say why it is not to be counted.", "warn");
  });
}
form?.elements.reason?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.blur();
  if (event.key !== "Enter") return;
  event.preventDefault(); // Enter alone decides nothing that was not asked for by its key
  const then = event.target.dataset.then;
  if (!then) event.target.blur();
  else if (event.target.value.trim()) press(form.querySelector(`[value="${then}"]`));
});
if (keys.e) {
  keys.e = [keys.e[0], openCorrect];
  document.querySelector('a[data-key="e"]').addEventListener("click", openCorrect);
}
function openCorrect(event) {
  event?.preventDefault?.();
  const details = document.getElementById("correct");
  details.open = true;
  details.querySelector("select").focus();
}
desk.registerKeys(keys);
document.querySelector(".queue a[aria-current]")?.scrollIntoView({ block: "nearest" });
