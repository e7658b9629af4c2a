"""The suggestions below the search box: a fragment with an address of its own (rule 6)."""

from collections.abc import Iterator

from flask import Response, make_response, render_template, request

from marketplace import stamps
from marketplace.accounts.access import PUBLIC, allow
from marketplace.catalog.search import readable
from marketplace.catalog.suggestions import Suggestion, suggest
from marketplace.catalog.views.blueprint import bp
from marketplace.language import language
from marketplace.pagecache import shows

SHORTEST = 2  # letters: fewer mean anything
MOST_BYTES = 1000
AROUND = 84  # bytes of mark-up around a label and its path


@bp.get("/cari/saran")
@allow(PUBLIC)
def suggestions() -> Response:
    """Options for what has been typed so far (`q`); 204 when there is nothing to suggest."""
    shows(stamps.SITE)
    typed = readable(request.args.get("q", ""))
    found = list(_within(suggest(typed) if len(typed) >= SHORTEST else []))
    if not found:
        return Response(status=204)
    return make_response(render_template("catalog/suggestions.html", suggestions=found))


def _within(found: list[Suggestion]) -> Iterator[tuple[str, str, str]]:
    """Kind, path and label of as many as the budget allows; one that is too long lets a shorter one pass."""
    left = MOST_BYTES
    for kind, slug, name, name_en in found:
        label = name_en if language() == "en" and name_en else name
        size = AROUND + len(label.encode()) + len(slug)
        if size <= left:
            left -= size
            yield kind, f"/{kind}/{slug}", label
