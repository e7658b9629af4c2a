"""Where files lie: folders, or buckets that speak S3; only the sizes of pictures are public."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.store import LocalStore, S3Store

from marketplace.config import Settings, settings

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config

# A browser or a proxy that fetches straight from the bucket may keep a file for ever, as from /foto/.
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
KINDS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


class Store:
    """One place for files. Their names are flat; what begins with the same two characters lies together."""

    def __init__(self, place: LocalStore | S3Store) -> None:
        self._place = place

    def put(self, name: str, data: bytes) -> None:
        """Write the file whole or not at all, and through to the disk; one that is there becomes new."""
        if isinstance(self._place, LocalStore):
            obstore.put(self._place, _path(name), data)
            _through_to_the_disk(Path(str(self._place.prefix)) / _path(name))
            return
        kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
        attributes = {"Content-Type": kind, "Cache-Control": KEPT_FOR_EVER}
        obstore.put(self._place, _path(name), data, attributes=attributes)

    def get(self, name: str) -> bytes:
        """The file's bytes; raises FileNotFoundError."""
        return obstore.get(self._place, _path(name)).bytes().to_bytes()

    def changed_at(self, name: str) -> datetime | None:
        """When the file was last written; None when it is not there."""
        try:
            return obstore.head(self._place, _path(name))["last_modified"]
        except FileNotFoundError:
            return None

    def delete(self, names: Iterable[str]) -> None:
        """Take files away; one that is gone already stays gone."""
        for name in names:
            try:
                obstore.delete(self._place, _path(name))
            except FileNotFoundError:
                continue

    def names(self, before: datetime) -> Iterator[str]:
        """Every file that was last written before that moment."""
        for page in obstore.list(self._place):
            for file in page:
                if file["last_modified"] < before:
                    yield file["path"].rpartition("/")[2]


def originals() -> Store:
    """What sellers and buyers have sent, unchanged: no page leads there."""
    return _at("originals", settings().originals_url, settings())


def public() -> Store:
    """The sizes that pages show."""
    return _at("pictures", settings().pictures_url, settings())


def proofs() -> Store:
    """Pictures of payments and complaints: only the people of an order see them."""
    return _at("proofs", settings().proofs_url, settings())


def papers() -> Store:
    """Invoices and receipts, in a folder of this machine: another makes them again, to the same byte."""
    return _at("papers", "folder:", settings())


def _path(name: str) -> str:
    return f"{name[:2]}/{name}"


@lru_cache(maxsize=64)
def _at(name: str, url: str, settings: Settings) -> Store:
    """The place that a setting names: `folder:`, `folder:PATH` or `s3://bucket/prefix`."""
    where = urlsplit(url)
    if where.scheme != "s3":
        return Store(LocalStore(Path(where.path) if where.path else settings.instance / name, mkdir=True))
    return Store(_bucket(where.netloc, where.path.strip("/"), settings))


def _bucket(name: str, prefix: str, settings: Settings) -> S3Store:
    """With our keys, or as the tools of AWS find theirs."""
    given: dict[str, str] = {
        "region": settings.s3_region,
        "endpoint": settings.s3_endpoint,
        "access_key_id": settings.s3_key_id,
        "secret_access_key": settings.s3_secret_key,
    }
    config: S3Config = {key: value for key, value in given.items() if value}  # type: ignore[assignment]
    options: ClientConfig = {"connect_timeout": "5s", "timeout": "20s"}
    options["allow_http"] = settings.s3_endpoint.startswith("http://")
    return S3Store(name, prefix=prefix or None, config=config, client_options=options, retry_config={"max_retries": 3})


def _through_to_the_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
