"""`flask prepare`: a fresh folder becomes a shop, and a second run changes nothing."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from flask import Flask
from sqlalchemy import text

from marketplace import once
from marketplace.config import ROOT
from marketplace.db import db, writing
from marketplace.prepare import compile_translations
from marketplace.turns import alone

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "Masuk"\nmsgstr "{}"\n'
PREPARE = (sys.executable, "-m", "flask", "--app", "wsgi", "prepare")


def start(instance: Path) -> "subprocess.Popen[str]":
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.Popen(
        PREPARE,
        cwd=ROOT,
        env={**environment, "INSTANCE": str(instance)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_at_once_prepare_one_empty_market(tmp_path: Path) -> None:
    both = [start(tmp_path), start(tmp_path)]
    for process in both:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0, output
        assert "Pasar Mojokerto: http://127.0.0.1:8000" in output
        assert "majapahit-demo" not in output
    assert (tmp_path / "pasar.db").stat().st_size


def test_prepare_leaves_a_prepared_market_as_it_is(app: Flask, market: object) -> None:
    def rows() -> list[object]:
        tables = ("kelurahan", "kampung", "kampung_kelurahan", "category", "person", "shop", "product", "variant")
        with app.app_context():
            return [db.session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in tables]

    before = rows()
    result = app.test_cli_runner().invoke(args=["prepare"])
    assert result.exit_code == 0, result.output
    assert rows() == before


def test_a_demo_market_tells_the_sign_ins(app: Flask, market: object, change_settings: Callable[..., None]) -> None:
    change_settings(demo=True)
    result = app.test_cli_runner().invoke(args=["prepare"])
    assert "0812-0000-0004   majapahit-demo" in result.output


def test_translations_are_compiled_when_they_are_newer(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(CATALOGUE.format("Sign in"))
    compile_translations(tmp_path)
    compiled = folder / "messages.mo"
    assert b"Sign in" in compiled.read_bytes()
    before = compiled.stat().st_mtime_ns
    compile_translations(tmp_path)
    assert compiled.stat().st_mtime_ns == before
    (folder / "messages.po").write_text(CATALOGUE.format("Log in"))
    os.utime(folder / "messages.po", (before / 1e9 + 5, before / 1e9 + 5))
    compile_translations(tmp_path)
    assert b"Log in" in compiled.read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == ["messages.mo", "messages.po"]


def test_who_waits_for_a_turn_sees_what_the_one_before_did(app: Flask) -> None:
    inside, waiting = Event(), Event()
    seen: list[str | None] = []

    def first() -> None:
        with app.app_context(), alone("test"):
            inside.set()
            assert waiting.wait(10)
            with writing():
                once.claim("the work").text = "is done"

    def second() -> None:
        with app.app_context():
            seen.append(once.answer_of("the work"))
            waiting.set()
            with alone("test"):
                seen.append(once.answer_of("the work"))

    threads = [Thread(target=first), Thread(target=second)]
    threads[0].start()
    assert inside.wait(10)
    threads[1].start()
    for thread in threads:
        thread.join(10)
    assert seen == [None, "is done"]
