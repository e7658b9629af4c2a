"""What README, CONTRIBUTING and docs say is what the program does."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.cli import FlaskGroup

from bench import figures
from marketplace import create_app
from marketplace.accounts.access import policy_of
from marketplace.config import Settings
from marketplace.demo.sign_ins import sign_ins
from marketplace.language import speaking

ROOT = Path(__file__).resolve().parent.parent
README, MAP = ROOT / "README.md", ROOT / "docs" / "map.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?|[\w-]+\.(?:md|py|toml|in|txt)|[\w.-]+/")
# Made when the program runs, so they need not be there.
MADE = ("instance/", ".venv/", "bench/results", "translations/")
# What the map says of every package.
IN_EACH_PACKAGE = {"models.py", "queries.py", "forms.py"}
Rows = Iterator[tuple[str, ...]]


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def section(page: Path, heading: str) -> str:
    """What stands below a heading, up to the next one of its level."""
    _, _, below = page.read_text().partition(f"\n## {heading}\n")
    assert below, f"{page_name(page)} has no section {heading}"
    return below.partition("\n## ")[0]


def rows(text: str) -> Rows:
    """The cells of every table row, without head and rule."""
    for line in text.splitlines():
        if line.startswith("| `") or (line.startswith("| ") and not re.match(r"\|[ |-]+$", line)):
            yield tuple(cell.strip().strip("`") for cell in line.strip("| ").split(" | "))


class Asked(Mapping[str, str]):
    """An environment in which nothing is set, that remembers what was asked for, with its default."""

    def __init__(self) -> None:
        self.defaults: dict[str, str] = {}

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.defaults[name] = default.replace(f"{ROOT}/", "")
        return "not made into a file" if name == "SECRET_KEY" else default

    def __getitem__(self, name: str) -> str:
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A demo market whose database nobody has made."""
    folder = str(tmp_path_factory.mktemp("docs"))
    return create_app(Settings.from_environment({"INSTANCE": folder, "SECRET_KEY": "x", "DEMO": "1"}))


def test_readme_names_every_setting_with_its_default() -> None:
    asked = Asked()
    Settings.from_environment(asked)
    started = re.findall(r'os\.environ\.get\("(\w+)", "([^"]*)"\)', (ROOT / "bin" / "start.py").read_text())
    expected = {name: default or "empty" for name, default in {**dict(started), **asked.defaults}.items()}
    written = {cells[0]: cells[1] for cells in rows(section(README, "Settings")) if cells[0].isupper()}
    assert written == expected


def test_readme_names_every_command(demo: Flask) -> None:
    text = section(README, "Commands")
    own = set(demo.cli.commands) - {"db"}
    assert own <= set(re.findall(r"--app wsgi ([\w-]+)", text))


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_commands_and_targets_exist(demo: Flask, page: Path) -> None:
    commands = {**FlaskGroup().commands, **demo.cli.commands}
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    text = page.read_text()
    for name, sub in re.findall(r"--app wsgi ([a-z][\w-]*)(?: ([a-z]+))?", text):
        assert name in commands, name
        assert name != "db" or sub in commands["db"].commands, sub  # type: ignore[attr-defined]
    for name in re.findall(r"^make (\w+)|`make (\w+)", text, re.MULTILINE):
        assert (name[0] or name[1]) in targets, name


def test_readme_has_the_demo_sign_ins(demo: Flask) -> None:
    with demo.app_context(), speaking("id"):
        expected = [(each.role, each.name, each.phone) for each in sign_ins()]
        password = sign_ins()[0].password
    text = section(README, "Five minutes in the demo market")
    assert [cells for cells in rows(text) if cells[0] != "who"] == expected
    assert f"password `{password}`" in text


def test_readme_presses_buttons_that_exist() -> None:
    pages = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    text = " ".join(section(README, "Five minutes in the demo market").split())
    buttons = re.findall(r"_([A-Z][^_]+)_", text)
    assert "Sudah diterima pembeli" in buttons
    assert [button for button in buttons if f'_("{button}")' not in pages] == []


