"""refunds by line."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEARERS = sa.Enum("shop", "platform", name="bearer", native_enum=False, length=20)
NEW = (
    ("payment_part", sa.Column("borne", ID, nullable=False, server_default="0")),
    ("refund", sa.Column("borne_by", BEARERS, nullable=False, server_default="shop")),
    ("refund", sa.Column("attempt", ID, nullable=False, server_default="1")),
    ("order_line", sa.Column("returned", ID, nullable=False, server_default="0")),
)


def upgrade() -> None:
    op.create_table(
        "refunded_line",
        sa.Column("refund_id", ID, nullable=False),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_refunded_line_quantity_positive")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_refunded_line_line_id")),
        sa.ForeignKeyConstraint(["refund_id"], ["refund.id"], name=op.f("fk_refunded_line_refund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunded_line")),
        sa.UniqueConstraint("refund_id", "line_id", name=op.f("uq_refunded_line_refund_id_line_id")),
    )
    op.create_index("ix_refunded_line_line_id", "refunded_line", ["line_id"], unique=False)
    for table, column in NEW:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(column)
    for table, column in NEW:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column.name, server_default=None)
    with op.batch_alter_table("payment_part", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_payment_part_refunded_not_negative"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_payment_part_borne_within_refunded"), "borne BETWEEN 0 AND refunded"
        )
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_order_line_returned_within_quantity"), "returned BETWEEN 0 AND quantity"
        )


def downgrade() -> None:
    op.execute("UPDATE refund SET state = 'due' WHERE state = 'failed'")
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_order_line_returned_within_quantity"), type_="check")
        batch_op.drop_column("returned")
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_column("attempt")
        batch_op.drop_column("borne_by")
    with op.batch_alter_table("payment_part", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_payment_part_borne_within_refunded"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_payment_part_refunded_not_negative"), "refunded >= 0")
        batch_op.drop_column("borne")
    op.drop_table("refunded_line")
