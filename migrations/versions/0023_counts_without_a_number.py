"""counts without a number."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("uq_facet_count_scope_tag", "facet_count")
        op.drop_column("facet_count", "id")
        op.create_primary_key("pk_facet_count", "facet_count", ["scope", "tag"])
        return
    key = sa.PrimaryKeyConstraint("scope", "tag", name="pk_facet_count")
    op.create_table("facet_count_new", *_count(), key, sqlite_with_rowid=False)
    _move("scope, tag, n")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("pk_facet_count", "facet_count")
        op.execute("ALTER TABLE facet_count ADD COLUMN id bigserial NOT NULL")
        op.create_primary_key("pk_facet_count", "facet_count", ["id"])
        op.create_unique_constraint("uq_facet_count_scope_tag", "facet_count", ["scope", "tag"])
        return
    key = sa.PrimaryKeyConstraint("id", name="pk_facet_count")
    unique = sa.UniqueConstraint("scope", "tag", name="uq_facet_count_scope_tag")
    number = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table("facet_count_new", *_count(), number, key, unique)
    _move("scope, tag, n")


def _count() -> list[sa.Column[Any]]:
    return [
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
    ]


def _move(columns: str) -> None:
    op.execute(f"INSERT INTO facet_count_new ({columns}) SELECT {columns} FROM facet_count")  # noqa: S608  # constants
    op.drop_table("facet_count")
    op.rename_table("facet_count_new", "facet_count")
