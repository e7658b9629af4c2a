"""shops are paid out."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "payout_run",
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_payout_run_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_run")),
        sa.UniqueConstraint("period", name=op.f("uq_payout_run_period")),
    )
    op.create_table(
        "payout",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("shop_id", ID, nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("amount", ID, nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("due", "paid", "returned", name="payoutstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payout_amount_positive")),
        sa.CheckConstraint("(state = 'due') = (ended_at IS NULL)", name=op.f("ck_payout_ended_when_not_due")),
        sa.ForeignKeyConstraint(["run_id"], ["payout_run.id"], name=op.f("fk_payout_run_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_payout_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout")),
        sa.UniqueConstraint("shop_id", "period", name=op.f("uq_payout_shop_id_period")),
    )
    op.create_index(op.f("ix_payout_run_id"), "payout", ["run_id"])
    op.create_index(op.f("ix_journal_at"), "journal", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_journal_at"), "journal")
    op.drop_table("payout")
    op.drop_table("payout_run")
