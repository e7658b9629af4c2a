// Lists: what "Muat lagi" has added is there again after a product and back; empty fields stay out of the address.
"use strict";

const more = "lebih:" + location.pathname + location.search;
const goods = document.getElementById("goods");

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(more)) || { pages: [], y: 0 };
  } catch (error) {
    return { pages: [], y: 0 }; // storage is off, or holds something else
  }
}

function keep(list) {
  try {
    sessionStorage.setItem(more, JSON.stringify(list));
  } catch (error) {
    // storage is off or full: going back shows the first page
  }
}

// The browser does this by itself when it still holds the page; otherwise the same pages are asked for again, so that
// no price is an old one.
async function loadAgain({ pages, y }) {
  history.scrollRestoration = "manual";
  for (const address of pages) {
    const answer = await fetch(address);
    if (!answer.ok) break;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    goods.append(...page.getElementById("goods").children);
    document.getElementById("more").replaceWith(page.getElementById("more"));
  }
  if (window.htmx) window.htmx.process(document.getElementById("more"));
  scrollTo(0, y);
}

if (goods) {
  const [way] = performance.getEntriesByType("navigation");
  const list = way && way.type === "back_forward" ? kept() : { pages: [], y: 0 };
  if (list.pages.length) loadAgain(list).catch(() => {});
  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, response } = event.detail.ctx;
    if (response.status !== 200 || sourceElement.rel !== "next") return;
    list.pages.push(sourceElement.getAttribute("href"));
    const last = goods.lastElementChild;
    // The link is gone then; who works by keyboard goes on at the first of the new goods.
    new MutationObserver((_changes, observer) => {
      observer.disconnect();
      last.nextElementSibling.querySelector("a").focus({ preventScroll: true });
    }).observe(goods, { childList: true });
  });
  addEventListener("pagehide", () => keep({ pages: list.pages, y: scrollY }));
}

for (const form of document.querySelectorAll("form[data-narrow]")) {
  form.addEventListener("submit", () => {
    const empty = [...form.elements].filter((field) => field.name && field.value === "");
    for (const field of empty) field.disabled = true;
    setTimeout(() => empty.forEach((field) => (field.disabled = false)));
  });
}
