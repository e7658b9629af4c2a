// Fetched when the search box is first used: suggestions while typing, and what was searched for on this phone.
// Nothing of the latter reaches the server. Without this file the box is a plain search.
"use strict";

{
  const PAUSE = 250;
  const KEY = "dicari";
  const MOST = 6;
  const form = document.querySelector("form.search");
  const input = form.elements.q;
  const box = document.createElement("div");
  const list = document.createElement("ul");
  const forget = document.createElement("button");
  let waiting;
  let asking;
  let marked = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];

  function draw() {
    box.className = "suggestions";
    box.hidden = true;
    list.id = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestions);
    forget.type = "button";
    forget.className = "button button-link";
    forget.textContent = form.dataset.forget;
    box.append(list, forget);
    form.append(box);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" })) {
      input.setAttribute(name, value);
    }
  }

  function remembered() {
    try {
      const words = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(words) ? words.filter((word) => typeof word === "string" && word).slice(0, MOST) : [];
    } catch (error) {
      return []; // storage is off, or holds something else
    }
  }

  function remember(words) {
    try {
      if (words.length) localStorage.setItem(KEY, JSON.stringify(words));
      else localStorage.removeItem(KEY);
    } catch (error) {
      // storage is off or full: nothing is remembered
    }
  }

  // The same element as the server's fragment: a link that is an option.
  function optionOf(words) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    item.setAttribute("role", "none");
    link.setAttribute("role", "option");
    link.href = `${form.getAttribute("action")}?q=${encodeURIComponent(words)}`;
    link.textContent = words;
    item.append(link);
    return item;
  }

  function show(isHistory) {
    options().forEach((option, n) => {
      option.id = `suggestion-${n}`;
      option.tabIndex = -1;
      option.setAttribute("aria-selected", "false");
    });
    forget.hidden = !isHistory;
    mark(-1);
    open(list.childElementCount > 0);
  }

  function open(is) {
    box.hidden = !is;
    input.setAttribute("aria-expanded", is);
    if (!is) mark(-1);
  }

  function mark(n) {
    const all = options();
    marked = n < -1 ? all.length - 1 : n >= all.length ? -1 : n;
    all.forEach((option, at) => option.setAttribute("aria-selected", at === marked));
    if (marked < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[marked].id);
      all[marked].scrollIntoView({ block: "nearest" });
    }
  }

  function showHistory() {
    list.replaceChildren(...remembered().map(optionOf));
    show(true);
  }

  async function ask(words) {
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.getAttribute("action")}/saran?q=${encodeURIComponent(words)}`, { signal: asking.signal });
      if (input.value.trim() !== words) return;
      list.innerHTML = answer.status === 200 ? await answer.text() : "";
      show(false);
    } catch (error) {
      open(false); // the line is gone, or more was typed meanwhile
    }
  }

  function typed() {
    clearTimeout(waiting);
    if (asking) asking.abort();
    const words = input.value.trim();
    if (!words) showHistory();
    else if (words.length > 1) waiting = setTimeout(ask, PAUSE, words);
    else open(false);
  }

  function pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (box.hidden) typed();
      else mark(marked + step);
    } else if (event.key === "Escape" && !box.hidden) {
      event.preventDefault(); // the first Escape closes the list, the next one empties the box
      open(false);
    } else if (event.key === "Enter" && marked >= 0) {
      event.preventDefault();
      options()[marked].click();
    }
  }

  draw();
  input.addEventListener("input", typed);
  input.addEventListener("keydown", pressed);
  input.addEventListener("focus", typed);
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) open(false);
  });
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus until the tap is done
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    const words = input.value.trim();
    if (words) remember([words, ...remembered().filter((other) => other !== words)].slice(0, MOST));
  });
  forget.addEventListener("click", () => {
    remember([]);
    showHistory();
    input.focus();
  });
  if (document.activeElement === input) typed();
}
