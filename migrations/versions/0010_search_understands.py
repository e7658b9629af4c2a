"""search understands."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SQLITE = (
    "CREATE TABLE search_document (product_id INTEGER PRIMARY KEY, rank INTEGER NOT NULL, tokens TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', columnsize=0, detail=none,"
    " tokenize=\"ascii tokenchars '_'\")",
)
POSTGRESQL = (
    "CREATE TABLE search_document (product_id bigint PRIMARY KEY, rank bigint NOT NULL, vector tsvector NOT NULL)",
    "CREATE UNIQUE INDEX search_document_rank ON search_document (rank)",
    "CREATE INDEX search_document_vector ON search_document USING gin (vector)",
)


def upgrade() -> None:
    op.create_table(
        "vocabulary",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vocabulary")),
        sa.UniqueConstraint("word", name=op.f("uq_vocabulary_word")),
    )
    op.create_table(
        "spelling",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spelling")),
        sa.UniqueConstraint("key", "word", name=op.f("uq_spelling_key_word")),
    )
    op.create_table(
        "synonym",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sa.UniqueConstraint("term", name=op.f("uq_synonym_term")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.execute("DROP TABLE search_document")
    for table in ("synonym", "spelling", "vocabulary"):
        op.drop_table(table)
