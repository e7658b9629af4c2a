"""payments and the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What the ledger has written stays; a later rebuild of these tables on SQLite must make their triggers again.
ON_SQLITE = [
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END"
    for table in ("journal", "entry")
    for verb in ("UPDATE", "DELETE")
]
ON_POSTGRESQL = [
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING MESSAGE = 'append only', ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      posted bigint;
    BEGIN
      IF TG_TABLE_NAME = 'journal' THEN posted = NEW.id; ELSE posted = NEW.journal_id; END IF;
      IF (SELECT count(*) < 2 OR sum(amount) <> 0 FROM entry WHERE journal_id = posted) THEN
        RAISE EXCEPTION USING MESSAGE = 'unbalanced journal', ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NULL;
    END $$
    """,
    *(
        statement
        for table in ("journal", "entry")
        for statement in (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()",
            f"CREATE CONSTRAINT TRIGGER {table}_balances AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced()",
        )
    ),
]


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column(
            "kind", sa.Enum("capture", "suspense", name="journalkind", native_enum=False, length=20), nullable=False
        ),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("kind", "reference", name=op.f("uq_journal_kind_reference")),
    )
    op.create_table(
        "entry",
        sa.Column("journal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "account",
            sa.Enum(
                "provider_clearing",
                "cod_receivable",
                "paid_to_shop",
                "buyer_held",
                "shop_payable",
                "platform_fee",
                "refund_clearing",
                "subsidy",
                "suspense",
                name="account",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(account IN ('cod_receivable', 'paid_to_shop', 'shop_payable')) = (shop_id IS NOT NULL)",
            name=op.f("ck_entry_shop_of_account"),
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_entry_amount_not_zero")),
        sa.ForeignKeyConstraint(["journal_id"], ["journal.id"], name=op.f("fk_entry_journal_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_entry_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_account", ["account", "shop_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_journal_id"), ["journal_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "proof",
                "due",
                "captured",
                "collected",
                "refused",
                "expired",
                "part_refunded",
                "refunded",
                name="paymentstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column(
            "booked_on",
            sa.Enum(
                "provider_clearing",
                "cod_receivable",
                "paid_to_shop",
                "buyer_held",
                "shop_payable",
                "platform_fee",
                "refund_clearing",
                "subsidy",
                "suspense",
                name="account",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("code", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("deadline", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("refunded", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_amount_positive")),
        sa.CheckConstraint("code BETWEEN 0 AND 999", name=op.f("ck_payment_code_of_three_digits")),
        sa.CheckConstraint("due = amount + code", name=op.f("ck_payment_due_adds_up")),
        sa.CheckConstraint("refunded BETWEEN 0 AND due", name=op.f("ck_payment_refunded_within_due")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_payment_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_reference")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_shop_id"), ["shop_id"], unique=False)
        batch_op.create_index("ix_payment_state", ["state", "id"], unique=False)

    op.create_table(
        "payment_event",
        sa.Column("payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "open",
                "proof",
                "due",
                "captured",
                "collected",
                "refused",
                "expired",
                "part_refunded",
                "refunded",
                name="paymentstate",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "open",
                "proof",
                "due",
                "captured",
                "collected",
                "refused",
                "expired",
                "part_refunded",
                "refunded",
                name="paymentstate",
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
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_payment_event_actor_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_payment_event_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_event")),
    )
    with op.batch_alter_table("payment_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_event_payment_id"), ["payment_id"], unique=False)

    op.create_table(
        "payment_part",
        sa.Column("payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_payable", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_part_amount_positive")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_payment_part_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_part")),
        sa.UniqueConstraint("payment_id", "kind", "item_id", name=op.f("uq_payment_part_payment_id_kind_item_id")),
    )
    with op.batch_alter_table("payment_part", schema=None) as batch_op:
        batch_op.create_index("ix_payment_part_item", ["kind", "item_id"], unique=False)
        batch_op.create_index(
            "uq_payment_part_payable",
            ["kind", "item_id"],
            unique=True,
            sqlite_where=sa.text("is_payable"),
            postgresql_where=sa.text("is_payable"),
        )

    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("payment_part", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_payment_part_payable", sqlite_where=sa.text("is_payable"), postgresql_where=sa.text("is_payable")
        )
        batch_op.drop_index("ix_payment_part_item")

    op.drop_table("payment_part")
    with op.batch_alter_table("payment_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_event_payment_id"))

    op.drop_table("payment_event")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index("ix_payment_state")
        batch_op.drop_index(batch_op.f("ix_payment_shop_id"))

    op.drop_table("payment")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_journal_id"))
        batch_op.drop_index("ix_entry_account")

    op.drop_table("entry")
    op.drop_table("journal")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_unbalanced()")
        op.execute("DROP FUNCTION refuse_change()")
