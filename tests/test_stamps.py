"""Every write that changes something printed moves the stamps of the pages that print it."""

import pytest
from flask import Flask

from marketplace import db as database
from marketplace.catalog import shelf
from tests.browser import Browser
from tests.keeping import keeping
from tests.pages_scenes import Scene, filled
from tests.silent_writes import SILENT
from tests.test_public_pages import answer, public_paths, seen
from tests.writes import WRITES, shop_id, variant_id, writers

Seen = dict[str, tuple[int, bytes, list[tuple[str, str]]]]


def looked_at(app: Flask, paths: list[str]) -> Seen:
    return {path: seen(answer(Browser(app), path)) for path in paths}


def test_every_writer_is_known() -> None:
    scenes = {name.partition(":")[0].removesuffix("_") for name in WRITES}
    assert not scenes & SILENT.keys()
    known = scenes | SILENT.keys()
    assert [name for name in writers() if name not in known] == []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_kept_pages_are_what_would_be_made_anew(app: Flask) -> None:
    scene: Scene = filled(app)
    paths = sorted(set(public_paths(app, scene)))
    unseen = []
    with keeping(app) as cached:
        for name, write in WRITES.items():
            before = looked_at(cached, paths)
            with app.app_context():
                write(app)
            now, kept = looked_at(app, paths), looked_at(cached, paths)
            assert [path for path in paths if kept[path] != now[path]] == [], name
            if now == before:
                unseen.append(name)
    assert unseen == []


def test_without_stamps_they_would_not_be(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(app)
    with keeping(app) as cached:
        before = looked_at(cached, ["/produk/onde-onde-isi-10"])
        monkeypatch.setattr(database, "move_stamps", lambda *_: None)
        with app.app_context():
            shelf.save_count(shop_id(), variant_id(), 19, seen=None)
        assert looked_at(cached, list(before)) == before != looked_at(app, list(before))
