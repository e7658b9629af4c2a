"""A browser without JavaScript for tests: opens pages, checks the house's HTML rules on each, fills in forms."""

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.test import TestResponse

from tests.reading_html import faults, read, read_piece

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
INPUTS_WITHOUT_LABEL = {"hidden", "submit", "button", "image", "reset"}


class Page:
    """An answer of the app, parsed when it is HTML."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location", "")
        self.html = response.get_data(as_text=True) if response.mimetype.startswith("text/") else ""
        self.is_whole = self.html.lstrip().lower().startswith("<!doctype")
        self.root, self.parse_errors = (read(self.html), faults(self.html)) if self.is_whole else read_piece(self.html)

    @property
    def text(self) -> str:
        """The visible text, blanks folded."""
        return text_of(self.root)

    @property
    def h1(self) -> str:
        """The heading of the page."""
        return text_of(self.all("h1")[0])

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of this tag whose attributes are as given (`class_` for class, `_` for a hyphen)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.root.iter(tag) if all(e.get(name) == value for name, value in wanted.items())]

    def by_id(self, id: str) -> Element | None:
        """The element with this id."""
        return next((element for element in self.root.iter() if element.get("id") == id), None)

    def links(self) -> list[str]:
        """Where the page leads."""
        return [link.get("href", "") for link in self.all("a")]

    def form(self, action: str) -> Element:
        """The form whose action holds this text; fails when there is none."""
        found = [form for form in self.all("form") if action in (form.get("action") or "")]
        assert found, f"no form to {action!r}; there are {[form.get('action') for form in self.all('form')]}"
        return found[0]


def text_of(element: Element) -> str:
    """All visible text below an element."""
    parts: list[str] = []

    def walk(node: Element) -> None:
        if node.tag in {"script", "style", "template", "head"}:
            return
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
            if child.tag in {
                "p",
                "li",
                "div",
                "td",
                "th",
                "dd",
                "dt",
                "h1",
                "h2",
                "h3",
                "label",
                "br",
                "span",
                "strong",
            }:
                parts.append(" ")

    walk(element)
    return " ".join("".join(parts).split())


class Browser:
    """Keeps cookies, sends what a browser's own forms send, and refuses pages that break the house's rules."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def sign_in_as(self, token: str) -> None:
        """Be the person with this session token, without the sign-in page."""
        with self.client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True

    def get(self, path: str, *, follow: bool = False, **kwargs: Any) -> Page:
        """Open a page."""
        return self._checked(self.client.get(path, follow_redirects=follow, **kwargs))

    def post(self, path: str, data: Any = None, *, follow: bool = False, **kwargs: Any) -> Page:
        """Send a form from one of our own pages."""
        headers = {**SAME_ORIGIN, **kwargs.pop("headers", {})}
        return self._checked(
            self.client.post(path, data=data or {}, headers=headers, follow_redirects=follow, **kwargs)
        )

    def htmx(self, path: str, data: Any = None) -> Page:
        """Send a form the way htmx does."""
        return self.post(path, data, headers={"HX-Request": "true"})

    def submit(self, page: Page, action: str, follow: bool = True, **changes: Any) -> Page:
        """Send the page's form whose action holds `action`, its fields as they stand but for the changes."""
        form = page.form(action)
        data = {**fields_of(form, page.root), **changes}
        data = {name: value for name, value in data.items() if value is not None}
        target = form.get("action") or page.response.request.path
        if (form.get("method") or "get").lower() == "post":
            content = {"content_type": "multipart/form-data"} if form.get("enctype") == "multipart/form-data" else {}
            return self.post(target, data, follow=follow, **content)
        return self.get(target, query_string=data, follow=follow)

    def _checked(self, response: TestResponse) -> Page:
        page = Page(response)
        if response.mimetype == "text/html" and page.html and response.status_code not in {301, 302, 303, 307, 308}:
            broken = house_breaches(page)
            assert not broken, f"{response.request.path} ({response.status_code}) breaks the house's rules: {broken}"
        return page


