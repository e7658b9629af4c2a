"""Draws the pictures of the demo market in processes of its own, and stores them there as an upload would be."""

import gc
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from multiprocessing import get_context, parent_process
from threading import Thread

from flask import Flask
from sqlalchemy import select

from marketplace import clock, db
from marketplace.catalog import pictures
from marketplace.catalog.models import Photo
from marketplace.config import Settings, settings
from marketplace.demo.drawings import draw


class Workshop:
    """Takes orders for pictures, each named by its kind and which one of its kind: `onde-onde 9`."""

    def __init__(self, pool: ProcessPoolExecutor, size: int) -> None:
        self._pool, self._size = pool, size
        self._hung: list[Future[None]] = []

    def keep(self, name: str) -> Future[str]:
        """Draw a picture that no row names yet; the answer is its digest."""
        return self._pool.submit(_keep, name, self._size)

    def hang(self, product_id: int, names: Sequence[str], at: datetime) -> None:
        """Draw the pictures of a product and store them as of that moment."""
        self._hung.append(self._pool.submit(_hang, product_id, names, self._size, at))

    def finished(self) -> Iterator[None]:
        """One step a product whose pictures hang; raises what went wrong."""
        for each in as_completed(self._hung):
            yield each.result()

    def show(self, product_ids: Iterable[int]) -> Iterator[None]:
        """Do the worker's next job for these products: one step for each that pages can show from now on."""
        for each in as_completed([self._pool.submit(_show, product_id) for product_id in product_ids]):
            yield each.result()


@contextmanager
def workshop(size: int) -> Iterator[Workshop]:
    """A workshop whose pictures are `size` pixels wide.

    Its processes are forked from one that did nothing but import this: a fork of our own might copy a locked lock.
    """
    processes = get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    pool = ProcessPoolExecutor(os.cpu_count(), processes, initializer=_open, initargs=(settings(),))
    try:
        yield Workshop(pool, size)
    finally:
        pool.shutdown(cancel_futures=True)


def picture(name: str, size: int) -> bytes:
    """The drawing of this name as the JPEG file that a seller would upload."""
    kind, number = name.split()
    file = BytesIO()
    draw(kind, int(number), size).save(file, "JPEG", quality=88)
    return file.getvalue()


def _open(known: Settings) -> None:
    """Begin a process: as much of an app as pictures need. Ctrl-C reaches it, too, but its end is the seeding's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_seeding, daemon=True).start()
    os.nice(5)  # the market itself is opened by one process alone, and takes longer
    gc.set_threshold(100_000)  # a drawing is thousands of points, and no circles of them
    app = Flask(__name__)
    app.config["SETTINGS"] = known
    db.init_app(app, known)
    app.app_context().push()


def _end_with_the_seeding() -> None:
    """Also when that is killed: a pool's processes would wait for its next order for ever."""
    seeding = parent_process()
    if seeding:
        seeding.join()
        os._exit(1)


def _keep(name: str, size: int) -> str:
    return pictures.keep(picture(name, size))


def _hang(product_id: int, names: Sequence[str], size: int, at: datetime) -> None:
    with clock.at(at):
        for name in names:
            pictures.store(picture(name, size), product_id)


def _show(product_id: int) -> None:
    for photo_id in db.db.session.scalars(select(Photo.id).where(Photo.product_id == product_id)).all():
        pictures.encode(photo_id)
