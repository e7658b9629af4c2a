"""What a page weighs on the wire: each part as a browser that understands brotli gets it, without pictures."""

from dataclasses import dataclass

from tests.browser import Browser, Page

BROTLI = {"Accept-Encoding": "br"}


@dataclass(frozen=True)
class Weight:
    """Compressed bytes: the document with its style sheet inside, scripts (htmx too), icons."""

    html: int
    scripts: int
    icons: int

    @property
    def first_view(self) -> int:
        """All that an empty cache has to fetch before pictures."""
        return self.html + self.scripts + self.icons


def weigh(browser: Browser, path: str) -> Weight:
    """Fetch the page and everything it names but pictures."""
    page = browser.get(path)
    scripts = [tag.get(name) for tag in page.all("script") for name in ("src", "data-htmx")]
    icons = [link.get("href") for link in page.all("link") if "icon" in (link.get("rel") or "")]
    return Weight(_bytes(browser, path), _sum(browser, scripts), _sum(browser, icons))


def pictures(page: Page) -> list[dict[str, str]]:
    """The attributes of each picture, in the order of the document."""
    return [dict(image.attrib) for image in page.all("img")]


def _sum(browser: Browser, paths: list[str | None]) -> int:
    return sum(_bytes(browser, path) for path in paths if path)


def _bytes(browser: Browser, path: str) -> int:
    with browser.client.get(path, headers=BROTLI) as response:
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return len(response.get_data())
