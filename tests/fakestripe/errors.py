"""How Stripe says no: a status and a JSON body with type, code, message and parameter."""

from typing import Any


class Refused(Exception):
    """One refusal; `kind` is what Stripe calls the type of an error."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        named = {"type": kind, "code": code, "message": message, "param": param, **more}
        self.body = {"error": {key: value for key, value in named.items() if value is not None}}


def missing(param: str) -> Refused:
    """A parameter that must be there is not."""
    return Refused(f"Missing required param: {param}.", code="parameter_missing", param=param)


def unknown(param: str) -> Refused:
    """A parameter that the SDK's types do not know."""
    return Refused(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)


def no_such(kind: str, id: str, param: str, status: int = 404) -> Refused:
    """An id that nothing has; 404 in a path, 400 in a body."""
    return Refused(f"No such {kind}: '{id}'", status=status, code="resource_missing", param=param)


def broken() -> Refused:
    """Stripe itself has failed."""
    return Refused("An unknown error occurred.", status=500, kind="api_error")


def too_fast() -> Refused:
    """More requests a second than Stripe takes."""
    return Refused("Too many requests hit the API too quickly.", status=429, code="rate_limit")
