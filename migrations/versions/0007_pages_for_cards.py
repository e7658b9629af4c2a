"""pages for cards."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("state IN ('asked', 'open', 'waiting')")
STATES = sa.Enum("asked", "open", "waiting", "paid", "over", name="cardstate", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "card_session",
        sa.Column("payment_id", KEY, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("back_url", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("state", STATES, nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_card_session_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_session")),
        sa.UniqueConstraint("key", name=op.f("uq_card_session_key")),
        sa.UniqueConstraint("session_id", name=op.f("uq_card_session_session_id")),
    )
    with op.batch_alter_table("card_session") as batch:
        batch.create_index("ix_card_session_payment_id", ["payment_id"])
        batch.create_index("ix_card_session_state", ["state", "id"])
        batch.create_index(
            "uq_card_session_live", ["payment_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
        )
    op.create_table(
        "card_event",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_event")),
        sa.UniqueConstraint("event_id", name=op.f("uq_card_event_event_id")),
    )


def downgrade() -> None:
    op.drop_table("card_event")
    op.drop_table("card_session")
