"""What pages call a picture: a name that tells which files there are and of which colour; the files' addresses."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from marketplace.config import settings

SIZES = (160, 320, 640, 960)  # pixels of the longest side
# An edition is a set of files. Those of one recipe carry its number in their names, so that a name's content never
# changes: whoever changes sizes or qualities adds two new numbers at the end.
BEFORE, FIRST, WHOLE = 1, 2, 3
KINDS: dict[int, tuple[str, ...]] = {BEFORE: ("webp", "jpg"), FIRST: ("webp", "jpg"), WHOLE: ("avif", "webp", "jpg")}
SIZES_BEFORE = (320, 640)


class Shown(NamedTuple):
    """What a <picture> needs: the `srcset` of each kind (empty for one that is not there) and the class of its colour.

    `small` and `large` are the JPEG of 320 and of 640 pixels: who knows no WebP has a small screen.
    """

    avif: Markup
    webp: Markup
    small: Markup
    large: Markup
    colour: str


def name_of(digest: str, edition: int, colour: str) -> str:
    """The name of a picture of which this edition has been made."""
    return f"{digest}-{edition}-{colour}"


def file_name(digest: str, size: int, kind: str) -> str:
    """The file of the newest recipe with one size of a picture."""
    return f"{digest}-{FIRST}-{size}.{kind}"


def urls(name: str, kind: str) -> dict[int, str]:
    """The addresses of a picture by its longest side in pixels, the same in every language.

    `kind` is avif (see `kinds`), webp or jpg. No file is larger than its original: the sizes beyond it hold the same.
    """
    return _urls(name, kind, settings().pictures_base_url)


def kinds(name: str) -> Sequence[str]:
    """Which kinds of files there are of the picture."""
    _, edition, _ = _read(name)
    return KINDS[edition]


def shown(name: str) -> Shown:
    """What a page prints for the picture of this name."""
    return _shown(name, settings().pictures_base_url)


def _read(name: str) -> tuple[str, int, str]:
    """Digest, edition and colour; a picture made before there were editions is called by its digest alone."""
    digest, _, rest = name.partition("-")
    edition, _, colour = rest.partition("-")
    return digest, int(edition or BEFORE), colour


def _urls(name: str, kind: str, base: str) -> dict[int, str]:
    digest, edition, _ = _read(name)
    folder = f"{base}/{digest[:2]}" if base else "/foto"  # in a bucket, files lie as stores.py lays them
    if edition == BEFORE:
        small, large = (f"{folder}/{digest}-{size}.{kind}" for size in SIZES_BEFORE)
        return {160: small, 320: small, 640: large, 960: large}
    return {size: f"{folder}/{file_name(digest, size, kind)}" for size in SIZES}


@lru_cache(maxsize=4096)
def _shown(name: str, base: str) -> Shown:
    _, edition, colour = _read(name)
    sizes = SIZES_BEFORE if edition == BEFORE else SIZES
    there = {kind: _urls(name, kind, base) for kind in KINDS[edition]}
    sets = {kind: Markup(", ".join(f"{of[size]} {size}w" for size in sizes)) for kind, of in there.items()}  # noqa: S704  # digits and our setting
    jpeg = there["jpg"]
    small, large = Markup(jpeg[320]), Markup(jpeg[640])  # noqa: S704  # as above
    return Shown(sets.get("avif", Markup()), sets["webp"], small, large, f"c{colour}" if colour else "")
