"""other rails."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rail", sa.String(length=20), nullable=False, server_default="bank_file"))
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.alter_column("rail", server_default=None)
    with op.batch_alter_table("card_event", schema=None) as batch_op:
        batch_op.alter_column("session_id", new_column_name="object_id")


def downgrade() -> None:
    with op.batch_alter_table("card_event", schema=None) as batch_op:
        batch_op.alter_column("object_id", new_column_name="session_id")
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.drop_column("rail")
