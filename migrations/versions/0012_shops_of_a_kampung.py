"""shops of a kampung."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("shop", schema=None) as batch_op:
        batch_op.drop_index("ix_shop_kampung_id")
        batch_op.create_index("ix_shop_kampung", ["kampung_id", "state", "name", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("shop", schema=None) as batch_op:
        batch_op.drop_index("ix_shop_kampung")
        batch_op.create_index("ix_shop_kampung_id", ["kampung_id"], unique=False)
