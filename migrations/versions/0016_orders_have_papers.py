"""orders have papers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KIND = sa.Enum("invoice", "receipt", "cancellation", name="paperkind", native_enum=False, length=20)
TABLES = ("paper", "paper_file")
# What was given out stays; a later rebuild of these tables on SQLite must make their triggers again.
ON_SQLITE = [
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END"
    for table in TABLES
    for verb in ("UPDATE", "DELETE")
]
ON_POSTGRESQL = [
    statement
    for table in TABLES
    for statement in (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()",
    )
]


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("kind", KIND, nullable=False),
        sa.Column("shop_id", ID, nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("audit_row_id", ID, nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("payment_id", ID, nullable=True),
        sa.Column("cancels_id", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint(
            "(kind = 'cancellation') = (cancels_id IS NOT NULL)", name=op.f("ck_paper_cancellation_cancels")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_number_positive")),
        sa.ForeignKeyConstraint(["audit_row_id"], ["audit_row.id"], name=op.f("fk_paper_audit_row_id")),
        sa.ForeignKeyConstraint(["cancels_id"], ["paper.id"], name=op.f("fk_paper_cancels_id")),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_paper_order_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_paper_payment_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_paper_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("order_id", "kind", "audit_row_id", name=op.f("uq_paper_order_id_kind_audit_row_id")),
        sa.UniqueConstraint("shop_id", "kind", "year", "number", name=op.f("uq_paper_shop_id_kind_year_number")),
    )
    for column in ("audit_row_id", "cancels_id", "payment_id"):
        op.create_index(op.f(f"ix_paper_{column}"), "paper", [column])
    op.create_table(
        "paper_file",
        sa.Column("paper_id", ID, nullable=False),
        sa.Column("size", sa.Enum("a4", "80mm", name="size", native_enum=False, length=20), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_file_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_file")),
        sa.UniqueConstraint("paper_id", "size", name=op.f("uq_paper_file_paper_id_size")),
    )
    op.create_table(
        "paper_series",
        sa.Column("shop_id", ID, nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("last", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_paper_series_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_series")),
        sa.UniqueConstraint("shop_id", "kind", "year", name=op.f("uq_paper_series_shop_id_kind_year")),
    )
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("paper_series")
    op.drop_table("paper_file")
    op.drop_table("paper")
