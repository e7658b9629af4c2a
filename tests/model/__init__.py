"""Orders, payments, stock and ledger beside a model of them in plain Python: whatever is done, they do not diverge."""
