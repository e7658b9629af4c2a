"""The Flask app of this market: its templates, and a short way for pages that are the same for everyone."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, session
from flask.globals import request_ctx
from flask.templating import Environment

from marketplace.kept_page import PUBLIC
from marketplace.links import Links
from marketplace.templating import KEEPERS, KEEPS_ALL, Compiled


class Market(Flask):
    """Flask with templates of ours; none of its functions is a coroutine, and it need not look each time."""

    short_ways: frozenset[str] = frozenset()  # endpoints
    jinja_environment = Compiled
    jinja_options = {"cache_size": KEEPS_ALL}  # noqa: RUF012  # as Flask has it

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func

    def full_dispatch_request(self) -> Response:
        """As Flask goes about a request; pages that are the same for everyone go a short way.

        Nothing before or after their views asks for rights, or vouches for a form. A session that they change is saved.
        """
        asked = request_ctx.request
        if asked.endpoint not in self.short_ways or asked.method != "GET" or "\x00" in asked.path:
            return super().full_dispatch_request()
        try:
            response = self.make_response(self.dispatch_request())
        except Exception as error:
            return self.finalize_request(self.handle_user_exception(error))
        says_how = response.headers.getlist("Cache-Control")  # `in` would make an exception where there is none
        is_plain = response.status_code == 200 and not says_how
        if not is_plain or session.modified:
            return self.finalize_request(response)
        response.headers["Cache-Control"] = PUBLIC
        return response

    def update_template_context(self, context: dict[str, Any]) -> None:
        """What context processors of the app give, as in Flask; no blueprint of ours has one."""
        given = context.copy()
        for processor in self.template_context_processors[None]:
            context.update(self.ensure_sync(processor)())
        context.update(given)

    def create_jinja_environment(self) -> Environment:
        """Flask's own, with addresses that are made without the router."""
        environment = super().create_jinja_environment()
        environment.globals["url_for"] = Links(self)
        environment.filters.update(KEEPERS)
        return environment
