"""The site that `make docs` built, in a real browser: it asks no other host, is searched, and can be read."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from browsers import launched

SITE = Path(__file__).parent.parent.parent / "build" / "docs"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    assert (SITE / "index.html").exists(), "make docs builds it"
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as found:
        yield found


@pytest.fixture
def page(browser: Any, site: str) -> Iterator[Any]:
    """A page that records its requests and its errors."""
    found = browser.new_page()
    found.asked, found.complaints = [], []
    found.on("request", lambda request: found.asked.append(request.url))
    found.on("pageerror", lambda error: found.complaints.append(str(error)))
    yield found
    assert [url for url in found.asked if not url.startswith((site, "data:", "blob:"))] == []
    assert found.complaints == []
    found.close()


def test_no_page_asks_another_host(page: Any, site: str) -> None:
    # The page Try it starts a Python: the live page has its own tests.
    names = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    names = [name for name in names if not name.startswith("live/") and name != "try.html"]
    assert len(names) > 35
    for name in names:
        page.goto(f"{site}/{name}", wait_until="load")
        assert page.title(), name


def test_each_door_is_one_click_from_the_first_page(page: Any, site: str) -> None:
    for link, title in [
        ("Validate", "Validate a text"),
        ("Estimate", "Estimate what a campaign will cost"),
        ("Preview", "Preview what the phone"),
        ("Build a client", "Build a client"),
        ("Valider", "Valider un texte"),
    ]:
        page.goto(f"{site}/index.html")
        page.locator("article").get_by_role("link", name=link, exact=True).click()
        assert title in page.locator("h1").inner_text()


@pytest.mark.parametrize(
    ("words", "found"), [("truncate_mark", "configuration"), ("is_optout", "api"), ("étrange reçu", "")]
)
def test_the_search_finds_what_is_there(page: Any, site: str, words: str, found: str) -> None:
    page.goto(f"{site}/search.html?q={words}")
    page.wait_for_selector("#search-results p.search-summary", timeout=30_000)
    page.wait_for_function(
        "document.querySelector('#search-results').innerText.includes('earch finished') ||"
        " document.querySelector('#search-results').innerText.includes('did not match')"
    )
    targets = page.eval_on_selector_all(
        "#search-results a", "all => all.map(one => one.getAttribute('href'))"
    )
    assert any(target.startswith(f"{found}.html") for target in targets) if found else not targets


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_reader_in_light_and_dark(page: Any, site: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/start/validate.html")
    ground = page.evaluate("getComputedStyle(document.querySelector('.page, body')).backgroundColor")
    shown = page.evaluate("getComputedStyle(document.body).backgroundColor")
    lightness = sum(
        int(part) for part in (shown if "0, 0, 0, 0" not in shown else ground)[4:-1].split(",")[:3]
    )
    assert (lightness > 600) is (scheme == "light")


def test_the_live_page_stands_in_the_page_try_it(page: Any, site: str) -> None:
    if not (SITE / "live").exists():
        pytest.skip("npm was not there when the site was built")
    page.goto(f"{site}/try.html")
    frame = page.frame_locator("iframe")
    frame.locator("textarea").first.wait_for(timeout=60_000)
