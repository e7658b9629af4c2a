"""Jinja as this market uses it: texts are translated when a template is compiled, and calls cost less than a query."""

from collections.abc import MutableMapping
from functools import cache, lru_cache
from types import BuiltinMethodType, FunctionType
from typing import Any

from babel.support import NullTranslations, Translations
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from marketplace.config import ROOT
from marketplace.language import LANGUAGES, language

KEEPS_ALL = -1  # of the compiled templates: a cache that may forget some costs a lock at each look
MOST_KEPT, MOST_KEPT_WHOLE = 4000, 400  # pieces of pages: cards of a kilobyte, columns of ten or twenty

_TEXTS = {"_", "gettext"}


@lru_cache(MOST_KEPT, typed=True)
def kept(macro: Macro, *values: Any) -> str:
    """What a macro makes of these values, made once as long as they are asked for again.

    Nothing can become stale: the piece is found by the values themselves. So the macro may print them, its language
    (each language has macros of its own), and what no request changes; what depends on the address takes its root.

    Letters beyond ASCII become references: a single one of them makes all of a page cost ten times as much to send.
    """
    piece = macro(*values)
    return piece if piece.isascii() else Markup(piece.encode("ascii", "xmlcharrefreplace").decode())  # noqa: S704  # was


# The same for a column of a page or a grid of cards: large, and few are found again.
kept_whole = lru_cache(MOST_KEPT_WHOLE, typed=True)(kept.__wrapped__)
KEEPERS = {"kept": kept, "kept_whole": kept_whole}
_PLAIN = {FunctionType, BuiltinMethodType, type(kept)}


def forget() -> None:
    """Make every piece anew from here on."""
    for keeper in KEEPERS.values():
        keeper.cache_clear()


class QuickContext(Context):
    """Calls macros and plain functions at once: Jinja asks each what it wants to be given, hundreds of times a page."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What Jinja's own does, for the two kinds of things that templates call most."""
        if type(obj) is Macro:
            args = (self.eval_ctx, *args)
        elif type(obj) not in _PLAIN or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return obj(*args, **kwargs)


class QuickTemplate(Template):
    """Keeps one module of macros: Jinja compares two sets of globals at each import, and ours are the same for all."""

    _module: TemplateModule | None

    @classmethod
    def from_code(cls, *args: Any, **kwargs: Any) -> Template:
        """A template that escapes by `escaped`; its functions look that name up in their module."""
        template = super().from_code(*args, **kwargs)
        template.root_render_func.__globals__["escape"] = escaped
        return template

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})


def escaped(value: Any) -> str:
    """What markupsafe's own gives, without wrapping what is about to be joined to the page anyway."""
    if type(value) is Markup:
        return value
    return value.translate(_ENTITIES) if type(value) is str else escape(value)


class Compiled(Environment):
    """The environment of one language; the first one, Indonesian, hands out the templates of the other."""

    language = LANGUAGES[0]
    context_class = QuickContext
    template_class = QuickTemplate

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ready: dict[Any, Template] = {}

    @cache  # noqa: B019  # one environment for as long as the app lives
    def of(self, name: str) -> "Compiled":
        """The environment of a language, with templates of its own."""
        if name == self.language:
            return self
        other = self.overlay(cache_size=KEEPS_ALL)
        other.language, other.ready = name, {}
        return other

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals themselves: a chain of two dictionaries would be walked through for each context."""
        return super().make_globals(d) if d else self.globals

    def get_template(self, name: Any, *args: Any, **kwargs: Any) -> Template:
        """Jinja's own makes a key with a weak reference at each look; a page looks for ten."""
        found = self.ready.get(name)
        if found is None:
            found = super().get_template(name, *args, **kwargs)
            if not self.auto_reload:
                self.ready[name] = found
        return found

    def get_or_select_template(self, *args: Any, **kwargs: Any) -> Template:
        """What `render_template` asks for, in the language of the page."""
        return super(Compiled, self.of(language())).get_or_select_template(*args, **kwargs)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        is_escaped = self.autoescape(name) if callable(self.autoescape) else self.autoescape
        translated: nodes.Template = Translator(self.language, is_escaped).visit(tree)
        return translated


class Translator(NodeTransformer):
    """Puts the texts of one language into a template: `_("...")`, `{% trans %}` and `language()` become constants."""

    def __init__(self, name: str, is_escaped: bool) -> None:
        self.language, self.texts = name, texts_of(name)
        self.made: type[str] = Markup if is_escaped else str

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802  # Jinja looks for this name
        """A text without values is a constant, one with values a constant that they are put into."""
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in KEEPERS:
            # a filter is called at once, a function through the context
            return nodes.Filter(node.args[0], name, node.args[1:], node.kwargs, None, None, lineno=node.lineno)
        words = [arg.value for arg in node.args if isinstance(arg, nodes.Const) and isinstance(arg.value, str)]
        if name == "language" and not node.args:
            return nodes.Const(self.language, lineno=node.lineno)
        if name in _TEXTS and len(words) == len(node.args) == 1:
            return self._filled(self.texts.ugettext(words[0]), node)
        if name == "pgettext" and len(words) == len(node.args) == 2:
            return self._filled(self.texts.upgettext(*words), node)
        return node

    def _filled(self, text: str, node: nodes.Call) -> nodes.Expr:
        """Markup like that of Jinja's own gettext: values are escaped, the text is not."""
        if not node.kwargs:
            return nodes.Const(self.made(text) % {}, lineno=node.lineno)
        values = nodes.Dict([nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs])
        return nodes.Mod(nodes.Const(self.made(text)), values, lineno=node.lineno)


@cache
def texts_of(name: str) -> NullTranslations:
    """The catalogue of a language; Indonesian has none, its texts stand in the templates."""
    return Translations.load(str(ROOT / "translations"), [name])
