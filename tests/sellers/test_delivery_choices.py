"""What a shop offers to bring its goods to the buyer."""

from marketplace.clock import now
from marketplace.sellers.delivery import Region, Way, Zone, courier_fees, delivery_choices, zone_fee
from marketplace.sellers.models import CourierRate, Shop


def shop(**values: object) -> Shop:
    """A shop that was never stored."""
    fields = {"slug": "s", "name": "S", "whatsapp": "6281234567890", "kelurahan_id": 1, "created_at": now(), **values}
    return Shop(**fields)  # type: ignore[arg-type]


def rate(courier: str, service: str, **fees: int) -> CourierRate:
    """A row of a shop's courier table that was never stored."""
    return CourierRate(shop_id=1, courier_code=courier, service_code=service, **fees)


def test_a_new_shop_offers_pickup() -> None:
    (choice,) = delivery_choices(shop(), [])
    assert choice.way is Way.PICKUP and not choice.fees


def test_a_shop_that_offers_nothing_has_no_choices() -> None:
    assert delivery_choices(shop(offers_pickup=False), []) == []


def test_a_zone_without_a_fee_is_left_out_and_0_is_free() -> None:
    mine = shop(offers_pickup=False, fee_kelurahan=0, fee_city=8_000)
    (choice,) = delivery_choices(mine, [])
    assert choice.way is Way.SHOP
    assert dict(choice.fees) == {Zone.KELURAHAN: 0, Zone.CITY: 8_000}
    assert (zone_fee(mine, Zone.KELURAHAN), zone_fee(mine, Zone.OUTSIDE)) == (0, None)


def test_couriers_stand_last_in_the_order_of_their_list() -> None:
    rates = [rate("tiki", "REG", jawa=15_000), rate("jne", "REG", jawa_timur=9_000), rate("gone", "X", jawa=1)]
    choices = delivery_choices(shop(), rates)
    assert [choice.courier for choice in choices] == ["", "JNE Express Reguler", "TIKI Regular Service"]
    assert dict(choices[1].fees) == {Region.JAWA_TIMUR: 9_000} == dict(courier_fees(rates[1]))
