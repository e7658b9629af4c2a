"""lists in every order, and who waits for goods."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ORDERS = {
    f"ix_product_listed_{scope}_{order[0]}": [f"{scope}_id", *order]
    for scope in ("category", "top_category", "kampung")
    for order in (("id",), ("sold", "id"), ("price_min", "id"))
}


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("is_phone", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("token", name=op.f("uq_alert_token")),
    )
    op.create_index(op.f("ix_alert_contact"), "alert", ["contact"], unique=False)
    op.create_index(op.f("ix_alert_ends_at"), "alert", ["ends_at"], unique=False)
    for name, columns in ORDERS.items():
        where = {"sqlite_where": sa.text("is_listed = 1"), "postgresql_where": sa.text("is_listed")}
        op.create_index(name, "product", columns, unique=False, **where)


def downgrade() -> None:
    for name in ORDERS:
        op.drop_index(name, table_name="product")
    op.drop_table("alert")
