"""the audit trail is linked."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("audit_row", "audit_link")
# What the trail has told stays; a later rebuild of these tables on SQLite must make their triggers again.
ON_SQLITE = [
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END"
    for table in TABLES
    for verb in ("UPDATE", "DELETE")
]
ON_POSTGRESQL = [
    statement
    for table in TABLES
    for statement in (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()",
    )
]


def upgrade() -> None:
    op.create_table(
        "audit_link",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["audit_row.id"], name=op.f("fk_audit_link_row_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_link_previous")),
        sa.UniqueConstraint("row_id", name=op.f("uq_audit_link_row_id")),
    )
    op.create_index("ix_audit_row_object", "audit_row", ["kind", "object_id"])
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("no_UPDATE", "no_DELETE") if sqlite else ("append_only", "no_truncate"):
        op.execute(f"DROP TRIGGER audit_row_{name}" + ("" if sqlite else " ON audit_row"))
    op.drop_index("ix_audit_row_object", "audit_row")
    op.drop_table("audit_link")
