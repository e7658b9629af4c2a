"""transfers proofs and refunds."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receiving_account",
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.Enum("bank", "qris", name="channel", native_enum=False, length=20), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("effective_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_receiving_account_approved_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_receiving_account_made_by_id")),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shop.id"], name=op.f("fk_receiving_account_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receiving_account")),
    )
    with op.batch_alter_table("receiving_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receiving_account_effective_at"), ["effective_at"], unique=False)
        batch_op.create_index("ix_receiving_account_shop", ["shop_id", "channel", "effective_at"], unique=False)

    op.create_table(
        "proof",
        sa.Column("payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_proof_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
        sa.UniqueConstraint("payment_id", "digest", name=op.f("uq_proof_payment_id_digest")),
    )
    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.create_index("ix_proof_digest", ["digest"], unique=False)

    op.create_table(
        "refund",
        sa.Column("payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column(
            "state", sa.Enum("due", "sent", "done", name="refundstate", native_enum=False, length=20), nullable=False
        ),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_amount_positive")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_refund_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
    )
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refund_payment_id"), ["payment_id"], unique=False)
        batch_op.create_index("ix_refund_state", ["state", "id"], unique=False)

    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(
            "uq_payment_open_due",
            ["account", "due"],
            unique=True,
            sqlite_where=sa.text("code > 0 AND state IN ('open', 'proof')"),
            postgresql_where=sa.text("code > 0 AND state IN ('open', 'proof')"),
        )

    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handover", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.alter_column("handover", existing_type=sa.String(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.drop_column("handover")

    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_payment_open_due",
            sqlite_where=sa.text("code > 0 AND state IN ('open', 'proof')"),
            postgresql_where=sa.text("code > 0 AND state IN ('open', 'proof')"),
        )

    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_index("ix_refund_state")
        batch_op.drop_index(batch_op.f("ix_refund_payment_id"))

    op.drop_table("refund")
    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.drop_index("ix_proof_digest")

    op.drop_table("proof")
    with op.batch_alter_table("receiving_account", schema=None) as batch_op:
        batch_op.drop_index("ix_receiving_account_shop")
        batch_op.drop_index(batch_op.f("ix_receiving_account_effective_at"))

    op.drop_table("receiving_account")
