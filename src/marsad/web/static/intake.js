// Intake: files may be dropped anywhere on the page; what is sent is sent once.

const form = document.querySelector("[data-intake]");
const drop = document.querySelector("[data-drop]");
const files = form.elements.files;

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") files.files = event.dataTransfer.files;
  });
}

form.addEventListener("submit", () => {
  const button = form.querySelector('button[type="submit"]');
  button.disabled = true;
  button.textContent = "Sending…";
});
addEventListener("pageshow", () => {
  // Back from the next page: the form may be sent again.
  const button = form.querySelector('button[type="submit"]');
  button.disabled = false;
  button.textContent = "Read it";
});
