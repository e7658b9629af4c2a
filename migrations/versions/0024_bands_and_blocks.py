"""bands and blocks."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# The index holds other tokens than before: prices in blocks, and on PostgreSQL ranks in blocks. It is filled anew, in
# the order of rank, when the newest revision is reached.
EMPTIED = {
    "sqlite": ("INSERT INTO search_index (search_index) VALUES ('delete-all')", "DELETE FROM search_document"),
    "postgresql": ("TRUNCATE search_document",),
}
# How many tokens PostgreSQL learns the frequency of: ten times as many.
LEARNED = "ALTER TABLE search_document ALTER vector SET STATISTICS {}"


def upgrade() -> None:
    _change(1000)


def downgrade() -> None:
    _change(-1)


def _change(statistics: int) -> None:
    dialect = op.get_bind().dialect.name
    for statement in EMPTIED[dialect]:
        op.execute(statement)
    if dialect == "postgresql":
        op.execute(LEARNED.format(statistics))
