"""vouchers."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEARERS = sa.Enum("shop", "platform", name="bearer", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "voucher",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("minimum", ID, nullable=False),
        sa.Column("per_buyer", ID, nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("shop_id", ID, nullable=True),
        sa.Column("percent", ID, nullable=True),
        sa.Column("cap", ID, nullable=True),
        sa.Column("amount", ID, nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("on_hand", ID, nullable=False),
        sa.Column("held", ID, nullable=False),
        sa.CheckConstraint("held >= 0 AND held <= on_hand", name=op.f("ck_voucher_held_within_on_hand")),
        sa.CheckConstraint("(percent IS NULL) <> (amount IS NULL)", name=op.f("ck_voucher_percent_or_amount")),
        sa.CheckConstraint("percent BETWEEN 1 AND 90", name=op.f("ck_voucher_percent_possible")),
        sa.CheckConstraint("cap IS NULL OR (cap > 0 AND percent IS NOT NULL)", name=op.f("ck_voucher_cap_of_percent")),
        sa.CheckConstraint("amount > 0 AND amount * 10 <= minimum * 9", name=op.f("ck_voucher_amount_below_minimum")),
        sa.CheckConstraint("minimum >= 1000", name=op.f("ck_voucher_minimum_possible")),
        sa.CheckConstraint("per_buyer > 0", name=op.f("ck_voucher_per_buyer_positive")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_voucher_ends_after_start")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_voucher_made_by_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_voucher_shop_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("code", name=op.f("uq_voucher_code")),
    )
    op.create_index("ix_voucher_shop", "voucher", ["shop_id", "id"], unique=False)
    op.create_table(
        "voucher_buyer",
        sa.Column("voucher_id", ID, nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("on_hand", ID, nullable=False),
        sa.Column("held", ID, nullable=False),
        sa.CheckConstraint("held >= 0 AND held <= on_hand", name=op.f("ck_voucher_buyer_held_within_on_hand")),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["voucher.id"], name=op.f("fk_voucher_buyer_voucher_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_buyer")),
        sa.UniqueConstraint("voucher_id", "phone", name=op.f("uq_voucher_buyer_voucher_id_phone")),
    )
    op.create_table(
        "voucher_use",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("voucher_id", ID, nullable=False),
        sa.Column("buyer_id", ID, nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["voucher_buyer.id"], name=op.f("fk_voucher_use_buyer_id")),
        sa.ForeignKeyConstraint(["group_id"], ["order_group.id"], name=op.f("fk_voucher_use_group_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_voucher_use_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_use")),
        sa.UniqueConstraint("group_id", name=op.f("uq_voucher_use_group_id")),
    )
    op.create_index(op.f("ix_voucher_use_buyer_id"), "voucher_use", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_voucher_use_voucher_id"), "voucher_use", ["voucher_id"], unique=False)
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.add_column(sa.Column("discount", ID, nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("discount_by", BEARERS, nullable=True))
        batch_op.add_column(sa.Column("voucher_code", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.alter_column("discount", server_default=None)
        batch_op.alter_column("voucher_code", server_default=None)
        batch_op.drop_constraint(batch_op.f("ck_shop_order_total_adds_up"), type_="check")
        for name, says in (
            ("total_adds_up", "total = goods_total + delivery_fee - discount"),
            ("discount_within_goods", "discount = 0 OR discount BETWEEN 1 AND goods_total - 1"),
            ("discount_has_payer", "(discount = 0) = (discount_by IS NULL)"),
        ):
            batch_op.create_check_constraint(batch_op.f(f"ck_shop_order_{name}"), says)


def downgrade() -> None:
    """Orders keep what was really paid for them: what a voucher took off was taken off their goods."""
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        for name in ("total_adds_up", "discount_within_goods", "discount_has_payer"):
            batch_op.drop_constraint(batch_op.f(f"ck_shop_order_{name}"), type_="check")
    op.execute("UPDATE shop_order SET goods_total = goods_total - discount")
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        for column in ("discount", "discount_by", "voucher_code"):
            batch_op.drop_column(column)
        batch_op.create_check_constraint(
            batch_op.f("ck_shop_order_total_adds_up"), "total = goods_total + delivery_fee"
        )
    for table in ("voucher_use", "voucher_buyer", "voucher"):
        op.drop_table(table)
