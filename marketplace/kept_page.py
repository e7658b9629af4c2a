"""A public page as browsers get it, tagged and compressed, and the shelf where such pages are kept in memory."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import brotli
from isal import igzip
from isal.isal_zlib import crc32

PUBLIC = "public, no-cache"  # may be kept, but is asked for again each time
Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]

Compress = Callable[[bytes], bytes]

# A page that is kept is compressed once and sent often: as small as can be. For any other time counts, and ISA-L
# leaves fewer bytes than Brotli's quickest in half of its time. Neither writes down the second of compressing: the
# same page, the same bytes. The better one comes first.
THOROUGH: Mapping[str, Compress] = {
    "br": lambda body: bytes(brotli.compress(body, quality=6)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
QUICK: Mapping[str, Compress] = {
    "gzip": lambda body: bytes(igzip.compress(body, 2, mtime=0)),
    "br": lambda body: bytes(brotli.compress(body, quality=0)),
}
SMALLEST_COMPRESSED = 500  # bytes
# What a browser that has the page still needs to hear (RFC 9110, 15.4.5).
SAID_AGAIN = {"Cache-Control", "Vary"}


class Key(NamedTuple):
    """What tells one kept page from another; the language is part of the path."""

    host: str
    path: str
    query: str
    saves_data: bool


@dataclass
class KeptPage:
    """Headers, body and, once asked for, the body compressed; `stamps` are those of `shown`, `ends` epoch seconds."""

    headers: Headers
    plain: bytes
    shown: frozenset[str] = frozenset()
    stamps: dict[str, int] = field(default_factory=dict)
    ends: float = 0.0
    is_kept: bool = False
    compressed: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tag the page with its content: what tells two editions of one page apart need not withstand an attack."""
        self.tag = f"{crc32(self.plain):08x}{len(self.plain):x}"

    @property
    def size(self) -> int:
        """Bytes of memory at most: br and gzip together are smaller than what they were made of."""
        return 2 * len(self.plain) + 2000

    def body(self, encoding: str) -> bytes:
        """The body in an encoding, or as it is."""
        if not encoding:
            return self.plain
        if encoding not in self.compressed:
            self.compressed[encoding] = self._encodings[encoding](self.plain)
        return self.compressed[encoding]

    def answer(self, environ: Environ, start_response: Start) -> list[bytes]:
        """Send it in the best encoding that the browser takes, or 304 to a browser that has it."""
        small = len(self.plain) < SMALLEST_COMPRESSED
        encoding = "" if small else best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""), *self._encodings)
        how_well = int(self.is_kept)  # other bytes, so another tag
        tag = f'"{self.tag}-{encoding}{how_well}"' if encoding else f'"{self.tag}"'
        if has(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
            again = [header for header in self.headers if header[0] in SAID_AGAIN]
            start_response("304 NOT MODIFIED", [*again, ("ETag", tag)])
            return []
        body = self.body(encoding)
        coded = [("Content-Encoding", encoding)] if encoding else []
        start_response("200 OK", [*self.headers, ("ETag", tag), *coded, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    @property
    def _encodings(self) -> Mapping[str, Compress]:
        return THOROUGH if self.is_kept else QUICK


@lru_cache(512)
def best_encoding(accepted: str, *ours: str) -> str:
    """The first of our encodings that an Accept-Encoding header takes, or "" for as it is."""
    offers = {}
    for offer in accepted.lower().split(","):
        name, _, weight = offer.partition(";")
        offers[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in ours if offers.get(name, offers.get("*", False))), "")


def has(if_none_match: str, tag: str) -> bool:
    """Whether a browser's If-None-Match names this tag; proxies that compress anew make tags weak."""
    return bool(if_none_match) and any(
        each.strip().removeprefix("W/") in {tag, "*"} for each in if_none_match.split(",")
    )


class Shelf:
    """Pages by key; when they take more than `limit` bytes, those that were asked for longest ago go."""

    def __init__(self, limit: int) -> None:
        self.limit, self.taken = limit, 0
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Key) -> KeptPage | None:
        """The page, which becomes the last to go."""
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: KeptPage) -> None:
        """Put it in the place of the old one; a giant that would drive out all others is not kept."""
        if page.size > self.limit // 4:
            return
        with self._lock:
            old = self._pages.pop(key, None)
            self.taken += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self.taken > self.limit:
                self.taken -= self._pages.popitem(last=False)[1].size
