"""House rules about Python code, read from its syntax tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import modules

WRITER = Path("marketplace/db.py")
HTMX_READER = Path("marketplace/htmx.py")
# Inside a package these stand on the web's side; every other module is a model or an operation.
WEB_SIDE = re.compile(r"views|desk|forms?|\w+_forms?|fields|access|session|current")
# HANDLERS and Handler, of jobs, are plain assignments and so not looked at.
VAGUE = {"process", "processor", "handle", "handler", "manager", "util", "utils", "helper", "helpers"}
NAMED_BY_LIBRARIES = {"process_formdata", "process_data", "process_bind_param", "process_result_value"}


def writing_stands_in_db(root: Path) -> Iterator[str]:
    """Transactions begin and end in db.writing() alone (rule 1): nobody else commits."""
    for module in modules(root):
        for call in _calls(module.tree):
            if module.path != WRITER and call.attr in {"commit", "begin"}:
                yield module.at(call, f".{call.attr}()")


def htmx_is_asked_in_one_place(root: Path) -> Iterator[str]:
    """Only htmx.py knows whether htmx asks (rule 6): a GET answers the same page to everyone."""
    for module in modules(root):
        for node in ast.walk(module.tree):
            if (
                module.path != HTMX_READER
                and isinstance(node, ast.Constant)
                and str(node.value).lower() == "hx-request"
            ):
                yield module.at(node, "reads HX-Request")


def operations_do_not_know_the_web(root: Path) -> Iterator[str]:
    """Models, queries and operations import no view, form, htmx or flask.request: commands and jobs call them, too."""
    for module in modules(root):
        if len(module.path.parts) < 3 or any(WEB_SIDE.fullmatch(part) for part in _inside(module.path)):
            continue
        for node, name in _imports(module.tree):
            if name == "flask.request" or any(re.fullmatch(r"views|desk|forms?|htmx", p) for p in name.split(".")[1:]):
                yield module.at(node, f"imports {name}")


def templates_are_files(root: Path) -> Iterator[str]:
    """Pages are made from files under templates/, where djlint and the other rules see them."""
    for module in modules(root):
        for node in ast.walk(module.tree):
            if _name(node) in {"render_template_string", "from_string"}:
                yield module.at(node, f"{_name(node)}")


def models_derive_from_row(root: Path) -> Iterator[str]:
    """Models derive from db.Row: with Flask-SQLAlchemy's own db.Model they are no dataclasses and carry no types."""
    for module in modules(root):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr == "Model" and _name(node.value) == "db":
                yield module.at(node, "db.Model")


def modules_say_what_they_are_for(root: Path) -> Iterator[str]:
    """Each module's docstring is one sentence: what it is for; below it, a script or a test may say how it is used."""
    for folder in ("marketplace", "tests", "bench", "bin"):
        for module in modules(root, folder):
            sentence, _, more = (ast.get_docstring(module.tree) or "").partition("\n\n")
            if not sentence.endswith((".", "?")) or re.search(r"[.!?]\s+[A-Z]", sentence):
                yield module.at(module.tree, f"{sentence!r} is not one sentence")
            elif more and folder == "marketplace":
                yield module.at(module.tree, "more than one sentence; what follows may stand as a comment")


def names_say_what_is_done(root: Path) -> Iterator[str]:
    """Nothing is called process, handle, manager, utils or helper: such a name fits everything and tells nothing."""
    for module in modules(root):
        named: list[tuple[ast.AST, str]] = [(module.tree, name) for name in (*module.path.parts[:-1], module.path.stem)]
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        named += [(node, node.name) for node in ast.walk(module.tree) if isinstance(node, kinds)]
        for node, name in named:
            words = re.findall(r"[A-Z]?[a-z]+", name)
            if name not in NAMED_BY_LIBRARIES and VAGUE & {word.lower() for word in words}:
                yield module.at(node, name)


def _inside(path: Path) -> list[str]:
    """The names below the package: ("views", "cart") of marketplace/orders/views/cart.py."""
    return [*path.parts[2:-1], path.stem]


def _calls(tree: ast.Module) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func


def _imports(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Attribute) and _name(node.value) == "flask":
            yield node, f"flask.{node.attr}"


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
    return ""


CODE_RULES = (
    writing_stands_in_db,
    htmx_is_asked_in_one_place,
    operations_do_not_know_the_web,
    templates_are_files,
    models_derive_from_row,
    modules_say_what_they_are_for,
    names_say_what_is_done,
)
