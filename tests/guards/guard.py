"""What a guard is, and how it is taken away in a copy of the project."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TRUE = '__import__("sqlalchemy").true()'
MIGRATIONS = "migrations/versions"
MAKING = {"UniqueConstraint", "create_unique_constraint", "create_index"}
LIST = Path(__file__).with_name("guards.txt")
# What an empty cell of the list stands for, and how it says that nothing takes the guard's place.
WORDS = {"": TRUE, "nothing": ""}


class NotThere(LookupError):
    """The list names a text that the source no longer has."""


@dataclass(frozen=True)
class Guard:
    """`text` in a function (`marketplace/counters.py:take`) keeps something out; `tests` are pytest's arguments.

    `instead` stands there once it is gone. `engine` is the one whose test notices.
    """

    place: str
    text: str
    instead: str
    tests: str
    engine: str = "sqlite"

    @property
    def name(self) -> str:
        """How the list is spoken of: the place, and the text where one function has several guards."""
        return f"{self.place}: {self.text}"

    def without(self, root: Path) -> dict[Path, str]:
        """The files as they are without it. Raises NotThere."""
        path, _, function = self.place.partition(":")
        source = (root / path).read_text()
        begin, end = _lines_of(source, function)
        lines = source.splitlines(keepends=True)
        body = "".join(lines[begin:end])
        if self.text not in body:
            raise NotThere(self.name)
        changed = body.replace(self.text, self.instead)
        return {root / path: "".join(lines[:begin]) + changed + "".join(lines[end:])}


@dataclass(frozen=True)
class Unique:
    """A UNIQUE of the database, by its name; it is taken out of the migrations, which alone make tables."""

    name: str
    engine: str = "sqlite"

    @property
    def place(self) -> str:
        """The name again: what the finder reports."""
        return self.name

    @property
    def tests(self) -> str:
        """Each is asked alone: the database refuses the second of two equal rows."""
        return f"tests/guards/test_uniques.py -k {self.name}]"

    def without(self, root: Path) -> dict[Path, str]:
        """The migrations as they are without it. Raises NotThere."""
        files = {}
        for path in sorted((root / MIGRATIONS).glob("*.py")):
            source = path.read_text()
            changed = _without_unique(source, self.name)
            if changed != source:
                files[path] = changed
        if not files:
            raise NotThere(self.name)
        return files


def _lines_of(source: str, function: str) -> tuple[int, int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == function:
            return node.lineno - 1, node.end_lineno or node.lineno
    if function:
        raise NotThere(function)
    return 0, source.count("\n") + 1


def _without_unique(source: str, name: str) -> str:
    """The constraint is left out, the unique index becomes a plain one."""
    for call in reversed(list(_calls_naming(source, name))):
        segment = ast.get_source_segment(source, call) or ""
        kind = getattr(call.func, "attr", "")
        if kind == "UniqueConstraint":
            source = re.sub(re.escape(segment) + r",?\n?", "", source)
        elif kind == "create_unique_constraint":
            source = source.replace(segment, "pass")
        elif kind == "create_index":
            source = source.replace(segment, segment.replace("unique=True", "unique=False"))
    return source


def _calls_naming(source: str, name: str) -> Iterator[ast.Call]:
    if name not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in MAKING and _names(node, name):
            yield node


def _names(call: ast.Call, name: str) -> bool:
    return any(isinstance(each, ast.Constant) and each.value == name for each in ast.walk(call))


@dataclass(frozen=True)
class Listed:
    """What `guards.txt` says: the guards, and why the places in `harmless` are none."""

    guards: tuple[Guard | Unique, ...]
    harmless: dict[str, str]

    @property
    def places(self) -> set[str]:
        """Everything that the list speaks of."""
        return {guard.place for guard in self.guards} | set(self.harmless)


def listed() -> Listed:
    """Read the list."""
    guards: list[Guard | Unique] = []
    harmless = {}
    for line in LIST.read_text().splitlines():
        first, *rest = (cell.strip() for cell in line.split(" | "))
        if not first or first.startswith("#"):
            continue
        if first == "none":
            harmless[rest[0]] = rest[1]
        elif rest:
            text, instead, tests, *engine = rest
            guards.append(Guard(first, text, WORDS.get(instead, instead), _paths(tests), *engine))
        else:
            guards.append(Unique(first))
    return Listed(tuple(guards), harmless)


def _paths(tests: str) -> str:
    return " ".join(f"tests/{word}" if ".py" in word else word for word in tests.split())
