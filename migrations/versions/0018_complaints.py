"""complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REASONS = sa.Enum(
    "not_there", "broken", "wrong", "missing", "other", name="complaintreason", native_enum=False, length=20
)
STATES = sa.Enum(
    "awaiting_payment",
    "placed",
    "accepted",
    "ready",
    "shipped",
    "delivered",
    "completed",
    "cancelled",
    "disputed",
    name="state",
    native_enum=False,
    length=20,
)


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("order_id", ID, nullable=False),
        sa.Column("reason", REASONS, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("outcome", STATES, nullable=True),
        sa.Column("refund_id", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_complaint_decided_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_complaint_order_id")),
        sa.ForeignKeyConstraint(["refund_id"], ["refund.id"], name=op.f("fk_complaint_refund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("order_id", name=op.f("uq_complaint_order_id")),
    )
    op.create_index("ix_complaint_open", "complaint", ["decided_at", "id"], unique=False)
    op.create_table(
        "complaint_photo",
        sa.Column("complaint_id", ID, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_photo_complaint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_photo")),
        sa.UniqueConstraint("complaint_id", "digest", name=op.f("uq_complaint_photo_complaint_id_digest")),
    )
    op.create_index("ix_complaint_photo_complaint_id", "complaint_photo", ["complaint_id"], unique=False)


def downgrade() -> None:
    op.drop_table("complaint_photo")
    op.drop_table("complaint")
