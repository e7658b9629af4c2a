"""What machines ask for."""

from xml.etree import ElementTree

from flask import Flask

from tests.browser import Browser
from tests.factories import Market


def test_healthz_answers_and_is_never_kept(client: Browser) -> None:
    page = client.get("/healthz")
    assert (page.status, page.html) == (200, "ok\n")
    assert page.headers["Cache-Control"] == "no-store"


def test_robots_keep_out_of_what_is_personal(client: Browser) -> None:
    text = client.get("/robots.txt").html
    for path in ("/keranjang", "/en/keranjang", "/lacak/", "/jualan", "/kantor"):
        assert f"Disallow: {path}\n" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


def test_the_sitemap_names_what_is_on_show(client: Browser, market: Market) -> None:
    response = client.client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    found = {e.text for e in ElementTree.fromstring(response.data).iter() if e.tag.endswith("loc")}
    wanted = ("/", "/kampung", "/tentang", "/kategori/kuliner", "/kampung/onde-onde", "/toko/sepatu-pak-budi")
    assert {f"http://localhost{path}" for path in (*wanted, "/produk/onde-onde-isi-10")} <= found
    assert "http://localhost/kategori/batik" not in found


def test_the_manifest_is_json_with_icons_that_exist(app: Flask, client: Browser) -> None:
    response = client.client.get("/manifest.webmanifest")
    assert response.mimetype == "application/manifest+json"
    manifest = response.get_json(force=True)
    assert manifest["name"] == "Pasar Mojokerto"
    for icon in manifest["icons"]:
        with client.client.get(icon["src"]) as picture:
            assert picture.status_code == 200
