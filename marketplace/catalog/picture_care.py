"""Looks after the files of pictures: sweeps up those that no row names, makes again what an older program made."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from marketplace import jobs, nights, stores
from marketplace.catalog.indexing import in_chunks
from marketplace.catalog.models import Photo, ReviewPhoto
from marketplace.catalog.picture_files import DIGITS, ORIGINAL_NAME, PUBLIC_NAME, SWEEPING
from marketplace.catalog.picture_names import BEFORE, FIRST, WHOLE
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.stores import Store
from marketplace.turns import alone

KIND = "catalog.look_after_pictures"
GRACE = timedelta(days=1)  # longer than anybody fills in a form, and than a browser shows a page without asking again
FINISHERS: Mapping[type[Photo] | type[ReviewPhoto], str] = {
    Photo: "catalog.finish_photo",
    ReviewPhoto: "catalog.finish_review_photo",
}


def look_after() -> None:
    """Job, every night: sweep up and renew."""
    nights.arrange(KIND)
    sweep()
    renew()


def sweep() -> int:
    """Delete the files, originals too, that no row has named for GRACE; returns how many.

    What is being uploaded is new, and while a file is written nobody sweeps (`SWEEPING`).
    """
    before = now() - GRACE
    places = (stores.originals(), stores.public())
    return sum(_swept(store, names, before) for store in places for names in in_chunks(store.names(before)))


def renew() -> int:
    """Enqueue every picture that lacks files which pages could offer; returns how many."""
    count = 0
    for model, kind in FINISHERS.items():
        lacking = select(model.id).where(model.edition >= BEFORE, model.edition < WHOLE).order_by(model.id)
        ids = db.session.scalars(lacking).all()
        for chunk in in_chunks(ids):
            with writing():
                for id in chunk:
                    jobs.enqueue(kind, photo_id=id, patient=True)
        count += len(ids)
    return count


@click.command("tidy-pictures")
@with_appcontext
def tidy_pictures() -> None:
    """Delete picture files that nothing names any more, and let the worker make what older pictures lack."""
    click.echo(f"{sweep()} files deleted, {renew()} pictures left to the worker.")


def _swept(store: Store, names: list[str], before: datetime) -> int:
    """Delete those of the names that may go; what has changed since they were listed is seen here."""
    ours = [name for name in names if PUBLIC_NAME.fullmatch(name) or ORIGINAL_NAME.fullmatch(name)]
    with alone(SWEEPING):
        needed = _needed({name[:DIGITS] for name in ours}, before)
        loose = [name for name in ours if not _is_needed(name, needed)]
        loose = [name for name in loose if (at := store.changed_at(name)) and at < before]
        store.delete(loose)
    return len(loose)


def _is_needed(name: str, needed: dict[str, set[str]]) -> bool:
    digest = name[:DIGITS]
    return bool(needed[digest]) if name == digest else name.startswith(tuple(needed[digest]))


def _needed(digests: set[str], before: datetime) -> dict[str, set[str]]:
    """How the public files that rows need begin, by digest; what an older program made stays for GRACE."""
    needed: dict[str, set[str]] = {digest: set() for digest in digests}
    for model in FINISHERS:
        rows = select(model.digest, model.edition, model.ready_at).where(model.digest.in_(digests))
        for digest, edition, ready_at in db.session.execute(rows):
            is_settled = ready_at is not None and edition >= FIRST and ready_at < before
            needed[digest].add(f"{digest}-{FIRST}-" if is_settled else digest)
    db.session.rollback()
    return needed
