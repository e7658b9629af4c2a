"""The house rules hold in the whole project, and each of them notices a planted breach."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import code, pages, sizes

ROOT = Path(__file__).resolve().parent.parent
Rule = Callable[[Path], Iterator[str]]
RULES: tuple[Rule, ...] = (*code.CODE_RULES, *sizes.SIZE_RULES, *pages.PAGE_RULES)

OPERATION, PAGE = "marketplace/orders/checkout.py", "templates/cart.html"
PLANTED: tuple[tuple[Rule, str, str], ...] = (
    (code.writing_stands_in_db, OPERATION, "db.session.commit()"),
    (code.writing_stands_in_db, OPERATION, "with engine.begin() as connection: pass"),
    (code.htmx_is_asked_in_one_place, "marketplace/orders/views.py", "request.headers.get('HX-Request')"),
    (code.operations_do_not_know_the_web, OPERATION, "from flask import request"),
    (code.operations_do_not_know_the_web, OPERATION, "import flask\nflask.request.args"),
    (code.operations_do_not_know_the_web, OPERATION, "from marketplace.orders.forms import CheckoutForm"),
    (code.operations_do_not_know_the_web, OPERATION, "from marketplace.orders import views"),
    (code.operations_do_not_know_the_web, OPERATION, "from marketplace import htmx"),
    (code.templates_are_files, OPERATION, "from flask import render_template_string"),
    (code.models_derive_from_row, OPERATION, "class Order(db.Model): pass"),
    (code.modules_say_what_they_are_for, OPERATION, "total = 0"),
    (code.modules_say_what_they_are_for, OPERATION, '"""Places orders. Also does other things."""'),
    (code.names_say_what_is_done, OPERATION, "def process_order(): pass"),
    (code.names_say_what_is_done, OPERATION, "class OrderManager: pass"),
    (code.names_say_what_is_done, "marketplace/orders/utils.py", ""),
    (sizes.modules_are_short, OPERATION, "total = 0\n" * 251),
    (sizes.functions_are_short, OPERATION, "def total():\n" + "    sum = 0\n" * 26),
    (sizes.functions_are_short, "marketplace/orders/views/cart.py", "@bp.get('/')\ndef show():\n" + "    n = 0\n" * 16),
    (sizes.templates_are_short, PAGE, "<hr>\n" * 81),
    (sizes.no_machine_is_named, "docs/map.md", "It is in /" + "home/siti/market."),
    (sizes.nothing_is_left_for_later, OPERATION, "# TO" + "DO: count"),
    (pages.nothing_is_inline, PAGE, '<p style="color: red">1</p>'),
    (pages.nothing_is_inline, PAGE, '<button onclick="buy()">1</button>'),
    (pages.nothing_is_inline, PAGE, '<a data-hx-on:click="buy()">1</a>'),
    (pages.nothing_is_inline, PAGE, "<form method=post data-hx-vals='js:{n: 1}'></form>"),
    (pages.nothing_is_inline, PAGE, "<script>{{ cart }}</script>"),
    (pages.forms_name_their_method, PAGE, '<form action="/keranjang"></form>'),
    (pages.forms_name_their_method, PAGE, '<form method="post"><input name="csrf_token"></form>'),
    (pages.texts_can_be_translated, PAGE, "<h1>Keranjang</h1>"),
    (pages.texts_can_be_translated, PAGE, "{% if empty %}Keranjang masih kosong{% endif %}"),
    (pages.texts_can_be_translated, PAGE, '<img alt="Keranjang {{ n }}">'),
    (pages.texts_can_be_translated, PAGE, '{{ button("Pesan sekarang") }}'),
    (pages.nothing_is_called_safe, PAGE, "{{ shop.name | safe }}"),
)

INNOCENT = {
    "marketplace/db.py": '"""Writes."""\nsession.commit()\n',
    "marketplace/orders/views.py": '"""Shows the cart."""\nfrom flask import request\n',
    "marketplace/orders/checkout.py": '"""Places orders."""\nfrom marketplace.orders.models import Order\n',
    "templates/cart.html": """
        {# Keranjang belanja #}
        <script src="{{ static_url('js/cart.js') }}"></script>
        <script type="application/ld+json">{{ data|tojson }}</script>
        <h1 class="{{ 'wide' if a > b else 'narrow' }}">{{ _("Keranjang") }}</h1> {{ n }} &middot; WhatsApp
        {% trans count=n %}Isi {{ count }} barang{% pluralize %}Isi {{ count }} barang{% endtrans %}
        <form method="post"><input type="submit" value="{{ _('Pesan') }}"></form>
        """,
}


def name(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_house_rule(rule: Rule) -> None:
    breaches = list(rule(ROOT))
    assert not breaches, f"{rule.__doc__}\n  " + "\n  ".join(breaches)


@pytest.mark.parametrize(("rule", "path", "content"), PLANTED, ids=lambda value: name(value) or None)
def test_rule_notices_a_planted_breach(rule: Rule, path: str, content: str, tmp_path: Path) -> None:
    plant(tmp_path, path, content)
    assert list(rule(tmp_path)), f"{name(rule)} does not see it"


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_rule_leaves_good_code_alone(rule: Rule, tmp_path: Path) -> None:
    for path, content in INNOCENT.items():
        plant(tmp_path, path, content)
    assert list(rule(tmp_path)) == []


def test_every_rule_has_a_planted_breach() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(RULES)


def plant(root: Path, path: str, content: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content)
