"""What the demo market says: descriptions, prices, reviews, invented people; nothing is seeded for these rules."""

import re
from collections import Counter

from marketplace.accounts.phone import normalise_phone
from marketplace.demo import content
from marketplace.demo.drawings import KINDS
from tests.demo.prices import unlikely

INVENTED = {normalise_phone(f"0812-0000-{number:04}") for number in range(1, 200)}
PHONE = re.compile(r"(?:\+?62 ?|0)8\d[\d -]{6,13}\d")
SENTENCE_ENDS = re.compile(r"(?<=[.:;])\s+")


def test_no_two_buyers_write_the_same_and_most_are_content() -> None:
    said = [review for _, _, review in content.reviews()]
    assert len({review["words"] for review in said}) == len(said)
    stars = Counter(review["stars"] for review in said)
    assert 4.2 <= sum(count * given for given, count in stars.items()) / len(said) <= 4.7
    assert sum(stars[few] for few in (1, 2, 3)) >= 10
    assert {name.split()[0] for review in said for name in review.get("photos", [])} <= set(KINDS)


def test_descriptions_are_long_and_not_copied() -> None:
    sentences: Counter[str] = Counter()
    for _, product in content.products():
        assert len(product["description"].split()) >= 40, product["code"]
        sentences.update(set(SENTENCE_ENDS.split(product["description"])))
    assert [sentence for sentence, count in sentences.items() if count > 3] == []


def test_everything_is_said_in_english_too() -> None:
    sentences: Counter[str] = Counter()
    for _, product in content.products():
        assert product["title_en"] != product["title"], product["code"]
        assert len(product["description_en"].split()) >= 20, product["code"]
        sentences.update(set(SENTENCE_ENDS.split(product["description_en"])))
    assert [sentence for sentence, count in sentences.items() if count > 3] == []
    assert all(shop["description_en"] for shop in content.shops().values())


def test_prices_are_those_of_the_city() -> None:
    assert [line for _, product in content.products() for line in unlikely(product)] == []


def test_batik_says_how_it_was_made() -> None:
    for _, product in content.products():
        if product["category"] == "batik":
            assert re.search(
                r"batik (?:tulis|cap)|dibatik cap|cap tembaga|kain cap|printing", product["description"], re.I
            )


def test_every_picture_can_be_drawn() -> None:
    for _, product in content.products():
        assert 1 <= len(product["pictures"]) <= 2
        assert {name.split()[0] for name in product["pictures"]} <= set(KINDS)


def test_every_drawing_program_is_used() -> None:
    used = {name.split()[0] for _, product in content.products() for name in product["pictures"]}
    assert used == set(KINDS)


def test_no_two_products_show_the_same_picture() -> None:
    shown = Counter(name for _, product in content.products() for name in product["pictures"])
    assert [name for name, count in shown.items() if count > 1] == []


def test_addresses_are_invented() -> None:
    homes = [
        who["address"]["street"] for who in (*content.people().values(), *content.guests().values()) if "address" in who
    ]
    streets = homes + [shop["street"] for shop in content.shops().values()]
    assert [street for street in streets if "Contoh" not in street] == []


def test_phone_numbers_are_invented() -> None:
    written = str((content.people(), content.shops(), content.checkouts()))
    assert {normalise_phone(found) for found in PHONE.findall(written)} <= INVENTED
