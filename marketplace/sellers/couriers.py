"""The courier services that shops may offer."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class CourierService(NamedTuple):
    """One service of a courier: ("jne", "JNE Express", "REG", "Reguler")."""

    code: str
    courier: str
    service_code: str
    service_name: str

    @property
    def title(self) -> str:
        """How people call it: JNE Express Reguler."""
        return f"{self.courier} {self.service_name}"


@cache
def couriers() -> tuple[CourierService, ...]:
    """Every service, courier by courier, from the couriers' public service tables."""
    table = files("marketplace.sellers").joinpath("data/couriers.csv").read_text(encoding="utf-8")
    return tuple(CourierService(**row) for row in csv.DictReader(table.splitlines()))


@cache
def services() -> dict[tuple[str, str], CourierService]:
    """The services by (courier code, service code), in the order of the list."""
    return {(service.code, service.service_code): service for service in couriers()}


def service_title(code: str, service_code: str) -> str:
    """How people call a service; one that has left the list goes by its codes."""
    service = services().get((code, service_code))
    return service.title if service else f"{code.upper()} {service_code}"
