// What every page of the desk has: the form's token for htmx, times in the reader's zone, light
// and dark, keys, and notices of what failed. Pages work without it, but for htmx's parts.

const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Headers for a fetch() that changes something. */
export function csrfHeaders() {
  return { "X-CSRF-Token": token };
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = token;
});

/** Tell the reader something, for a while; `kind` is "good", "bad" or "warn". */
export function notify(words, kind = "good") {
  const notice = document.createElement("div");
  notice.className = `note note-${kind}`;
  notice.textContent = words;
  document.getElementById("notices").append(notice);
  setTimeout(() => notice.remove(), kind === "bad" ? 12000 : 6000);
}

document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  notify(page.body.textContent.trim().slice(0, 400) || "This failed.", "bad");
});
document.addEventListener("htmx:sendError", () => {
  notify("The desk cannot be reached. Nothing was changed.", "bad");
});

// Times: <time datetime="2024-12-26T18:30:00Z" data-local>2024-12-26 18:30 UTC</time> is shown in
// the reader's zone, and the original stands in its title. Days without a clock are left alone.
const clock = new Intl.DateTimeFormat(undefined, {
  year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit",
  timeZoneName: "short",
});

/** Show the times below `root` in the reader's zone. */
export function localTimes(root = document) {
  for (const time of root.querySelectorAll("time[data-local][datetime*='T']:not([title])")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.textContent.trim();
    time.textContent = clock.format(moment);
  }
}
localTimes();
document.addEventListener("htmx:afterSwap", (event) => localTimes(event.target));

// Light and dark: the system's, until the reader says otherwise.
document.querySelector("[data-theme-toggle]")?.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = root.dataset.theme ?? (dark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  root.dataset.theme = next;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `marsad-theme=${next}; Path=/; Max-Age=31536000; SameSite=Strict${secure}`;
  document.dispatchEvent(new CustomEvent("marsad:theme", { detail: next }));
});

// Ask before what cannot be taken back: <form data-confirm="Remove Amal?">.
document.addEventListener("submit", (event) => {
  const words = event.target.dataset?.confirm;
  if (words && !window.confirm(words)) event.preventDefault();
});

// Copy what stands in a .secret: <button data-copy="#link">.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    return;
  }
  const words = document.querySelector(button.dataset.copy)?.textContent.trim() ?? "";
  try {
    await navigator.clipboard.writeText(words);
    notify("Copied.");
  } catch {
    notify("The browser does not let this be copied; select it by hand.", "warn");
  }
});

// Keys: "/" to search, "?" for help, g and a letter to go to a page. A page adds its own with
// registerKeys({"m": ["Merge", () => …]}).
const keys = new Map();

/** Add a page's keys: each with what it does in words, and the function. */
export function registerKeys(added) {
  for (const [key, entry] of Object.entries(added)) keys.set(key, entry);
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

let going = false;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (going) {
    going = false;
    const link = document.querySelector(`.nav a[data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  if (event.key === "g") going = true;
  else if (event.key === "/" && document.getElementById("search")) {
    event.preventDefault();
    document.getElementById("search").focus();
  } else if (event.key === "?") {
    event.preventDefault();
    showKeys();
  } else if (keys.has(event.key)) {
    event.preventDefault();
    keys.get(event.key)[1](event);
  }
});

function showKeys() {
  const dialog = document.createElement("dialog");
  dialog.className = "help-keys";
  dialog.setAttribute("aria-labelledby", "help-keys-title");
  const title = document.createElement("h2");
  title.id = "help-keys-title";
  title.textContent = "Keys";
  const list = document.createElement("dl");
  list.className = "facts";
  const general = [["/", "Search"], ["?", "This help"]];
  for (const link of document.querySelectorAll(".nav a[data-key]")) {
    general.push([`g ${link.dataset.key}`, link.textContent.trim()]);
  }
  for (const [key, words] of [...[...keys].map(([key, [words]]) => [key, words]), ...general]) {
    const term = document.createElement("dt");
    const shown = document.createElement("kbd");
    shown.textContent = key;
    term.append(shown);
    const meaning = document.createElement("dd");
    meaning.textContent = words;
    list.append(term, meaning);
  }
  const close = document.createElement("button");
  close.className = "btn";
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, list, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
