"""`url_for` for pages that print dozens of addresses: slugs and numbers are put into paths that are known."""

import re
from functools import cached_property
from typing import Any
from urllib.parse import quote

import flask
from flask import Flask, request

# A path with its placeholders taken out: ("/produk/", "slug", "/ulasan").
Parts = tuple[str, ...]

_PLAIN = re.compile(r"[\w-]+", re.ASCII)
_PLACEHOLDER = re.compile(r"<(?:(?:string|int):)?(\w+)>")


class Links:
    """Called as Flask's own `url_for`, which it asks for everything but a plain path."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint."""
        parts = self._paths.get(endpoint) if flask.has_request_context() else None
        path = filled(parts, values) if parts else None
        return flask.url_for(endpoint, **values) if path is None else quote(request.script_root) + path

    @cached_property
    def _paths(self) -> dict[str, Parts]:
        """The paths of endpoints that have just one."""
        found: dict[str, set[str]] = {}
        for rule in self.app.url_map.iter_rules():
            found.setdefault(rule.endpoint, set()).add(rule.rule)
        return {endpoint: parts for endpoint, (rule, *more) in found.items() if not more and (parts := parts_of(rule))}


def parts_of(rule: str) -> Parts:
    """The parts of a rule; none where a placeholder is of a kind that must be looked at."""
    parts = tuple(_PLACEHOLDER.split(rule))
    return () if any("<" in text for text in parts[::2]) else parts


def filled(parts: Parts, values: dict[str, Any]) -> str | None:
    """The path with its values; None where one is missing, left over, or has to be quoted."""
    if len(values) != len(parts) // 2:
        return None
    pieces = list(parts)
    for place in range(1, len(parts), 2):
        value = values.get(parts[place])
        text = str(value)
        if value is None or not _PLAIN.fullmatch(text):
            return None
        pieces[place] = text
    return "".join(pieces)
