"""Static files under names that carry their content's hash, and the one inlined style sheet."""

import base64
import gzip
import hashlib
import os
from functools import cache
from pathlib import Path

import brotli
import rcssmin
from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise

from marketplace.config import ROOT, Settings

SOURCE = ROOT / "static"
PREFIX = "/static/"
COMPRESSED_KINDS = {".css", ".js", ".svg", ".webmanifest"}


def init_app(app: Flask, settings: Settings) -> None:
    """Serve static/ by WhiteNoise, immutable for ever, from hashed copies below the instance folder."""
    folder = settings.instance / "static"
    names = build(folder)
    app.jinja_env.globals.update(static_url=lambda name: PREFIX + names[name], inline_css=inline_css)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=folder,
        prefix=PREFIX,
        immutable_file_test=lambda _path, url: url.removeprefix(PREFIX) in names.values(),
        allow_all_origins=False,
    )


def build(folder: Path) -> dict[str, str]:
    """Copy every static file to its hashed name with .br and .gz beside it; returns name -> hashed name.

    Names follow content, so building twice, or in several processes at once, writes the same files.
    """
    names = {}
    for source in sorted(path for path in SOURCE.rglob("*") if path.is_file() and path.suffix != ".md"):
        name = source.relative_to(SOURCE).as_posix()
        content = source.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:12]
        names[name] = f"{name.removesuffix(source.suffix)}.{digest}{source.suffix}"
        _place(folder / names[name], content)
        if source.suffix in COMPRESSED_KINDS:
            _place(folder / f"{names[name]}.br", brotli.compress(content))
            _place(folder / f"{names[name]}.gz", gzip.compress(content, mtime=0))
    return names


def _place(target: Path, content: bytes) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(target)


@cache
def _css() -> str:
    parts = (path.read_text() for path in sorted((SOURCE / "css").glob("*.css")))
    return str(rcssmin.cssmin("\n".join(parts)))


def inline_css() -> Markup:
    """The whole style sheet as the content of the one <style> block."""
    return Markup(_css())  # noqa: S704  # our own files, no input


@cache
def css_digest() -> str:
    """What the Content-Security-Policy allows: the style sheet's hash."""
    return "sha256-" + base64.b64encode(hashlib.sha256(_css().encode()).digest()).decode()
