"""pictures have names."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("photo", "review_photo")


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("name", sa.String(), nullable=False, server_default=""))
            batch_op.add_column(sa.Column("edition", number, nullable=False, server_default="0"))
            batch_op.add_column(sa.Column("started_at", sa.DateTime(), nullable=True))
            batch_op.create_index(f"ix_{table}_edition", ["edition", "id"], unique=False)
        # What is ready is called by its digest alone, which says: two sizes, no AVIF, no colour. The night renews it.
        ready = sa.text("ready_at IS NOT NULL AND NOT is_broken")
        op.execute(_rows(table).update().where(ready).values(name=sa.column("digest"), edition=1))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("name", server_default=None)
            batch_op.alter_column("edition", server_default=None)
    with op.batch_alter_table("review_photo", schema=None) as batch_op:
        batch_op.create_index("ix_review_photo_digest", ["digest"], unique=False)
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_patient", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_index("ix_job_open")
        _index_open_jobs(batch_op, ["is_patient", "due_at", "id"])
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.alter_column("is_patient", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_open")
        _index_open_jobs(batch_op, ["due_at", "id"])
        batch_op.drop_column("is_patient")
    with op.batch_alter_table("review_photo", schema=None) as batch_op:
        batch_op.drop_index("ix_review_photo_digest")
    # An older program finds no file of the newer ones: its photos are ready once they are made again.
    for table in TABLES:
        op.execute(_rows(table).update().where(sa.column("edition") > 1).values(ready_at=None))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(f"ix_{table}_edition")
            batch_op.drop_column("started_at")
            batch_op.drop_column("edition")
            batch_op.drop_column("name")
    op.execute("UPDATE product SET cover = '' WHERE cover LIKE '%-%'")


def _rows(name: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in ("name", "edition", "ready_at")))


def _index_open_jobs(batch_op, columns: list[str]) -> None:
    is_open = sa.text("ended_at IS NULL")
    batch_op.create_index("ix_job_open", columns, unique=False, postgresql_where=is_open, sqlite_where=is_open)
