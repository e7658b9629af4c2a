"""cash is a payment."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Orders of before were all paid in cash, and nobody has written down whether it was taken: theirs is due, or was never
# to be paid because the order was called off.
PAYMENTS = """
INSERT INTO payment (reference, way, state, account, booked_on, amount, due, opened_at, code, currency, shop_id,
                     source, reason, refunded)
SELECT number || '-1', pay_by, CASE WHEN state = 'cancelled' THEN 'expired' ELSE 'due' END, 'cash:' || shop_id,
       'cod_receivable', total, total, placed_at, 0, 'IDR', shop_id, '', '', 0
FROM shop_order
WHERE NOT EXISTS (SELECT 1 FROM payment_part WHERE kind = 'order' AND item_id = shop_order.id) ORDER BY id
"""
PARTS = """
INSERT INTO payment_part (payment_id, kind, item_id, amount, is_payable)
SELECT payment.id, 'order', shop_order.id, total, shop_order.state <> 'cancelled'
FROM shop_order JOIN payment ON payment.reference = number || '-1'
WHERE NOT EXISTS (SELECT 1 FROM payment_part WHERE kind = 'order' AND item_id = shop_order.id)
"""
FIRST_STEPS = """
INSERT INTO payment_event (payment_id, after, actor, at, note)
SELECT id, 'due', 'buyer', opened_at, '' FROM payment
WHERE NOT EXISTS (SELECT 1 FROM payment_event WHERE payment_id = payment.id)
"""
LAST_STEPS = """
INSERT INTO payment_event (payment_id, before, after, actor, at, note)
SELECT id, 'due', 'expired', 'system', opened_at, '' FROM payment
WHERE state = 'expired' AND (SELECT count(*) FROM payment_event WHERE payment_id = payment.id) = 1
"""


def upgrade() -> None:
    op.create_table(
        "pay_terms",
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cod_zones", sa.JSON(), nullable=False),
        sa.Column("cod_limit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("takes_cash_at_pickup", sa.Boolean(), nullable=False),
        sa.Column("pickup_limit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_pay_terms_shop_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_terms")),
        sa.UniqueConstraint("shop_id", name=op.f("uq_pay_terms_shop_id")),
    )
    for statement in (PAYMENTS, PARTS, FIRST_STEPS, LAST_STEPS):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("pay_terms")
