"""What every row of an uploaded picture has, whatever it is a picture of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from marketplace.db import Moment


class Progress(StrEnum):
    """How far the public sizes of a picture are."""

    WAITING = "waiting"
    BEING_MADE = "being_made"
    READY = "ready"
    BROKEN = "broken"


class Picture(MappedAsDataclass, kw_only=True):
    """Mixin of rows that show an uploaded picture.

    `digest` names the private original. `name` is what pages call the picture, empty until they can show it; it tells
    which `edition` of public sizes there is since `ready_at` (see picture_names.py).
    """

    digest: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    ready_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    is_broken: Mapped[bool] = mapped_column(default=False)

    @property
    def progress(self) -> Progress:
        """How far it is, as its owner sees it."""
        if self.is_broken:
            return Progress.BROKEN
        if self.name:
            return Progress.READY
        return Progress.BEING_MADE if self.started_at else Progress.WAITING
