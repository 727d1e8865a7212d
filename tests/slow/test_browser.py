"""The pages in a real browser, a headless Chromium: what it shows, and that it runs and loads nothing.

SEPTET_CHROMIUM names the browser, where it is not one of `browsers.BROWSERS`; SEPTET_SCREENSHOTS a folder
to keep pictures of the pages in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import CONTRAST, launched

import septet
from septet.campaign import estimate
from septet.campaign.estimators import Estimator
from septet.campaign.samples import Samples
from septet.views.pages.estimate import estimate_page
from septet.views.pages.preview import preview_page

# Phone, tablet, desk.
WIDTHS = (360, 768, 1200)

HOSTILE = (
    "</style></title></script><script>document.title='run';console.log('run')</script>"
    "<img src=https://example.invalid/x.png onerror=\"console.log('run')\">\"'><b onmouseover=alert(1)>b</b>"
    "<iframe src=https://example.invalid></iframe><link rel=stylesheet href=https://example.invalid/x.css>"
    "<svg onload=alert(2)><style>*{display:none}</style> javascript:alert(3) &lt;i&gt; {{7*7}} ${7*7} "
    "\x00\x07\x08\x1b[2J\x7f \u202eexe.gnp\u202c \u2066\u2069\u200b\u200f\ufeff\u2028 \ud800 \ufffe end"
)

LONG = (
    "Chère cliente, l’été arrive : -20 % sur tout 😀 [boutique] ~ 10 € "
    + "Ж" * 30
    + " שלום עליכם 12 "
    + "w" * 300
)


def preview(text: str, profile: str = "gsm", **options: Any) -> str:
    planner = septet.Planner(profile, **options)
    return preview_page(planner.plan(text), planner.profile, price="0.045")


def report(rows: Any, profile: str = "gsm", name: str = "clients.csv", **options: Any) -> str:
    estimator = Estimator(profile=profile, **options)
    samples = Samples(estimator)
    found = estimate(rows, profile=profile, sink=samples.add, rejects=samples.reject, **options)
    return estimate_page(found, samples, estimator.profile, name)


def campaign(folder: Path) -> str:
    """A report with everything: prices, all lengths, expensive characters, refused and rejected rows."""
    path = folder / "campaign.csv"
    texts = [
        f"Bonjour {name}, " + "l’été arrive, 10 € offerts " * size
        for name in ("Zoé", "Noël", "李")
        for size in range(40)
    ]
    cells = ['"' + text.replace('"', '""') + '";x' for text in [*texts, LONG, _fit_for_a_file(HOSTILE), ""]]
    path.write_text(
        "message;b\n" + "\n".join([*cells, "one", f'"{"z" * 400}";two;three']) + "\n", encoding="utf-8"
    )
    return report(path, price="0.045", currency="EUR")


def _fit_for_a_file(text: str) -> str:
    return text.replace("\ud800", "").replace("\x00", "")


PAGES: dict[str, Callable[[Path], str]] = {
    "preview": lambda _: preview(
        "Ça y est : -20 % jusqu’à dimanche, 10 € offerts !", "smspartner", commercial=True
    ),
    "preview-long": lambda _: preview(LONG),
    "preview-cut": lambda _: preview(
        "Prêt à ça ? Le menu à 10 € [midi]\r\n" * 30, "smsmode", commercial=True
    ),
    "preview-empty": lambda _: preview(""),
    "preview-hostile": lambda _: preview(HOSTILE),
    "preview-hostile-gsm": lambda _: preview(HOSTILE, "smspartner", encoding="gsm7"),
    "report": campaign,
    "report-smsmode": lambda _: report(
        ["Bonjour 10 €", "ça va ?" * 40, LONG], "smsmode", commercial=True, price="0.05", currency="EUR"
    ),
    "report-empty": lambda _: report([]),
    "report-hostile": lambda _: report(
        [{"message": _fit_for_a_file(HOSTILE)}, {"message": 5}],
        name=HOSTILE,
        price=1,
        currency="EUR",
    ),
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All pages, as files."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, make in PAGES.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(make(folder), encoding="utf-8")
    return found


class Opened:
    """An opened page, and everything that it did."""

    def __init__(self, browser: Any, path: Path, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.said: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.blocked: list[str] = []
        self.context.on("requestfailed", lambda request: self.blocked.append(request.failure))
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append("a dialog"), dialog.dismiss()))
        self.page.on("popup", lambda _: self.said.append("a window"))
        self.page.goto(path.as_uri(), wait_until="load")
        self.own = path.as_uri()

    def did_nothing(self) -> None:
        self.page.mouse.move(200, 200)
        self.page.wait_for_timeout(100)
        assert self.requests == [self.own]
        assert self.said == []


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def open_one(path: Path, **context: Any) -> Opened:
        found = Opened(browser, path, **context)
        contexts.append(found.context)
        return found

    yield open_one
    for context in contexts:
        context.close()


def test_the_watch_sees_what_a_page_does(opened: Callable[..., Opened], tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text("<!DOCTYPE html><title>x</title><img src=nothing.png><script>console.log('run')</script>")
    bad = opened(path)
    bad.page.wait_for_timeout(100)
    assert any(url.endswith("nothing.png") for url in bad.requests)
    assert any("run" in said for said in bad.said)


def test_the_policy_alone_would_stop_a_script_and_a_picture(
    opened: Callable[..., Opened], files: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "smuggled.html"
    smuggled = "<script>document.title='run'</script><img src=nothing.png></main>"
    path.write_text(files["preview"].read_text("utf-8").replace("</main>", smuggled), encoding="utf-8")
    bad = opened(path)
    assert bad.page.title() == "Preview of a message"
    assert bad.blocked == ["csp"]
    assert sum("Content Security Policy" in said for said in bad.said) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_runs_nothing(
    opened: Callable[..., Opened], files: dict[str, Path], name: str, scheme: str
) -> None:
    one = opened(files[name], color_scheme=scheme, viewport={"width": 1200, "height": 900})
    one.did_nothing()
    assert one.page.evaluate("document.compatMode") == "CSS1Compat"
    assert one.page.locator("h1").is_visible()
    ground = one.page.evaluate("getComputedStyle(document.body).backgroundColor")
    red = int(ground.removeprefix("rgb(").split(",")[0])
    assert (red < 64) == (scheme == "dark")
    if folder := os.environ.get("SEPTET_SCREENSHOTS"):
        one.page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_where_no_script_may_run(
    opened: Callable[..., Opened], files: dict[str, Path], name: str
) -> None:
    one = opened(files[name], java_script_enabled=False)
    assert one.page.locator("h1").inner_text()
    assert one.requests == [one.own]


@pytest.mark.parametrize("name", [name for name in PAGES if "hostile" in name])
def test_a_hostile_text_is_shown_as_text(
    opened: Callable[..., Opened], files: dict[str, Path], name: str
) -> None:
    one = opened(files[name])
    one.did_nothing()
    page = one.page
    assert page.locator("script, img, iframe, object, embed, form, a, main link, main style").count() == 0
    assert page.evaluate(
        "[...document.querySelectorAll('*')].every(e => !e.getAttributeNames().some(n => n.startsWith('on')))"
    )
    text = page.evaluate("document.body.innerText.replace(/\\s+/g, ' ')")
    for shown in ("<script>", "</style>", "<img src=", "onmouseover=alert(1)", "&lt;i&gt;", "{{7*7}}"):
        # A bubble or an excerpt may end at any place.
        assert shown in text.replace("Segment", "") or name == "report-hostile" or "gsm" in name, shown
    assert "<script>" in text
    assert page.locator("span.box", has_text="U+202E").count() > 0
    assert (
        page.evaluate(
            "/[\\u202a-\\u202e\\u2066-\\u2069\\u200b-\\u200f\\u0000-\\u0008\\u001b]/.test(document.body.textContent)"
        )
        is False
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_never_wider_than_the_screen(
    opened: Callable[..., Opened], files: dict[str, Path], name: str, width: int
) -> None:
    page = opened(files[name], viewport={"width": width, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # What is cut off at an edge would not make the page wider: only tables may be cut off, and those scroll.
    beyond = """[...document.querySelectorAll('main *')].filter(e => !e.closest('.wide') && !e.closest('svg')
        && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(beyond) == []
    assert page.evaluate(
        "[...document.querySelectorAll('.wide')].every(e => getComputedStyle(e).overflowX === 'auto')"
    )
    # The text of a drawing stays within it.
    clipped = """[...document.querySelectorAll('svg text')].filter(t => {
        const [a, b] = [t.getBoundingClientRect(), t.ownerSVGElement.getBoundingClientRect()];
        return a.left < b.left - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1;
    }).map(t => t.textContent)"""
    assert page.evaluate(clipped) == []
    if folder := os.environ.get("SEPTET_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize("name", PAGES)
def test_text_has_enough_contrast(
    opened: Callable[..., Opened], files: dict[str, Path], name: str, scheme: str
) -> None:
    page = opened(files[name], color_scheme="light" if scheme == "light" else "dark").page
    if scheme == "print":
        page.emulate_media(media="print")
    found = page.evaluate(CONTRAST)
    assert len(found) > 15
    assert found[0][0] >= 4.5, found[:5]


def test_the_contrast_of_a_grey_text_would_be_found(opened: Callable[..., Opened], tmp_path: Path) -> None:
    path = tmp_path / "grey.html"
    path.write_text("<!DOCTYPE html><p style='color:#777;background:#fff'>grey</p>")
    ((ratio, _, _),) = opened(path).page.evaluate(CONTRAST)
    assert ratio == pytest.approx(4.48, abs=0.01)  # #777 on white, as WCAG's own tools say


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_on_white_paper(
    opened: Callable[..., Opened], files: dict[str, Path], name: str, tmp_path: Path
) -> None:
    page = opened(files[name], color_scheme="dark").page
    document = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
    assert document.startswith(b"%PDF-")
    assert 1 <= document.count(b"/Type /Page\n") <= 12
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.set_viewport_size({"width": 680, "height": 900})  # A4 within its margins, at 96 dots an inch
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    if folder := os.environ.get("SEPTET_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-print.png", full_page=True)
