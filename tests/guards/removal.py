"""Takes guards away, one at a time, in a copy of the project, and looks whether a test notices."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.guards.guard import Guard, Unique

PARTS = ("marketplace", "templates", "static", "migrations", "tests", "bench", "bin", "translations", "docs")
FILES = ("pyproject.toml", "wsgi.py", "README.md", "CONTRIBUTING.md")
SECONDS = 240
RED, NOTHING_RUN = 1, 5


def copy_of(root: Path, folder: Path) -> Path:
    """What tests need of the project, where it may be changed."""
    leave_out = shutil.ignore_patterns("__pycache__", "*.pyc")
    for part in PARTS:
        shutil.copytree(root / part, folder / part, ignore=leave_out)
    for file in FILES:
        shutil.copy(root / file, folder / file)
    return folder


@contextmanager
def removed(guard: Guard | Unique, copy: Path) -> Iterator[None]:
    """The copy without this guard, for the length of the block."""
    changed = guard.without(copy)
    before = {path: path.read_text() for path in changed}
    for path, text in changed.items():
        path.write_text(text)
    try:
        yield
    finally:
        for path, text in before.items():
            path.write_text(text)


def fault_of(guard: Guard | Unique, copy: Path) -> str:
    """Why this guard is not proved: its tests stay green without it, or do not run; empty when they turn red."""
    with removed(guard, copy):
        code, said = run(guard, copy)
    if code == RED:
        return ""
    what = {0: "stays green", NOTHING_RUN: "names no test"}.get(code, f"ends with {code}: {said[-400:]}")
    return f"{guard.name}: {guard.tests} {what}"


def run(guard: Guard | Unique, copy: Path) -> tuple[int, str]:
    """Pytest's exit status and words for the guard's tests in the copy."""
    options = ["-q", "-x", "--no-header", "-p", "no:cacheprovider", "--engines", guard.engine]
    command = [sys.executable, "-B", "-m", "pytest", *options, *shlex.split(guard.tests)]
    try:
        ended = subprocess.run(command, cwd=copy, env=_environment(), capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return -1, f"no answer in {SECONDS} s"
    return ended.returncode, ended.stdout


def _environment() -> dict[str, str]:
    """Our own, without what a test run has put there for its own processes."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "TEST_POSTGRES"))}
