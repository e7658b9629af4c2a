"""Shops: who runs them, where they are, when they are open."""
