"""Take and give back n of something limited, in one conditional UPDATE: stock, kitchen capacity, seats."""

from sqlalchemy import CheckConstraint, ColumnElement, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from marketplace.db import db


class Limited(MappedAsDataclass, kw_only=True):
    """Mixin of rows that can run out: `on_hand` is there, `held` of it is promised to somebody."""

    on_hand: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)

    @staticmethod
    def constraint() -> CheckConstraint:
        """What the database itself refuses, should code ever fail to; stands in each model's __table_args__."""
        return CheckConstraint("held >= 0 AND held <= on_hand", name="held_within_on_hand")

    @property
    def available(self) -> int:
        """How many can still be promised."""
        return self.on_hand - self.held


def take(model: type[Limited], id: int, n: int) -> bool:
    """Promise n to somebody; False when fewer are left. Callers take rows in id order, so that nobody deadlocks."""
    return _change(model, id, model.on_hand - model.held >= n, n, held=model.held + n)


def give_back(model: type[Limited], id: int, n: int) -> bool:
    """End a promise of n: they can be promised again."""
    return _change(model, id, model.held >= n, n, held=model.held - n)


def use_up(model: type[Limited], id: int, n: int) -> bool:
    """The promised n have left for good."""
    return _change(model, id, model.held >= n, n, held=model.held - n, on_hand=model.on_hand - n)


def restock(model: type[Limited], id: int, n: int) -> bool:
    """N came back after they had left."""
    return _change(model, id, model.on_hand >= 0, n, on_hand=model.on_hand + n)


def set_on_hand(model: type[Limited], id: int, n: int) -> bool:
    """Somebody counted n; False when more than n are already promised."""
    return _change(model, id, model.held <= n, 1, on_hand=n)


def _change(model: type[Limited], id: int, enough: ColumnElement[bool], n: int, **values: object) -> bool:
    if n <= 0:
        raise ValueError(f"a counter moves by a positive number, not {n}")
    key = model.__mapper__.primary_key[0]  # type: ignore[attr-defined]  # a mixin: its models are mapped
    statement = update(model).where(key == id, enough).values(**values)
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
