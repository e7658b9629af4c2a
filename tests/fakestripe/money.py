"""What Stripe asks of an amount: an integer of the smallest unit, neither too small nor too large."""

from tests.fakestripe.errors import Refused

# What 0.50 US dollars were worth, roughly, and the digits that an amount may have. IDR has two decimals at Stripe.
SMALLEST = {"idr": 8_500_00, "usd": 50, "sgd": 50}
DIGITS = {"idr": 12, "usd": 8, "sgd": 8}


def check(amount: int, currency: str, param: str) -> None:
    """Raises Refused for an amount that could not be charged in this currency."""
    check_currency(currency)
    if amount < 1:
        raise Refused("This value must be greater than or equal to 1.", code="parameter_invalid_integer", param=param)
    if amount < SMALLEST[currency]:
        least = f"{SMALLEST[currency] / 100:,.2f} {currency}"
        raise Refused(f"The total amount due must add up to at least {least}.", code="amount_too_small", param=param)
    if amount >= 10 ** DIGITS[currency]:
        raise Refused("Amount is too large.", code="amount_too_large", param=param)


def check_currency(currency: str) -> None:
    """Raises Refused for a currency that this Stripe does not know; Stripe's own list is longer."""
    if currency not in SMALLEST:
        raise Refused(f"Invalid currency: {currency}. Stripe currently supports: idr, sgd, usd", param="currency")