def test_readme_shows_the_figures_that_were_measured() -> None:
    text = README.read_text()
    assert figures.rewritten(text) == text, "run .venv/bin/python -m bench.figures"


def test_figures_show_what_is_there_and_nothing_else(tmp_path: Path) -> None:
    assert figures.table(tmp_path) == figures.NOTHING
    (tmp_path / "start.json").write_text('{"date": "2026-11-22", "conditions": "here", "second_start_seconds": 3.21}')
    cells = "`make run` again, till the shop answers | 3.2 s | under 5 s | 2026-11-22 | here"
    assert figures.table(tmp_path).splitlines()[2:] == [f"| {cells} |"]
    with pytest.raises(ValueError, match="lacks"):
        figures.rewritten("a README without the marks", tmp_path)


def test_map_has_every_address(demo: Flask) -> None:
    expected: dict[str, tuple[set[str], str]] = {}
    with demo.app_context():
        for rule in demo.url_map.iter_rules():
            methods = expected.get(rule.rule, (set(), ""))[0] | ({"GET", "POST"} & (rule.methods or set()))
            expected[rule.rule] = methods, policy_of(rule.endpoint).name
    table = [cells for cells in rows(section(MAP, "Addresses")) if cells[0].startswith("/")]
    written = {address: (set(how.split()), who) for address, how, who, _ in table}
    assert written == expected
    assert len(table) == len(written)


def test_map_has_every_folder_and_module() -> None:
    folders = {cells[0] for cells in rows(section(MAP, "Folders"))} - {"folder"}
    there = {f"{path.name}/" for path in ROOT.iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders == there - {"instance/"} | {"translations/"}  # `make translations` makes the last one
    modules = {cells[0] for cells in rows(section(MAP, "Modules and packages"))} - {"where"}
    package = ROOT / "marketplace"
    expected = {f"marketplace/{path.name}" for path in package.glob("*.py")}
    expected |= {f"marketplace/{path.parent.name}/" for path in package.glob("*/__init__.py")}
    assert modules == expected


def test_map_has_the_floors_of_the_import_linter() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "floors")["layers"]
    there = {path.stem for path in (ROOT / "marketplace").iterdir()}
    floors = [[name for name in re.findall(r"\w+", layer) if name in there] for layer in layers]
    block = section(MAP, "Who may import whom").partition("```floors\n")[2].partition("```")[0]
    assert [line.split() for line in block.splitlines()] == [floor for floor in floors if floor]


def test_glossary_speaks_the_languages_of_code_and_pages() -> None:
    code = set(re.findall(r"\w+", "".join(path.read_text() for path in (ROOT / "marketplace").rglob("*.py"))))
    files = [*(ROOT / "marketplace").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    spoken = "".join(path.read_text() for path in files).lower()
    for names, words, _ in rows(section(MAP, "Glossary")):
        if names == "in code":
            continue
        assert set(re.findall(r"\w+", names)) <= code, names
        missing = [word for word in words.split(", ") if word != "-" and word.lower() not in spoken]
        assert not missing, missing


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_files_and_functions_exist(page: Path) -> None:
    for mentioned in CODE.findall(FENCE.sub("", page.read_text())):
        path, _, name = mentioned.partition(":")
        if not PATH.fullmatch(path) or path.startswith(MADE) or path in IN_EACH_PACKAGE:
            continue
        assert (ROOT / path).exists(), path
        if name:
            assert name in names_of(ROOT / path), mentioned


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


def test_every_decision_is_in_the_list() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    assert LINK.findall((ROOT / "docs" / "decisions" / "README.md").read_text()) == [each.name for each in records]


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@cache
def names_of(file: Path) -> set[str]:
    """What a Python file defines at its top, or the functions of a script."""
    if file.suffix != ".py":
        return set(re.findall(r"^function (\w+)", file.read_text(), re.MULTILINE))
    names = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names
