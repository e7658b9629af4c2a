"""The list of courier services."""

from marketplace.sellers.couriers import couriers, service_title, services


def test_each_courier_service_is_listed_once_with_its_names() -> None:
    listed = couriers()
    assert ("jne", "JNE Express", "REG", "Reguler") in listed
    assert len(services()) == len(listed) == 19
    assert all(field.strip() == field != "" for service in listed for field in service)


def test_a_service_goes_by_its_courier_and_name() -> None:
    assert service_title("jne", "REG") == "JNE Express Reguler"
    assert service_title("wahana", "DES") == "WAHANA DES", "one that has left the list goes by its codes"
