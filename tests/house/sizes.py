"""House rules about the size of files and functions, and about words that no file may hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import modules, templates, texts

MODULE_LINES, TEMPLATE_LINES, FUNCTION_LINES, VIEW_LINES = 250, 80, 25, 15

# What may be longer, each with the reason why it stays.
LONGER: dict[str, str] = {
    "marketplace/config.py:from_environment": "one line per setting, nothing else",
    "marketplace/demo/drawings": "a drawing is a list of strokes",
}

PLACES = re.compile(r"(?<![\w.:/])/(?:work|tmp|home|root|farm|Users)/")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME)\b")  # house: the words themselves
OWN_WORDS = "# house: the words themselves"


def modules_are_short(root: Path) -> Iterator[str]:
    """A module of more than 250 lines holds two subjects: give the second a file of its own."""
    for folder in ("marketplace", "tests", "bench"):
        for module in modules(root, folder):
            lines = len(module.text.splitlines())
            if lines >= MODULE_LINES and not _may_be_longer(str(module.path)):
                yield f"{module.path}: {lines} lines"


def functions_are_short(root: Path) -> Iterator[str]:
    """A function holds one thought: 25 lines below its docstring, a view 15."""
    for module in modules(root):
        for function in (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)):
            lines, limit = _lines_below_docstring(function), VIEW_LINES if _is_view(function) else FUNCTION_LINES
            if lines > limit and not _may_be_longer(f"{module.path}:{function.name}"):
                yield module.at(function, f"{function.name} has {lines} lines, more than {limit}")


def templates_are_short(root: Path) -> Iterator[str]:
    """A template of more than 80 lines wants a partial or a macro."""
    for path, source in templates(root):
        lines = len(source.splitlines())
        if lines >= TEMPLATE_LINES and not _may_be_longer(str(path)):
            yield f"{path}: {lines} lines"


def no_machine_is_named(root: Path) -> Iterator[str]:
    """No file names a folder of one machine: on the next one it is not there."""
    yield from _lines_with(PLACES, root)


def nothing_is_left_for_later(root: Path) -> Iterator[str]:
    """What is not done is an issue, not a comment."""
    yield from _lines_with(UNFINISHED, root)


def _may_be_longer(place: str) -> bool:
    return any(place.startswith(allowed) for allowed in LONGER)


def _is_view(function: ast.FunctionDef) -> bool:
    return any(re.match(r"\w+\.(get|post|route)\(", ast.unparse(each)) for each in function.decorator_list)


def _lines_below_docstring(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _lines_with(pattern: re.Pattern[str], root: Path) -> Iterator[str]:
    for path, text in texts(root):
        for number, line in enumerate(text.splitlines(), 1):
            found = pattern.search(line)
            if found and not line.endswith(OWN_WORDS):
                yield f"{path}:{number}: {found.group()}"


SIZE_RULES = (
    modules_are_short,
    functions_are_short,
    templates_are_short,
    no_machine_is_named,
    nothing_is_left_for_later,
)
