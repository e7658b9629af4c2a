"""Money: payments, the ways to pay, the ledger."""
