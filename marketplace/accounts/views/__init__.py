"""The pages of an account, one module per resource."""

from marketplace.accounts.views import account, addresses, forgotten, office, proof, registration, sign_in
from marketplace.accounts.views.blueprint import bp

__all__ = ["account", "addresses", "bp", "forgotten", "office", "proof", "registration", "sign_in"]
