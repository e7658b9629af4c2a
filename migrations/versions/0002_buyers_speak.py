"""buyers speak."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("stars", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("variant_label", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.Column("reports", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_review_stars_one_to_five")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_review_product_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index("ix_review_product", ["product_id", "id"], unique=False)
        batch_op.create_index(
            "ix_review_reported",
            ["id"],
            unique=False,
            sqlite_where=sa.text("reports > 0"),
            postgresql_where=sa.text("reports > 0"),
        )

    op.create_table(
        "saved_product",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_saved_product_product_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_saved_product_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_product")),
        sa.UniqueConstraint("user_id", "product_id", name=op.f("uq_saved_product_user_id_product_id")),
    )
    with op.batch_alter_table("saved_product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_product_product_id"), ["product_id"], unique=False)

    op.create_table(
        "review_photo",
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ready_at", sa.DateTime(), nullable=True),
        sa.Column("is_broken", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_photo_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_photo")),
        sa.UniqueConstraint("review_id", "digest", name=op.f("uq_review_photo_review_id_digest")),
    )
    op.create_table(
        "review_report",
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reporter", sa.String(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "rude", "unrelated", "private", "advert", "false", name="reportreason", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_report_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_report")),
        sa.UniqueConstraint("review_id", "reporter", name=op.f("uq_review_report_review_id_reporter")),
    )
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_order_line_review_id"), ["review_id"])
        batch_op.create_foreign_key(batch_op.f("fk_order_line_review_id"), "review", ["review_id"], ["id"])
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_product_rating_possible"), "rating_sum BETWEEN rating_count AND 5 * rating_count"
        )


def downgrade() -> None:
    # The reviews go, and with them what the products know of them.
    op.execute("UPDATE product SET rating_sum = 0, rating_count = 0")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_product_rating_possible"), type_="check")
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_order_line_review_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_order_line_review_id"), type_="unique")
        batch_op.drop_column("review_id")

    op.drop_table("review_report")
    op.drop_table("review_photo")
    with op.batch_alter_table("saved_product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_product_product_id"))

    op.drop_table("saved_product")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_review_reported", sqlite_where=sa.text("reports > 0"), postgresql_where=sa.text("reports > 0")
        )
        batch_op.drop_index("ix_review_product")

    op.drop_table("review")
