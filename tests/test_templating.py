"""Templates say in each language what gettext says, escape what markupsafe escapes, and link where the router links."""

import pytest
from flask import Flask, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from marketplace.language import speaking
from marketplace.links import filled, parts_of
from marketplace.templating import Compiled, escaped
from tests.browser import Browser
from tests.factories import Market
from tests.pages_scenes import filled as filled_scene

VALUE = "<b>\"Bu Ani\" & 'Pak Budi'</b>"


def rendered(app: Flask, language: str, source: str, **values: object) -> str:
    environment = app.jinja_env
    assert isinstance(environment, Compiled)
    with app.test_request_context("/" if language == "id" else "/en/"):
        return environment.of(language).from_string(source).render(**values)


@pytest.mark.parametrize("language", ["id", "en"])
def test_texts_are_constants_of_the_language(app: Flask, language: str) -> None:
    with app.test_request_context("/"), speaking(language):
        about = str(escape(gettext("Tentang %(market)s", market="X")))
        cart = gettext("Keranjang")
    assert rendered(app, language, '{{ _("Keranjang") }} {{ language() }}') == f"{cart} {language}"
    assert rendered(app, language, '{{ _("Tentang %(market)s", market=m) }}', m="X") == about
    trans = "{% trans trimmed market=m %}Tentang {{ market }}{% endtrans %}"
    assert rendered(app, language, trans, m="X") == about


def test_values_are_escaped_and_texts_are_not(app: Flask) -> None:
    source = '{{ _("Tentang %(market)s", market=m) }} {{ m }} {{ m|safe }} {{ _("100%% asli") }}'
    assert rendered(app, "id", source, m=VALUE) == f"Tentang {escape(VALUE)} {escape(VALUE)} {VALUE} 100% asli"


@pytest.mark.parametrize("value", [VALUE, Markup("<b>"), 7, None, "", "polos"])
def test_escaping_is_that_of_markupsafe(value: object) -> None:
    assert escaped(value) == escape(value)


def test_english_pages_are_english_and_mails_too(app: Flask, market: Market) -> None:
    assert "Cart" in Browser(app).get("/en/").text and "Keranjang" in Browser(app).get("/").text
    with app.test_request_context("/"), speaking("en"):
        assert "Cart" in app.jinja_env.get_or_select_template("orders/cart.html").render(basket=None, errors={})


def test_links_are_those_of_the_router(app: Flask) -> None:
    links, scene = app.jinja_env.globals["url_for"], filled_scene(app)
    for prefix in ("", "/en"):
        with app.test_request_context(f"{prefix}/"):
            for rule in app.url_map.iter_rules():
                args = scene.args.get(rule.endpoint, {}) if rule.arguments else {}
                if rule.arguments <= args.keys():
                    assert links(rule.endpoint, **args) == url_for(rule.endpoint, **args), rule.endpoint
            for slug in ("a b", "ü", "a/b", ""):
                assert links("catalog.shop", slug=slug or "x") == url_for("catalog.shop", slug=slug or "x")
            assert links("catalog.search", q="a b") == url_for("catalog.search", q="a b")
            assert links("catalog.home", _anchor="x") == url_for("catalog.home", _anchor="x")


def test_a_path_is_filled_or_left_to_the_router() -> None:
    parts = parts_of("/produk/<slug>/ulasan/<int:id>/lapor")
    assert filled(parts, {"slug": "kain", "id": 7}) == "/produk/kain/ulasan/7/lapor"
    assert [filled(parts, values) for values in ({}, {"slug": "a", "id": None}, {"slug": "a b", "id": 7})] == [None] * 3
    assert parts_of("/<any(a,b):step>") == ()
