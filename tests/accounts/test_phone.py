"""Phone numbers: every way of writing one number gives the same digits; what is no mobile number is refused."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.phone import NotAPhone, normalise_phone, normalise_shop_phone, show_phone, whatsapp_link

KEPT = st.from_regex(r"628[1-9][0-9]{7,10}", fullmatch=True)
SEPARATORS = st.sampled_from(["", " ", "-", ".", "\xa0", " - ", "\u2011", "\u2013"])


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812-3456-7890",
        "0812.3456.7890",
        "0812 3456 7890",
        "(0812) 3456-7890",
        "0812\xa03456\xa07890",
        "0812\u20113456\u20117890",
        "+62 812 3456 7890",
        "+62812-3456-7890",
        "+62 (0) 812 3456 7890",
        "+62 0812 3456 7890",
        "62 812 3456 7890",
        "6281234567890",
        "81234567890",
        "812-3456-7890",
        "\u202a+62 812-3456-7890\u202c",
        " 081234567890\n",
    ],
)
def test_reads_one_number_in_any_writing(text: str) -> None:
    assert normalise_phone(text) == "6281234567890"
    assert normalise_shop_phone(text) == "6281234567890"


@pytest.mark.parametrize(
    ("text", "phone"),
    [("+65 9123 4567", "6591234567"), ("+1 (415) 555-2671", "14155552671"), ("+31612345678", "31612345678")],
)
def test_buyers_may_come_from_abroad_but_shops_may_not(text: str, phone: str) -> None:
    assert normalise_phone(text) == phone
    with pytest.raises(NotAPhone, match="nomor HP Indonesia"):
        normalise_shop_phone(text)


@pytest.mark.parametrize(
    "text", ["(0321) 123456", "0321-123456", "+62 321 123456", "+62 (0)321 123456", "021 5551234", "62 31 5551234"]
)
def test_a_landline_gets_its_own_sentence(text: str) -> None:
    with pytest.raises(NotAPhone, match="telepon rumah"):
        normalise_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "siti",
        "0812",
        "081234567",  # one digit short
        "08123456789012",  # one too many
        "080123456789",  # no mobile number begins 080
        "+62 80 1234 5678",
        "+0812 3456 7890",
        "++6281234567890",
        "62+81234567890",
        "9123 4567",  # Singapore without its +65
        "+651234",
        "+1234567890123456",
        "0812-3456-7890 / 0813-3456-7890",
        "0812 3456 789O",
        "\uff1081234567890",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "+6591234५67",
        "0812;3456;7890",
        "8" * 5_000,
    ],
)
def test_refuses_what_is_no_mobile_number(text: str) -> None:
    with pytest.raises(NotAPhone, match=r"^Nomor HP tidak valid"):
        normalise_phone(text)
    with pytest.raises(NotAPhone, match=r"^Nomor HP tidak valid"):
        normalise_shop_phone(text)


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        phone = normalise_phone(text)
    except NotAPhone:
        return
    assert phone.isascii() and phone.isdigit() and 8 <= len(phone) <= 15


@given(KEPT, st.sampled_from(["0", "+62", "62", "", "+62 (0)"]), SEPARATORS)
def test_the_writing_makes_no_difference(kept: str, prefix: str, separator: str) -> None:
    national = kept.removeprefix("62")
    text = prefix + separator + separator.join((national[:3], national[3:7], national[7:]))
    assert normalise_phone(text) == normalise_shop_phone(text) == kept


@given(KEPT | st.just("6591234567"))
def test_what_is_shown_is_read_back(kept: str) -> None:
    assert normalise_phone(show_phone(kept)) == kept


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("6281234567890", "0812-3456-7890"),
        ("628123456789", "0812-3456-789"),
        ("62812345678901", "0812-3456-78901"),
        ("6591234567", "+6591234567"),
    ],
)
def test_shows_numbers_as_people_read_them(phone: str, shown: str) -> None:
    assert show_phone(phone) == shown


def test_a_whatsapp_link_carries_the_text_whole() -> None:
    text = "Halo Bu Ani & Pak Budi,\npesanan PM-261122-7K3F2 = Rp12.500? 100% + ongkir #1"
    link = whatsapp_link("6281234567890", text)
    assert link.startswith("https://wa.me/6281234567890?text=Halo%20Bu%20Ani%20%26")
    assert parse_qs(urlsplit(link).query) == {"text": [text]}
