"""The pages on which a shop says how it is paid."""

from marketplace.payments.views import desk
from marketplace.payments.views.blueprint import bp

__all__ = ["bp", "desk"]