def fields_of(form: Element, root: Element) -> dict[str, Any]:
    """What a browser would send of this form if its first submit button were pressed."""
    fields: dict[str, Any] = {}
    inside = list(form.iter())
    outside = [e for e in root.iter() if form.get("id") and e.get("form") == form.get("id") and e not in inside]
    for element in [*inside, *outside]:
        name = element.get("name")
        if not name or element.get("disabled") is not None:
            continue
        value = _value_of(element)
        if value is None:
            continue
        if name in fields and element.get("type") not in {"submit", "radio"}:
            kept = fields[name] if isinstance(fields[name], list) else [fields[name]]
            fields[name] = [*kept, value]
        else:
            fields.setdefault(name, value)
    return fields


def _value_of(element: Element) -> str | None:
    kind = (element.get("type") or "text").lower()
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return chosen[0].get("value", chosen[0].text or "") if chosen else None
    if element.tag == "textarea":
        return (element.text or "").removeprefix("\n")
    if element.tag == "button":
        return element.get("value")
    if element.tag != "input" or kind in {"file", "image", "reset", "button"}:
        return None
    if kind in {"checkbox", "radio"}:
        return element.get("value", "on") if element.get("checked") is not None else None
    return element.get("value", "")


def house_breaches(page: Page) -> list[str]:
    """What is wrong with a page by the house's rules (rule 12, one h1, labels, ids, valid HTML)."""
    found = [f"HTML: {error}" for error in page.parse_errors]
    elements = [e for e in page.root.iter() if isinstance(e.tag, str)]
    ids = Counter(e.get("id") for e in elements if e.get("id") is not None)
    found += [f"id {id!r} stands {n} times" for id, n in ids.items() if n > 1 or not id or re.search(r"\s", id)]
    for e in elements:
        found += [f"{name}= on <{e.tag}>" for name in e.attrib if name == "style" or name.startswith(("on", "hx-on"))]
        if e.tag == "script" and not e.get("src") and e.get("type") != "application/ld+json":
            found.append("inline script")
        if e.tag == "img" and (e.get("alt") is None or not e.get("width") or not e.get("height")):
            found.append(f"img {e.get('src')} lacks alt, width or height")
        if e.tag == "form" and (e.get("method") or "").lower() not in {"get", "post"}:
            found.append(f"form {e.get('action')} without method")
        if e.tag == "a" and e.get("href") in {None, "", "#"}:
            found.append("link to nowhere")
    return found + _label_breaches(elements, ids) + (_page_breaches(page, elements) if page.is_whole else [])


def _label_breaches(elements: list[Element], ids: Counter[str | None]) -> list[str]:
    found = []
    named = {e.get("for") for e in elements if e.tag == "label"}
    wrapped = {id(inner) for e in elements if e.tag == "label" for inner in e.iter()}
    for e in elements:
        kind = (e.get("type") or "").lower()
        if e.tag in {"input", "select", "textarea"} and kind not in INPUTS_WITHOUT_LABEL:
            if e.get("id") not in named and id(e) not in wrapped and not e.get("aria-label"):
                found.append(f"no label for {e.get('name')}")
        for reference in (e.get("aria-describedby") or "").split():
            if reference not in ids:
                found.append(f"aria-describedby={reference} leads nowhere")
    found += [f"label for={name} leads nowhere" for name in named if name and name not in ids]
    return found


def _page_breaches(page: Page, elements: list[Element]) -> list[str]:
    found = []
    headings = [e for e in elements if e.tag == "h1"]
    if len(headings) != 1:
        return [f"{len(headings)} h1"]
    title = text_of_title(page.root)
    if not title.startswith(text_of(headings[0])):
        found.append(f"title {title!r} does not begin with the h1 {text_of(headings[0])!r}")
    if page.root.get("lang") not in {"id", "en"}:
        found.append("no language")
    if len([e for e in elements if e.tag == "style"]) != 1 or len([e for e in elements if e.tag == "main"]) != 1:
        found.append("not exactly one <style> and one <main>")
    return found


def text_of_title(root: Element) -> str:
    """The title of a page, blanks folded."""
    return " ".join("".join("".join(e.itertext()) for e in root.iter("title")).split())
