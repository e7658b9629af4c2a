"""the shop opens."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("key", name=op.f("uq_answer_key")),
    )
    op.create_table(
        "audit_row",
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
    )
    op.create_table(
        "category",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("name", name=op.f("uq_category_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_category_slug")),
    )
    op.create_table(
        "job",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_open",
            ["due_at", "id"],
            unique=False,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "kampung",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("craft", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kampung")),
        sa.UniqueConstraint("slug", name=op.f("uq_kampung_slug")),
    )
    op.create_table(
        "kecamatan",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kecamatan")),
        sa.UniqueConstraint("code", name=op.f("uq_kecamatan_code")),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone_proved_at", sa.DateTime(), nullable=True),
        sa.Column("email_proved_at", sa.DateTime(), nullable=True),
        sa.Column("is_officer", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("session_token", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name=op.f("ck_person_reachable")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("session_token", name=op.f("uq_person_session_token")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_phone"), ["phone"], unique=False)
        batch_op.create_index(
            "uq_person_proved_email",
            ["email"],
            unique=True,
            sqlite_where=sa.text("email_proved_at IS NOT NULL"),
            postgresql_where=sa.text("email_proved_at IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_person_proved_phone",
            ["phone"],
            unique=True,
            sqlite_where=sa.text("phone_proved_at IS NOT NULL"),
            postgresql_where=sa.text("phone_proved_at IS NOT NULL"),
        )

    op.create_table(
        "sign_in_attempt",
        sa.Column("identity_digest", sa.String(), nullable=False),
        sa.Column("network_digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_at", ["at"], unique=False)
        batch_op.create_index("ix_sign_in_attempt_identity", ["identity_digest", "at"], unique=False)
        batch_op.create_index("ix_sign_in_attempt_network", ["network_digest", "at"], unique=False)

    op.create_table(
        "cart",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_cart_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart")),
        sa.UniqueConstraint("token", name=op.f("uq_cart_token")),
        sa.UniqueConstraint("user_id", name=op.f("uq_cart_user_id")),
    )
    op.create_table(
        "kelurahan",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kecamatan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["kecamatan_id"], ["kecamatan.id"], name=op.f("fk_kelurahan_kecamatan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kelurahan")),
        sa.UniqueConstraint("code", name=op.f("uq_kelurahan_code")),
    )
    op.create_table(
        "one_time_code",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_one_time_code_made_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_one_time_code_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_one_time_code_digest")),
    )
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_code_user_id"), ["user_id"], unique=False)

    op.create_table(
        "order_group",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_order_group_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_group")),
        sa.UniqueConstraint("token", name=op.f("uq_order_group_token")),
    )
    with op.batch_alter_table("order_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_group_contact_email"), ["contact_email"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_group_contact_phone"), ["contact_phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_group_user_id"), ["user_id"], unique=False)

    op.create_table(
        "address",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("rt", sa.String(), nullable=False),
        sa.Column("rw", sa.String(), nullable=False),
        sa.Column("landmark", sa.String(), nullable=False),
        sa.Column("kelurahan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("regency", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["kelurahan_id"], ["kelurahan.id"], name=op.f("fk_address_kelurahan_id")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_address_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_user_id"), ["user_id"], unique=False)

    op.create_table(
        "kampung_kelurahan",
        sa.Column("kampung_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kelurahan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["kampung_id"], ["kampung.id"], name=op.f("fk_kampung_kelurahan_kampung_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["kelurahan_id"], ["kelurahan.id"], name=op.f("fk_kampung_kelurahan_kelurahan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kampung_kelurahan")),
        sa.UniqueConstraint("kampung_id", "kelurahan_id", name=op.f("uq_kampung_kelurahan_kampung_id_kelurahan_id")),
    )
    op.create_table(
        "shop",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("whatsapp", sa.String(), nullable=False),
        sa.Column("kelurahan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("kampung_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("shows_street", sa.Boolean(), nullable=False),
        sa.Column("shows_pin", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "verified", "suspended", name="shopstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("verified_at", sa.DateTime(), nullable=True),
        sa.Column("suspension_reason", sa.String(), nullable=False),
        sa.Column("opening", sa.JSON(), nullable=False),
        sa.Column("closed_until", sa.DateTime(), nullable=True),
        sa.Column("offers_pickup", sa.Boolean(), nullable=False),
        sa.Column("fee_kelurahan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fee_kecamatan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fee_city", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fee_outside", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["kampung_id"], ["kampung.id"], name=op.f("fk_shop_kampung_id")),
        sa.ForeignKeyConstraint(["kelurahan_id"], ["kelurahan.id"], name=op.f("fk_shop_kelurahan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop")),
        sa.UniqueConstraint("slug", name=op.f("uq_shop_slug")),
    )
    with op.batch_alter_table("shop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shop_kampung_id"), ["kampung_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shop_kelurahan_id"), ["kelurahan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shop_state"), ["state"], unique=False)

    op.create_table(
        "cart_note",
        sa.Column("cart_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["cart_id"], ["cart.id"], name=op.f("fk_cart_note_cart_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_cart_note_shop_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_note")),
        sa.UniqueConstraint("cart_id", "shop_id", name=op.f("uq_cart_note_cart_id_shop_id")),
    )
    op.create_table(
        "courier_rate",
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("courier_code", sa.String(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("jawa_timur", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("jawa", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("luar_jawa", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_courier_rate_shop_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courier_rate")),
        sa.UniqueConstraint(
            "shop_id", "courier_code", "service_code", name=op.f("uq_courier_rate_shop_id_courier_code_service_code")
        ),
    )
    op.create_table(
        "product",
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "archived", name="productstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("made_to_order", sa.Boolean(), nullable=False),
        sa.Column("lead_days", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shelf_life_days", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("min_order", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("price_min", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("price_max", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("cover", sa.String(), nullable=False),
        sa.Column("sold", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rating_sum", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rating_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("min_order > 0", name=op.f("ck_product_min_order_positive")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_product_category_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_product_shop_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("slug", name=op.f("uq_product_slug")),
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index("ix_product_best", ["state", "sold", "id"], unique=False)
        batch_op.create_index("ix_product_category", ["category_id", "state", "id"], unique=False)
        batch_op.create_index("ix_product_new", ["state", "id"], unique=False)
        batch_op.create_index("ix_product_shop", ["shop_id", "state", "id"], unique=False)

    op.create_table(
        "shop_member",
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_shop_member_shop_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_shop_member_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_member")),
        sa.UniqueConstraint("shop_id", "user_id", name=op.f("uq_shop_member_shop_id_user_id")),
    )
    with op.batch_alter_table("shop_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shop_member_user_id"), ["user_id"], unique=False)

    op.create_table(
        "shop_order",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_name", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
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
            ),
            nullable=False,
        ),
        sa.Column(
            "delivery",
            sa.Enum("pickup", "shop", "courier", name="delivery", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("pay_by", sa.Enum("cod", "at_pickup", name="payby", native_enum=False, length=20), nullable=False),
        sa.Column("goods_total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_fee", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("accept_by", sa.DateTime(), nullable=False),
        sa.Column("made_to_order", sa.Boolean(), nullable=False),
        sa.Column("lead_days", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("courier", sa.String(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("tracking_number", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("total = goods_total + delivery_fee", name=op.f("ck_shop_order_total_adds_up")),
        sa.ForeignKeyConstraint(["group_id"], ["order_group.id"], name=op.f("fk_shop_order_group_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_shop_order_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_order")),
        sa.UniqueConstraint("number", name=op.f("uq_shop_order_number")),
    )
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shop_order_group_id"), ["group_id"], unique=False)
        batch_op.create_index("ix_shop_order_inbox", ["shop_id", "state", "id"], unique=False)

    op.create_table(
        "order_event",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
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
            ),
            nullable=True,
        ),
        sa.Column(
            "after",
            sa.Enum(
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
            ),
            nullable=False,
        ),
        sa.Column(
            "actor",
            sa.Enum("buyer", "seller", "officer", "system", name="actor", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_order_event_actor_id")),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_order_event_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_event")),
    )
    with op.batch_alter_table("order_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_event_order_id"), ["order_id"], unique=False)

    op.create_table(
        "photo",
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ready_at", sa.DateTime(), nullable=True),
        sa.Column("is_broken", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_photo_product_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index("ix_photo_digest", ["digest"], unique=False)
        batch_op.create_index("ix_photo_product", ["product_id", "position"], unique=False)

    op.create_table(
        "variant",
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("price", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("weight_grams", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("on_hand", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("held", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("held >= 0 AND held <= on_hand", name=op.f("ck_variant_held_within_on_hand")),
        sa.CheckConstraint("price > 0", name=op.f("ck_variant_price_positive")),
        sa.CheckConstraint("weight_grams >= 0", name=op.f("ck_variant_weight_not_negative")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_variant_product_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variant")),
        sa.UniqueConstraint("product_id", "size", "colour", name=op.f("uq_variant_product_id_size_colour")),
    )
    with op.batch_alter_table("variant", schema=None) as batch_op:
        batch_op.create_index("ix_variant_sku", ["sku"], unique=False)

    op.create_table(
        "cart_line",
        sa.Column("cart_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_cart_line_quantity_positive")),
        sa.ForeignKeyConstraint(["cart_id"], ["cart.id"], name=op.f("fk_cart_line_cart_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_cart_line_variant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_line")),
        sa.UniqueConstraint("cart_id", "variant_id", name=op.f("uq_cart_line_cart_id_variant_id")),
    )
    with op.batch_alter_table("cart_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cart_line_variant_id"), ["variant_id"], unique=False)

    op.create_table(
        "order_line",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("variant_label", sa.String(), nullable=False),
        sa.Column("price", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("weight_grams", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_line_quantity_positive")),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_order_line_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_order_line_product_id")),
        sa.ForeignKeyConstraint(["variant_id"], ["variant.id"], name=op.f("fk_order_line_variant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_line_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_product_id"), ["product_id"], unique=False)

    op.create_table(
        "stock_hold",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("active", "sold", "released", "returned", name="holdstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_stock_hold_order_id")),
        sa.ForeignKeyConstraint(["variant_id"], ["variant.id"], name=op.f("fk_stock_hold_variant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_hold")),
        sa.UniqueConstraint("order_id", "variant_id", name=op.f("uq_stock_hold_order_id_variant_id")),
    )
    with op.batch_alter_table("stock_hold", schema=None) as batch_op:
        batch_op.create_index("ix_stock_hold_variant", ["variant_id", "state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("stock_hold", schema=None) as batch_op:
        batch_op.drop_index("ix_stock_hold_variant")

    op.drop_table("stock_hold")
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_order_line_order_id"))

    op.drop_table("order_line")
    with op.batch_alter_table("cart_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cart_line_variant_id"))

    op.drop_table("cart_line")
    with op.batch_alter_table("variant", schema=None) as batch_op:
        batch_op.drop_index("ix_variant_sku")

    op.drop_table("variant")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index("ix_photo_product")
        batch_op.drop_index("ix_photo_digest")

    op.drop_table("photo")
    with op.batch_alter_table("order_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_event_order_id"))

    op.drop_table("order_event")
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.drop_index("ix_shop_order_inbox")
        batch_op.drop_index(batch_op.f("ix_shop_order_group_id"))

    op.drop_table("shop_order")
    with op.batch_alter_table("shop_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shop_member_user_id"))

    op.drop_table("shop_member")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index("ix_product_shop")
        batch_op.drop_index("ix_product_new")
        batch_op.drop_index("ix_product_category")
        batch_op.drop_index("ix_product_best")

    op.drop_table("product")
    op.drop_table("courier_rate")
    op.drop_table("cart_note")
    with op.batch_alter_table("shop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shop_state"))
        batch_op.drop_index(batch_op.f("ix_shop_kelurahan_id"))
        batch_op.drop_index(batch_op.f("ix_shop_kampung_id"))

    op.drop_table("shop")
    op.drop_table("kampung_kelurahan")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_user_id"))

    op.drop_table("address")
    with op.batch_alter_table("order_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_group_user_id"))
        batch_op.drop_index(batch_op.f("ix_order_group_contact_phone"))
        batch_op.drop_index(batch_op.f("ix_order_group_contact_email"))

    op.drop_table("order_group")
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_code_user_id"))

    op.drop_table("one_time_code")
    op.drop_table("kelurahan")
    op.drop_table("cart")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_network")
        batch_op.drop_index("ix_sign_in_attempt_identity")
        batch_op.drop_index("ix_sign_in_attempt_at")

    op.drop_table("sign_in_attempt")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_person_proved_phone",
            sqlite_where=sa.text("phone_proved_at IS NOT NULL"),
            postgresql_where=sa.text("phone_proved_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_person_proved_email",
            sqlite_where=sa.text("email_proved_at IS NOT NULL"),
            postgresql_where=sa.text("email_proved_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_person_phone"))
        batch_op.drop_index(batch_op.f("ix_person_email"))

    op.drop_table("person")
    op.drop_table("kecamatan")
    op.drop_table("kampung")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_job_open", postgresql_where=sa.text("ended_at IS NULL"), sqlite_where=sa.text("ended_at IS NULL")
        )

    op.drop_table("job")
    op.drop_table("category")
    op.drop_table("audit_row")
    op.drop_table("answer")
