"""Takes pictures of a demo market of its own: two for the README, and a sheet of the city for docs/design.md."""

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench._market import open_demo_market
from marketplace.demo.content import people
from marketplace.demo.sign_ins import PASSWORD
from tests import chromium
from tests.e2e.conftest import FLAGS
from tests.e2e.servers import serve

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "img"
Scheme = Literal["light", "dark"]
PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 1140}
IN_THE_CITY = (  # who looks, at what
    ("", "/"),
    ("", "/kategori/jajanan-basah"),
    ("", "/kampung/batik-majapahit"),
    ("", "/toko/sepatu-langkah-surya"),
    ("", "/produk/onde-onde-kacang-hijau"),
    ("", "/produk/onde-onde-kacang-hijau/ulasan"),
    ("siti", "/pesanan"),
    ("ani", "/jualan"),
    ("ani", "/jualan/produk"),
    ("rina", "/kantor/pesanan"),
)
ON_PHONE = ("/", "/kampung/onde-onde", "/produk/sepatu-pantofel-kulit-pria")
SMALL_DESK: ViewportSize = {"width": 1280, "height": 800}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
GAP, BETWEEN = 12, "#d9cfc4"


def main() -> None:
    """Write docs/img/phone.webp, desk.webp and city.webp."""
    with tempfile.TemporaryDirectory() as instance, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=FLAGS)
        with serve(open_demo_market(instance)) as servers:
            save(side_by_side([taken(chrome, servers.url + path, PHONE) for path in ON_PHONE]), "phone")
            save(taken(chrome, servers.url, DESK), "desk")
            save(city(chrome, servers.url), "city", quality=45)
        chrome.close()


def taken(chrome: Browser, url: str, size: ViewportSize, scheme: Scheme = "light", who: str = "") -> Image.Image:
    """What stands above the fold once every picture there has come."""
    page = chrome.new_page(viewport=size, reduced_motion="reduce", color_scheme=scheme)
    if who:
        sign_in(page, url, people()[who]["phone"])
    page.goto(url, wait_until="networkidle")
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return shot


def sign_in(page: Page, url: str, phone: str) -> None:
    """With the password that every account of a demo market has."""
    page.goto(urljoin(url, "/masuk"))
    page.get_by_label("Nomor HP atau e-mail").fill(phone)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda address: "/masuk" not in address)


def city(chrome: Browser, url: str) -> Image.Image:
    """Ten pages in four rows: phone and desk, each light and dark."""
    rows = []
    for size, width in ((PHONE, 160), (SMALL_DESK, 160)):
        for scheme in SCHEMES:
            shots = [taken(chrome, url + path, size, scheme, who) for who, path in IN_THE_CITY]
            height = width * size["height"] // size["width"]
            small = [shot.resize((width, height), Image.Resampling.LANCZOS) for shot in shots]
            rows.append(side_by_side(small))
    sheet = Image.new("RGB", (rows[0].width, sum(row.height + GAP for row in rows) - GAP), BETWEEN)
    top = 0
    for row in rows:
        sheet.paste(row, (0, top))
        top += row.height + GAP
    return sheet


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """The pages from left to right."""
    step = pages[0].width + GAP
    row = Image.new("RGB", (step * len(pages) - GAP, pages[0].height), BETWEEN)
    for place, page in enumerate(pages):
        row.paste(page, (place * step, 0))
    return row


def save(picture: Image.Image, name: str, quality: int = 60) -> None:
    """As small WebP."""
    path = IMAGES / f"{name}.webp"
    picture.save(path, "WEBP", quality=quality, method=6)
    print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
