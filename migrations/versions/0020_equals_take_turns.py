"""equals take turns."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# A rank holds other things than before. Goods without tags are ranked, counted and indexed anew when the market starts.
OUTDATED = "UPDATE product SET tags = ''"
IS_CLOSED = sa.text("closed_until IS NOT NULL")
# What is new waits in a list that every search would have to read.
FASTUPDATE = "ALTER INDEX search_document_vector SET (fastupdate = {})"


def upgrade() -> None:
    op.create_index(
        "ix_shop_closed", "shop", ["closed_until", "id"], sqlite_where=IS_CLOSED, postgresql_where=IS_CLOSED
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FASTUPDATE.format("off"))
    op.execute(OUTDATED)


def downgrade() -> None:
    op.drop_index("ix_shop_closed", table_name="shop")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FASTUPDATE.format("on"))
    op.execute(OUTDATED)
