"""QRIS codes: every sample as it should be, a changed character noticed, the amount put in without harm to the rest."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments import emv
from marketplace.payments.emv import NotQris
from tests.payments.money import QRIS_SAMPLES as SAMPLES
from tests.payments.money import STATIC_QRIS as STATIC


def unescaped(payload: str) -> str:
    """The samples write a line's end as JSON does."""
    return payload.replace("\\n", "\n")


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{s['type']} {s['expected']} {n}" for n, s in enumerate(SAMPLES)])
def test_each_sample_is_what_it_should_be(app: Flask, sample: dict[str, str]) -> None:
    with app.test_request_context():
        if sample["expected"] == "invalid":
            with pytest.raises(NotQris):
                emv.read(unescaped(sample["payload"]))
            return
        code = emv.read(unescaped(sample["payload"]))
    assert (code.name, code.city, code.nmid) == ("TOKO CONTOH ONDE", "MOJOKERTO", "ID1027921731533")
    assert code.is_static == (sample["type"] == "static")
    assert code.text == unescaped(sample["payload"]).strip()


def test_the_amount_makes_the_dynamic_sample(app: Flask) -> None:
    """The sample with Rp25.000 and the bill INV536 differs from the static one in just these fields."""
    with app.test_request_context():
        made = emv.read(emv.read(STATIC).with_amount(25_000, "INV536110"))
    sample = next(s["payload"] for s in SAMPLES if s["type"] == "dynamic")
    assert made.text == sample


def test_a_second_amount_replaces_the_first_and_any_tip(app: Flask) -> None:
    tipped = next(s["payload"] for s in SAMPLES if s["type"] == "dynamic-tip")
    with app.test_request_context():
        fields = dict(emv.read(emv.read(tipped).with_amount(7_000, "PM-261122-7K3F2")).fields)
    assert fields["54"] == "7000" and not {"55", "56", "57"} & set(fields)
    assert fields["62"].startswith("0115PM-261122-7K3F2")


@given(st.integers(1, 999_999_999), st.text("ABCDEFGHJKMNPQ23456789-", min_size=1, max_size=40))
def test_any_amount_can_be_read_again(app_of_engine: Flask, amount: int, bill: str) -> None:
    with app_of_engine.test_request_context():
        code = emv.read(emv.read(STATIC).with_amount(amount, bill))
    fields = dict(code.fields)
    assert (fields["54"], fields["01"]) == (str(amount), "12")
    assert dict(emv.parse(fields["62"]))["01"] == bill[:25]
    assert [tag for tag, _value in code.fields] == sorted(fields), "the order is kept"
    assert (code.nmid, code.name) == ("ID1027921731533", "TOKO CONTOH ONDE")


@given(st.integers(0, len(STATIC) - 1), st.sampled_from("0123456789ABCXYZ "))
def test_one_changed_character_is_noticed(app_of_engine: Flask, at: int, character: str) -> None:
    changed = STATIC[:at] + character + STATIC[at + 1 :]
    if changed.strip() == STATIC:
        return
    with app_of_engine.test_request_context(), pytest.raises(NotQris):
        emv.read(changed)


@pytest.mark.parametrize("missing", ["51", "59", "53", "00", "01"])
def test_what_says_too_little_is_refused(app: Flask, missing: str) -> None:
    fields = [field for field in emv.parse(STATIC) if field[0] not in {missing, "63"}]
    with app.test_request_context(), pytest.raises(NotQris):
        emv.read(emv.sealed(fields))


@pytest.mark.parametrize("national", ["", "9", "0014ID.CO.QRIS.WWW0204ID12", "0003ABC0215ID1027921731533"])
def test_a_strange_national_id_is_refused(app: Flask, national: str) -> None:
    fields = [(tag, national if tag == "51" else value) for tag, value in emv.parse(STATIC) if tag != "63"]
    with app.test_request_context(), pytest.raises(NotQris):
        emv.read(emv.sealed(fields))


def test_a_text_that_no_code_can_say_is_refused(app: Flask) -> None:
    """Too long for a picture that a phone can read, a character that no database keeps, extras that do not fit."""
    fields = [field for field in emv.parse(STATIC) if field[0] != "63"]
    long = [*fields, *((str(tag), "x" * 90) for tag in range(80, 86))]
    for wrong in (long, [*fields[:-1], ("62", "0703A0")], [("59", "TOKO\x00"), *fields]):
        with app.test_request_context(), pytest.raises(NotQris):
            emv.read(emv.sealed(wrong))


def test_a_full_field_makes_room_for_the_bill(app: Flask) -> None:
    full = [field for field in emv.parse(STATIC) if field[0] not in {"62", "63"}]
    full.append(("62", "0520" + "R" * 20 + "0703A01" + "0860" + "P" * 60))
    with app.test_request_context():
        made = emv.read(emv.read(emv.sealed(full)).with_amount(1_000, "PM-261122-7K3F2-1"))
    extra = dict(emv.parse(dict(made.fields)["62"]))
    assert extra == {"01": "PM-261122-7K3F2-1", "05": "R" * 20, "07": "A01"}
