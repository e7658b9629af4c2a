// Every page works without this file; it draws the cart's number, stops double taps and fetches htmx late.
"use strict";

const own = document.currentScript;
const page = document.documentElement;
const toast = document.getElementById("toast");

// The cart's number: pages are the same bytes for everyone, so it comes from a readable cookie.
function drawCartCount() {
  const found = document.cookie.match(/(?:^|; )keranjang=(\d+)/);
  const count = found ? Number(found[1]) : 0;
  for (const place of document.querySelectorAll("[data-cart-count]")) {
    place.textContent = count > 99 ? "99+" : count;
    place.hidden = count === 0;
  }
}

function say(text) {
  toast.textContent = text;
  fadeToast();
}

let fading;
function fadeToast() {
  clearTimeout(fading);
  fading = setTimeout(() => toast.replaceChildren(), 8000);
}

// Forms with data-once are sent once. data-once="key" also gives the form a random key, kept until an answer came:
// a second tap after a lost answer is then recognised by the server.
function guardForm(event) {
  const form = event.target;
  if (!form.hasAttribute("data-once")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  if (form.dataset.once === "key" && !form.elements.kunci) {
    const key = document.createElement("input");
    key.type = "hidden";
    key.name = "kunci";
    key.value = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    key.dataset.drawn = "";
    form.append(key);
  }
  setTimeout(() => release(form), 20000);
}

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

function forgetKey(form) {
  const drawn = form.querySelector("input[data-drawn]");
  if (drawn) drawn.remove();
}

function shown() {
  drawCartCount();
  for (const form of document.querySelectorAll("form[data-sent]")) {
    release(form);
    forgetKey(form);
  }
}

function clicked(event) {
  const button = event.target.closest("[data-step],[data-print],[data-copy],[data-pass-on]");
  if (!button) return;
  if ("copy" in button.dataset || "passOn" in button.dataset) {
    passOn(button);
    return;
  }
  if ("print" in button.dataset) {
    window.print();
    return;
  }
  const input = button.parentElement.querySelector("input");
  if (button.dataset.step > 0) input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// Passing a page on: what this browser cannot do stays hidden.
function showWaysToShare() {
  const ways = { "[data-copy]": navigator.clipboard, "[data-pass-on]": navigator.share };
  for (const [buttons, way] of Object.entries(ways)) {
    for (const button of document.querySelectorAll(buttons)) button.hidden = !way;
  }
}

function passOn(button) {
  const { share: url, shareTitle: title, copied } = button.closest("[data-share]").dataset;
  if ("copy" in button.dataset) navigator.clipboard.writeText(url).then(() => say(copied), () => say(url));
  else navigator.share({ title, url }).catch(() => {}); // closing the phone's menu is no mistake
}

page.classList.add("js");
showWaysToShare();
document.addEventListener("submit", guardForm, true);
document.addEventListener("click", clicked);
document.addEventListener("visibilitychange", drawCartCount);
window.addEventListener("pageshow", shown);
drawCartCount();
const errors = document.getElementById("errors");
if (errors) errors.focus();

// Suggestions: fetched when somebody is about to type.
const box = document.querySelector(".search input");

function loadSearch() {
  const script = document.createElement("script");
  script.src = own.dataset.search;
  document.head.append(script);
}

if (box && document.activeElement === box) loadSearch();
else if (box) box.addEventListener("focus", loadSearch, { once: true });

// htmx: only where a page uses it, and after the first pictures. Chrome 86-88 would send forms and drop the answer,
// hence the gate. An error page never replaces a piece of this page: its sentence is shown instead.
const SETTINGS = {
  history: "reload",
  includeIndicatorCSS: false,
  defaultTimeout: 30000,
  noSwap: [204, 304, 400, 401, 403, 404, 405, 409, 413, 429, "5xx"],
};
const WAKING = ["pointerdown", "touchstart", "keydown"];

function loadHtmx() {
  for (const name of WAKING) removeEventListener(name, loadHtmx);
  if (document.querySelector("script[data-htmx-loaded]")) return;
  const meta = document.createElement("meta");
  meta.name = "htmx-config";
  meta.content = JSON.stringify(SETTINGS);
  const script = document.createElement("script");
  script.src = own.dataset.htmx;
  script.dataset.htmxLoaded = "";
  document.head.append(meta, script);
}

function sentenceOf(text) {
  const body = new DOMParser().parseFromString(text, "text/html");
  const sentence = body.querySelector("[data-sentence]");
  return sentence ? sentence.textContent.trim() : toast.dataset.failed;
}

if (window.CSS && CSS.supports("selector(:not(a b))") && document.querySelector("[data-hx-get],[data-hx-post]")) {
  for (const name of WAKING) addEventListener(name, loadHtmx, { passive: true });
  const saving = navigator.connection && navigator.connection.saveData;
  if (!saving) addEventListener("load", () => setTimeout(loadHtmx, 4000));
  document.addEventListener("htmx:before:request", (event) => {
    const cause = event.detail.ctx.sourceEvent;
    if (document.hidden && cause && cause.type === "every") event.preventDefault();
  });
  document.addEventListener("htmx:response:error", (event) => {
    const { response, text } = event.detail.ctx;
    if (response.status !== 422) say(sentenceOf(text));
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx) say(toast.dataset.offline);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { sourceElement, response } = event.detail.ctx;
    const form = sourceElement && sourceElement.closest("form");
    if (form) {
      release(form);
      if (response) forgetKey(form);
    }
    drawCartCount();
  });
  document.addEventListener("htmx:after:swap", () => {
    if (toast.childNodes.length) fadeToast();
  });
}
