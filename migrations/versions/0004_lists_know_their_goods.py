"""lists know their goods."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = {
    "ix_product_best": ["state", "sold", "id"],
    "ix_product_category": ["category_id", "state", "id"],
    "ix_product_new": ["state", "id"],
}
LISTED = {
    "ix_product_listed": ["id"],
    "ix_product_listed_rank": ["rank"],
    "ix_product_listed_sold": ["sold", "id"],
    "ix_product_listed_price": ["price_min", "id"],
    "ix_product_listed_category_rank": ["category_id", "rank"],
    "ix_product_listed_top_category_rank": ["top_category_id", "rank"],
    "ix_product_listed_kampung_rank": ["kampung_id", "rank"],
    "ix_product_listed_shop_rank": ["shop_id", "rank"],
}


def upgrade() -> None:
    for table, names in (("shop", ("orders_done", "orders_lost")), ("product", ("quality", "rank"))):
        for name in names:
            kind = sa.BigInteger() if name == "rank" else NUMBER
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default="0"))
    for name in ("halal_number", "pirt_number", "tags"):
        op.add_column("product", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("top_category_id", "kampung_id", "kelurahan_id"):
        op.add_column("product", sa.Column(name, NUMBER, nullable=True))
    op.add_column("product", sa.Column("is_listed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "facet_count",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facet_count")),
        sa.UniqueConstraint("scope", "tag", name=op.f("uq_facet_count_scope_tag")),
    )
    # How orders ended so far; what follows from it, and the tags, are made when the newest revision is reached.
    for column, condition in (
        ("orders_done", "o.state IN ('delivered', 'completed', 'disputed')"),
        (
            "orders_lost",
            "o.state = 'cancelled' AND NOT EXISTS (SELECT 1 FROM order_event AS e"
            " WHERE e.order_id = o.id AND e.after = 'cancelled' AND e.actor = 'buyer')",
        ),
    ):
        mine = f"SELECT count(*) FROM shop_order AS o WHERE o.shop_id = shop.id AND {condition}"  # noqa: S608
        op.execute(f"UPDATE shop SET {column} = ({mine})")  # noqa: S608
    for name in BEFORE:
        op.drop_index(name, table_name="product")
    for name, columns in LISTED.items():
        where = {"sqlite_where": sa.text("is_listed = 1"), "postgresql_where": sa.text("is_listed")}
        op.create_index(name, "product", columns, unique=False, **where)


def downgrade() -> None:
    for name in LISTED:
        op.drop_index(name, table_name="product")
    for name, columns in BEFORE.items():
        op.create_index(name, "product", columns, unique=False)
    op.drop_table("facet_count")
    with op.batch_alter_table("product", schema=None) as batch_op:
        for name in (
            "quality",
            "rank",
            "halal_number",
            "pirt_number",
            "tags",
            "top_category_id",
            "kampung_id",
            "kelurahan_id",
            "is_listed",
        ):
            batch_op.drop_column(name)
    with op.batch_alter_table("shop", schema=None) as batch_op:
        for name in ("orders_done", "orders_lost"):
            batch_op.drop_column(name)
