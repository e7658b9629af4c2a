"""House rules about templates, read with Jinja's own lexer and an HTML parser."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

from tests.house.files import templates

HOLE = "\ue000"  # stands where Jinja will print something; no letter, so it never counts as text
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
WORDLESS = {"script", "style"}
LETTERS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z][a-z]+")
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')  # a macro may print one for the tag around it
# Names that are the same in every language.
NAMES = {"WhatsApp", "GPS", "NIB", "P-IRT", "Bahasa Indonesia", "English", "Rp"}

_jinja = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True)


class Markup(HTMLParser):
    """The HTML of a template with holes for what Jinja prints; collects breaches of each rule by name."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.breaches: dict[str, list[tuple[int, str]]] = {"inline": [], "forms": [], "text": []}
        self._within: list[str] = []
        self.feed(_with_holes(source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge a tag by its attributes."""
        self._within += [tag] if tag in WORDLESS else []
        values = dict(attrs)
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on", "data-hx-on")) or (value or "").startswith("js:"):
                self._add("inline", f"{name}={value!r}")
            if name in SPOKEN_ATTRIBUTES or (name == "value" and values.get("type") == "submit"):
                self._judge_text(value or "")
        if tag == "form" and (values.get("method") or "").lower() not in {"get", "post"}:
            self._add("forms", "no method")
        if "csrf" in (values.get("name") or ""):
            self._add("forms", "carries a token")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge <path .../> like any other tag; it encloses nothing."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave <script> or <style>."""
        if self._within[-1:] == [tag]:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        """Judge what stands between tags."""
        if not self._within:
            self._judge_text(data)
        elif self._within[-1] == "script" and data.strip() and not self._is_linked_data():
            self._add("inline", "script in the page")

    def _is_linked_data(self) -> bool:
        return "application/ld+json" in (self.get_starttag_text() or "")

    def _judge_text(self, text: str) -> None:
        text = ATTRIBUTE.sub("", text)
        for name in NAMES:
            text = text.replace(name, "")
        if LETTERS.search(text):
            self._add("text", " ".join(text.replace(HOLE, "…").split())[:60])

    def _add(self, rule: str, what: str) -> None:
        self.breaches[rule].append((self.getpos()[0], what.replace(HOLE, "…")))


def nothing_is_inline(root: Path) -> Iterator[str]:
    """No style=, on...=, hx-on, js: or script in a page (rule 12): the Content-Security-Policy forbids them all."""
    yield from _of_all(root, "inline")


def forms_name_their_method(root: Path) -> Iterator[str]:
    """A form says method="post" or "get", and carries no token: forgery is stopped without one (rule 7)."""
    yield from _of_all(root, "forms")


def texts_can_be_translated(root: Path) -> Iterator[str]:
    """Every text that people see goes through gettext (rule 10), or the English pages speak Indonesian."""
    yield from _of_all(root, "text")
    for path, source in templates(root):
        tree = _jinja.parse(source)
        translated = {id(text) for call in tree.find_all(nodes.Call) if _is_gettext(call) for text in call.args}
        compared = {id(operand.expr) for operand in tree.find_all(nodes.Operand)}
        for text in tree.find_all(nodes.Const):
            if id(text) not in translated | compared and isinstance(text.value, str) and SENTENCE.match(text.value):
                if text.value not in NAMES:
                    yield f"{path}:{text.lineno}: {text.value!r}"


def nothing_is_called_safe(root: Path) -> Iterator[str]:
    """No |safe in a template: what is HTML is made Markup in one place in Python, where ruff asks for the reason."""
    for path, source in templates(root):
        for node in _jinja.parse(source).find_all(nodes.Filter):
            if node.name == "safe":
                yield f"{path}:{node.lineno}: |safe"


def _of_all(root: Path, rule: str) -> Iterator[str]:
    for path, source in templates(root):
        yield from (f"{path}:{line}: {what}" for line, what in Markup(source).breaches[rule])


def _is_gettext(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext", "pgettext", "npgettext"}


def _with_holes(source: str) -> str:
    """The template's HTML with each expression, statement, comment and {% trans %} block made a hole, line for line."""
    parts: list[str] = []
    statement: list[str] = []
    in_translation = False
    for _, kind, value in _jinja.lex(source):
        if kind == "data" and not in_translation:
            parts.append(value)
            continue
        parts.append("\n" * value.count("\n"))
        if kind == "block_begin":
            statement = []
        elif kind in {"name", "block_end"}:
            statement.append(value)
            in_translation = in_translation if kind == "name" else _translates(statement[0], in_translation)
        if kind in {"variable_end", "block_end"}:
            parts.append(HOLE)
    return "".join(parts)


def _translates(statement: str, before: bool) -> bool:
    return {"trans": True, "endtrans": False}.get(statement, before)


PAGE_RULES = (nothing_is_inline, forms_name_their_method, texts_can_be_translated, nothing_is_called_safe)
