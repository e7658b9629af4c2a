"""shops earn and pay a fee."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Who was called off gave all of its share back, so the part that fits a refund is the one of the same amount.
PART_OF_REFUND = """
UPDATE refund SET part_id = COALESCE(
    (SELECT MIN(id) FROM payment_part WHERE payment_id = refund.payment_id AND amount = refund.amount),
    (SELECT MIN(id) FROM payment_part WHERE payment_id = refund.payment_id)
)
"""
REFUNDED = """
UPDATE payment_part SET refunded = (
    SELECT COALESCE(SUM(refund.amount), 0) FROM refund WHERE refund.part_id = payment_part.id
)
"""
SHOP_OF_PART = """
UPDATE payment_part SET shop_id = (SELECT shop_id FROM shop_order WHERE shop_order.id = payment_part.item_id)
WHERE kind = 'order'
"""
IS_EARNED = """
UPDATE payment_part SET is_earned = TRUE
WHERE kind = 'order' AND item_id IN (SELECT id FROM shop_order WHERE state = 'completed')
AND payment_id IN (SELECT id FROM payment WHERE state IN ('captured', 'collected', 'part_refunded', 'refunded'))
"""
# No order had a fee: what the operator holds of completed orders is all their shops'. The ledger is append only, so
# what it has from an earlier upgrade stays.
JOURNALS = """
INSERT INTO journal (kind, reference, at, currency, note)
SELECT DISTINCT 'earned', shop_order.number, CURRENT_TIMESTAMP, 'IDR', 'upgrade'
FROM payment_part AS part
JOIN payment ON payment.id = part.payment_id AND payment.shop_id IS NULL
JOIN shop_order ON shop_order.id = part.item_id
WHERE part.is_earned AND part.amount > part.refunded
AND NOT EXISTS (SELECT 1 FROM journal WHERE journal.kind = 'earned' AND journal.reference = shop_order.number)
"""
ENTRIES = """
INSERT INTO entry (journal_id, account, amount, shop_id)
SELECT journal.id, side.account, side.sign * (part.amount - part.refunded),
    CASE WHEN side.sign < 0 THEN shop_order.shop_id END
FROM (SELECT 'buyer_held' AS account, 1 AS sign UNION ALL SELECT 'shop_payable', -1) AS side
CROSS JOIN payment_part AS part
JOIN payment ON payment.id = part.payment_id AND payment.shop_id IS NULL
JOIN shop_order ON shop_order.id = part.item_id
JOIN journal ON journal.kind = 'earned' AND journal.reference = shop_order.number AND journal.note = 'upgrade'
WHERE part.is_earned AND part.amount > part.refunded
AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.journal_id = journal.id)
"""


def upgrade() -> None:
    with op.batch_alter_table("shop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fee_rate", ID, nullable=False, server_default="0"))
        batch_op.create_check_constraint(batch_op.f("ck_shop_fee_rate_per_mille"), "fee_rate BETWEEN 0 AND 300")
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fee_rate", ID, nullable=False, server_default="0"))
    with op.batch_alter_table("payment_part", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shop_id", ID, nullable=True))
        batch_op.add_column(sa.Column("refunded", ID, nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("is_earned", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(batch_op.f("fk_payment_part_shop_id"), "shop", ["shop_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_payment_part_refunded_not_negative"), "refunded >= 0")
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part_id", ID, nullable=True))
    for statement in (PART_OF_REFUND, REFUNDED, SHOP_OF_PART, IS_EARNED, JOURNALS, ENTRIES):
        op.execute(statement)
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.alter_column("part_id", existing_type=ID, nullable=False)
        batch_op.create_foreign_key(batch_op.f("fk_refund_part_id"), "payment_part", ["part_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_refund_part_id"), ["part_id"], unique=False)
    for table, column in (
        ("shop", "fee_rate"),
        ("shop_order", "fee_rate"),
        ("payment_part", "refunded"),
        ("payment_part", "is_earned"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refund_part_id"))
        batch_op.drop_constraint(batch_op.f("fk_refund_part_id"), type_="foreignkey")
        batch_op.drop_column("part_id")
    with op.batch_alter_table("payment_part", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_payment_part_refunded_not_negative"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_payment_part_shop_id"), type_="foreignkey")
        for column in ("is_earned", "refunded", "shop_id"):
            batch_op.drop_column(column)
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.drop_column("fee_rate")
    with op.batch_alter_table("shop", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_shop_fee_rate_per_mille"), type_="check")
        batch_op.drop_column("fee_rate")
