"""Reading the project's files for the house rules."""

import ast
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TEXT_SUFFIXES = {".py", ".pyi", ".html", ".css", ".js", ".svg", ".md", ".toml", ".in", ".mako", ".po", ""}
OUTSIDE = {"instance", "vendor", "__pycache__", "node_modules"}


@dataclass(frozen=True)
class Module:
    """A Python file: its path from the project's folder, its text, its syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, what: str) -> str:
        """One breach, with its place."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


@cache
def modules(root: Path, folder: str = "marketplace") -> tuple[Module, ...]:
    """Every Python file below a folder of the project."""
    found = ((path, path.read_text()) for path in sorted((root / folder).rglob("*.py")))
    return tuple(Module(path.relative_to(root), text, ast.parse(text)) for path, text in found)


@cache
def templates(root: Path) -> tuple[tuple[Path, str], ...]:
    """Every template: its path from the project's folder, and its source."""
    return tuple((path.relative_to(root), path.read_text()) for path in sorted((root / "templates").rglob("*.html")))


@cache
def texts(root: Path) -> tuple[tuple[Path, str], ...]:
    """Every file that people of the project write: its path from the project's folder, and its text."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(each for each in folders if each == ".ci" or (each not in OUTSIDE and each[0] != "."))
        written = (Path(folder, file) for file in sorted(files) if file not in {"LICENSE", ".git", ".coverage"})
        written = (path for path in written if path.suffix in TEXT_SUFFIXES)
        found += [(path.relative_to(root), path.read_text(errors="replace")) for path in written]
    return tuple(found)
