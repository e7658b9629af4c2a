"""One row of the table of pages: a route, a state, and who looks at it."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from marketplace.language import DESKS
from tests.browser import Browser, Page
from tests.pages_scenes import Scene

EMPTY, FILLED, ERROR, LONG = "empty", "filled", "error", "long"
GUEST, JOKO, SITI, BU_ANI, BU_RINA = "guest", "joko", "siti", "bu_ani", "bu_rina"
# Errors are looked at in the filled market.
SCENE_OF = {EMPTY: "empty", FILLED: "filled", ERROR: "filled", LONG: "long"}
PICTURES = {"catalog.picture", "moneydesk.proof", "moneyoffice.proof", "orders.qris", "tracking.qris"}
PICTURES |= {"orders.complaint_photo", "tracking.complaint_photo", "complaintdesk.photo", "complaintoffice.photo"}
PAPERS = {"orders.paper", "tracking.paper", "moneydesk.paper"}
MACHINES = {*PICTURES, *PAPERS, "machines.healthz", "machines.manifest", "machines.robots", "machines.sitemap"}
PIECES = {"catalog.suggestions"}  # of a page, for its scripts


@dataclass(frozen=True)
class Row:
    """One page in one state; `sent` is the form that `to` answers with this page, `which` chooses among objects."""

    endpoint: str
    who: str
    state: str
    status: int = 200
    which: str = ""
    to: str = ""
    sent: dict[str, Any] | None = None
    query: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What tests and files call it."""
        words = (self.endpoint, self.state, self.which, self.to, *self.query.values(), self.who)
        return " ".join(word for word in words if word)

    def path(self, app: Flask, scene: Scene) -> str:
        """Its address in Indonesian."""
        return scene.path(app, self.to or self.endpoint, self.which, **self.query)

    def paths(self, app: Flask, scene: Scene) -> dict[str, str]:
        """Its address by language: desks and machines have one, visitors' and buyers' pages two."""
        path = self.path(app, scene)
        if path.startswith(DESKS) or self.endpoint in MACHINES:
            return {"id": path}
        return {"id": path, "en": f"/en{path}"}

    def open(self, browser: Browser, path: str) -> Page:
        """The page, by GET or by the form that it answers."""
        page = browser.get(path) if self.sent is None else browser.post(path, self.sent)
        page.response.close()
        return page


def page(endpoint: str, who: str, *states: str, **more: Any) -> tuple[Row, ...]:
    """A row for each state of a page that is only opened."""
    return tuple(Row(endpoint, who, state, **more) for state in states)


def error(endpoint: str, who: str, to: str = "", status: int = 422, **sent: Any) -> Row:
    """The page as it answers a form that cannot be taken; `to` when another route takes its form."""
    return Row(endpoint, who, ERROR, status, to=to, sent=sent)
