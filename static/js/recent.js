// Recently seen: kept on this phone alone, at most eight products; nothing of it reaches the server.
"use strict";

const KEY = "dilihat";
const MOST = 8;

function remembered() {
  try {
    const list = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(list) ? list.filter((item) => item && /^[a-z0-9-]+$/.test(item.slug)) : [];
  } catch (error) {
    return []; // storage is off, or holds something else
  }
}

function remember(item) {
  const list = [item, ...remembered().filter(({ slug }) => slug !== item.slug)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch (error) {
    // storage is off or full: nothing is remembered
  }
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

// The same card as components/card.html, without what may have changed since.
function cardOf({ slug, title, price, photo, shop }, root) {
  const card = element("li", "card");
  const frame = element("div", "card-photo");
  const picture = /^(https?:\/)?\/[^/]/.test(photo) ? document.createElement("img") : drawnSun();
  if (picture.tagName === "IMG") {
    picture.src = photo;
    picture.alt = "";
    picture.loading = "lazy";
  }
  picture.setAttribute("width", 320);
  picture.setAttribute("height", 320);
  frame.append(picture);
  const link = element("a", "card-title", String(title));
  link.href = `${root}/produk/${slug}`;
  card.append(frame, link, element("span", "price", String(price)), element("p", "card-shop", String(shop)));
  return card;
}

function drawnSun() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const sun = document.createElementNS("http://www.w3.org/2000/svg", "use");
  for (const [name, value] of Object.entries({ href: "#sun", x: 34, y: 34, width: 32, height: 32 })) {
    sun.setAttribute(name, value);
  }
  svg.setAttribute("viewBox", "0 0 100 100");
  svg.setAttribute("class", "no-photo");
  svg.setAttribute("aria-hidden", "true");
  svg.append(sun);
  return svg;
}

function drawRecent(place, current) {
  const others = remembered().filter(({ slug }) => slug !== current);
  if (others.length === 0) return;
  place.querySelector("ul").append(...others.map((item) => cardOf(item, place.dataset.recent)));
  place.hidden = false;
}

const seen = document.querySelector("[data-seen]");
const place = document.querySelector("[data-recent]");
if (place) drawRecent(place, seen && seen.dataset.seen);
if (seen) {
  const { seen: slug, title, price, photo, shop } = seen.dataset;
  remember({ slug, title, price, photo, shop });
}
