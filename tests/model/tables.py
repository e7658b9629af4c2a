"""Who may do what with orders, and which payments can be paid, as the model has it."""

PAYABLE = {"open", "proof", "due"}
SHOP_SIDE = {"seller", "officer"}
PREPAID = {"transfer", "stripe_card"}
# Who may call an order off, by its state.
CANCELS = {
    "awaiting_payment": {"buyer", "seller", "officer", "system"},
    "placed": {"buyer", "seller", "officer", "system"},
    "accepted": SHOP_SIDE,
    "ready": SHOP_SIDE,
    "shipped": SHOP_SIDE,
    "disputed": {"officer"},
}
# Who may move an order there, by the state it is in.
MOVES = {
    "accepted": {"placed": SHOP_SIDE},
    "ready": {"accepted": SHOP_SIDE},
    "shipped": {"accepted": SHOP_SIDE},
    "delivered": {"ready": SHOP_SIDE | {"buyer"}, "shipped": SHOP_SIDE | {"buyer"}},
    "disputed": {"ready": {"buyer"}, "shipped": {"buyer"}, "delivered": {"buyer"}},
    "completed": {"delivered": {"system"}, "disputed": {"officer"}},
}
