"""The live page of `septet serve` in a real browser: each part of it, and all ways to use it.

SEPTET_SCREENSHOTS names a folder to keep pictures in.
"""

from __future__ import annotations

import os
import random
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import CONTRAST, launched
from live_pages import TEXT, Live, faults, served

import septet
from septet.campaign import Template

DOCS = Path(__file__).parents[2] / "docs"

HOSTILE = (
    "</textarea></script><script>document.title='run';console.log('run')</script>"
    "<img src=https://example.invalid/x.png onerror=\"console.log('run')\">\"'><b onmouseover=alert(1)>b</b>"
    "<iframe src=https://example.invalid></iframe><svg onload=alert(2)><style>*{display:none}</style>"
    " javascript:alert(3) &lt;i&gt; {{7*7}} ${7*7} {constructor} {__proto__} %%x%% "
    "\u202eexe.gnp\u202c \u2066\u2069\u200b\u200f\ufeff\u2028 \ufffe \x07\x1b[2J end"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Callable[..., Live]]:
    contexts = []

    def open_one(path: str = "", **context: Any) -> Live:
        found = Live(browser, context.pop("address", address) + path, **context)
        contexts.append(found.context)
        return found

    yield open_one
    for context in contexts:
        context.close()


# The parts, in the order of the page.


def test_the_first_screen(opened: Callable[..., Live]) -> None:
    live = opened(viewport={"width": 360, "height": 740})
    page = live.page
    page.fill("#text", TEXT)
    live.settle()
    seen = """selector => {
        const box = document.querySelector(selector).getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    }"""
    for selector in ("h1", "#switch", "#profile", "#text", "#bar", "#verdict", "#billed", "#left", "#cost"):
        assert page.evaluate(seen, selector), selector
    # The bar stays at every place of the page.
    page.evaluate("document.getElementById('options').open = true")
    assert page.evaluate(seen, "#bar")
    page.evaluate("scrollTo(0, document.querySelector('#vendors').offsetTop)")
    assert page.evaluate(seen, "#bar")


def test_the_verdict(opened: Callable[..., Live]) -> None:
    live = opened()
    assert live.words("#verdict").strip() == "The phone would show nothing."
    assert not live.page.locator("#problems").is_visible()
    for text, profile, icon, words in (
        ("Bonjour", "gsm", "✓", "May be sent."),
        ("reçu", "smsmode", "!", "May be sent; check the warnings."),
        ("reçu 😀", "smspartner", "✕", "Must not be sent as it is."),
    ):
        live.write(text, profile)
        assert live.words("#verdict").split(maxsplit=1) == [icon, words]


def test_the_figures(opened: Callable[..., Live]) -> None:
    live = opened()
    for profile, commercial in (("gsm", False), ("smsmode", True), ("twilio", False)):
        live.write(
            TEXT * 2, profile, commercial=commercial, price="0,045", currency="eur", recipients="12 000"
        )
        plan = septet.plan(TEXT * 2, profile, commercial=commercial)
        assert live.words("#billed") == str(plan.billed_segments)
        assert live.words("#left") == str(plan.remaining)
        assert live.words("#encoding") == {"gsm7": "GSM-7", "ucs2": "UCS-2"}[plan.encoding]
        assert live.words("#cost") == f"{plan.cost('0.045')} EUR"
        facts = dict(
            zip(
                *[live.page.locator(f"#figures {tag}").all_inner_texts() for tag in ("dt", "dd")], strict=True
            )
        )
        for fact in plan.drawing()["facts"]:
            assert facts[fact["label"]] == fact["text"]
        assert facts["Cost for all recipients"].replace(" ", "") == f"{plan.cost('0.045') * 12000}EUR"


def test_the_bubbles(opened: Callable[..., Live]) -> None:
    live = opened()
    text = "[Été] \u200bà 10 €\n" + TEXT * 4
    live.write(text, "smspartner", commercial=True)
    plan = septet.plan(text, "smspartner", commercial=True)
    bubbles = live.page.locator("#phone .text")
    assert bubbles.count() == len(plan.segments)
    drawn = live.page.evaluate(
        """() => [...document.querySelectorAll('#phone .text')].map(bubble => {
            const copy = bubble.cloneNode(true);
            for (const sign of copy.querySelectorAll('.line-break')) sign.remove();
            return copy.textContent;
        })"""
    )
    runs = [segment["runs"] for segment in plan.drawing()["segments"]]
    assert drawn == ["".join((run["box"] or run["text"]).replace(" U+", "U+") for run in of) for of in runs]
    marks = live.page.locator("#phone mark").evaluate_all(
        "marks => marks.map(mark => mark.dataset.sign ?? '')"
    )
    told = [run for of in runs for run in of if run["mark"]]
    assert marks == ["" if run["mark"] == "mention" else run["sign"] for run in told]
    assert {run["mark"] for run in told} >= {"lost", "changed", "costs-more", "mention"}
    # One more than are drawn at once.
    live.write("é" * 160 * 21, "gsm")
    assert live.page.locator("#phone .text").count() == 20
    live.page.locator("#phone button").click()
    assert live.page.locator("#phone .text").count() == septet.count("é" * 160 * 21)


def test_what_a_mark_says(opened: Callable[..., Live]) -> None:
    live = opened()
    live.write("Votre reçu", "smsmode")
    live.page.locator("#phone mark").click()
    assert "ç → ?" in live.words("#about")
    assert "1 accented letter cannot be sent" in live.words("#about").replace("is lost", "cannot be sent")
    live.page.keyboard.press("Escape")
    assert not live.page.locator("#about").is_visible()


def test_the_mention(opened: Callable[..., Live]) -> None:
    live = opened()
    live.write("Soldes", "smsmode", commercial=True)
    assert live.words("#mention-line") == "STOP 36034: added at the end"
    live.write("Soldes STOP 36034", "smsmode", commercial=True)
    assert "in the text" in live.words("#mention-line")
    live.write("Soldes", "smsmode", commercial=False)
    assert not live.page.locator("#mention-line").is_visible()


def test_the_problems(opened: Callable[..., Live]) -> None:
    live = opened()
    live.write("😀😀 reçu", "smsmode")
    sentences = septet.plan("😀😀 reçu", "smsmode").drawing()["sentences"]
    shown = live.page.locator("#sentences li").all_inner_texts()
    assert len(shown) == len(sentences)
    for item, sentence in zip(shown, sentences, strict=True):
        assert item.startswith({"error": "Error", "warning": "Warning"}[sentence["severity"]])
        assert sentence["text"] in item
        assert sentence["code"] in item
    # The place is right after characters that take two code units, too.
    live.page.locator("#sentences li", has_text="U+00E7").get_by_role("button").click()
    selected = "document.activeElement.value.slice(text.selectionStart, text.selectionEnd)"
    assert live.page.evaluate(f"(text => {selected})(document.activeElement)") == "ç"


def test_the_cheaper_ways(opened: Callable[..., Live]) -> None:
    live = opened()
    text = "Votre reçu : jusqu’à -20 % sur tout le magasin et 10 € offerts dès 50 € d’achat !"
    live.write(text, "gsm", price="0.045")
    advice = septet.advise(text, "gsm")
    items = live.page.locator("#ways li").all_inner_texts()
    assert len(items) == min(4, len(advice))
    assert "saves 1 segment (0.045)" in items[0]
    assert advice[0].note in items[0]
    use = live.page.get_by_role("button", name="Use this text").first
    use.click()
    live.settle()
    value = "document.getElementById('text').value"
    assert live.page.evaluate(value) == advice[0].text
    assert live.words("#billed") == "1"
    # The browser's own way back, and the page's.
    live.page.keyboard.press("Control+z")
    assert live.page.evaluate(value) == text
    live.settle()
    assert live.words("#billed") == "2"
    live.page.get_by_role("button", name="Use this text").first.click()
    live.page.click("#undo")
    assert live.page.evaluate(value) == text


def test_the_other_vendors(opened: Callable[..., Live]) -> None:
    live = opened()
    live.write("Votre reçu jusqu’à dimanche", "smsmode", price="0.05")
    rows = live.page.locator("#compared tr")
    assert rows.count() == 11
    first = rows.first.locator("th, td").all_inner_texts()
    assert first[0].endswith("Your vendor")
    plan = septet.plan("Votre reçu jusqu’à dimanche", "smsmode")
    assert first[1:3] == ["GSM-7", "1"]
    assert first[4:6] == ["0.05", "! 2"]
    assert [change.source + " → " + change.replacement for change in plan.changes] == first[6].split(", ")
    # The others lose nothing, if there are any.
    assert rows.nth(1).locator("td").nth(4).inner_text() == "0"
    live.page.fill("#price-twilio", "0,0079") if live.page.locator("#price-twilio").count() else None
    live.page.click("#all-vendors")
    assert rows.count() == len(septet.profiles())
    live.page.fill("#price-twilio", "0,0079")
    live.settle()
    assert live.page.locator("tr[data-profile=twilio] td").nth(3).inner_text() == "0.0079"
    assert live.page.evaluate("document.activeElement.id") == "price-twilio"
    live.page.get_by_role("button", name="Segments").click()
    assert live.page.locator("#vendors [aria-sort=ascending]").inner_text().startswith("Segments")
    figures = rows.evaluate_all("rows => rows.slice(1).map(row => parseInt(row.children[2].textContent))")
    assert figures == sorted(figures)
    live.page.get_by_role("button", name="Segments").click()
    figures = rows.evaluate_all("rows => rows.slice(1).map(row => parseInt(row.children[2].textContent))")
    assert figures == sorted(figures, reverse=True)


def test_the_template(opened: Callable[..., Live]) -> None:
    live = opened()
    source = "Bonjour {prenom}, " + "votre colis est en chemin et sera livre " * 3 + "par {livreur}. {{sic}}"
    live.write(source, "gsm", price="0.1")
    assert live.page.locator("#fields tr").count() == 2
    page = live.page
    page.get_by_label("Fewest characters of prenom").fill("2")
    page.get_by_label("Most characters of prenom").fill("12")
    page.get_by_label("Most characters of livreur").fill("30")
    page.get_by_label("Example of prenom").fill("Zoé")
    live.settle()
    bounds = Template(source).bounds(septet.Planner("gsm"), prenom=(2, 12), livreur=(1, 30))
    assert live.words("#billed") == f"{bounds.fewest}–{bounds.most}"
    assert live.words("#cost") == f"at most {septet.plan('a', 'gsm').cost('0.1') * bounds.most}"
    assert live.words("#encoding") == "GSM-7 / UCS-2"
    assert "Bonjour Zoé" in live.words("#phone")
    assert "{sic}" in live.words("#phone")
    assert all(tip.name in page.locator("#bounds").text_content() for tip in bounds.tips)
    # Braces that are only braces.
    page.set_checked("#is-template", False)
    live.settle()
    assert live.words("#billed") == str(septet.count(source))
    assert "{prenom}" in live.words("#phone")


def test_the_request(opened: Callable[..., Live]) -> None:
    live = opened()
    page = live.page
    page.locator("#request summary").click()
    page.fill("#numbers", "0623123457")
    page.fill("#sender", "PERSO")
    live.write("Bonjour Maman, 10 €", "smsmode")
    command = [
        sys.executable,
        "-m",
        "septet",
        "request",
        "Bonjour Maman, 10 €",
        "--profile",
        "smsmode",
        "--curl",
    ]
    command += ["--recipients", "0623123457", "--sender", "PERSO"]
    expected = subprocess.run(command, capture_output=True, text=True, check=False)
    assert live.words("#curl").strip() == expected.stdout.strip()
    assert shlex.split(live.words("#curl"))[0] == "curl"
    page.click("#copy-curl")
    page.wait_for_function("() => document.getElementById('along-note').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()").strip() == expected.stdout.strip()
    live.write("Bonjour", "gsm")
    assert "describe no request" in live.words("#request-note")


def test_separate_messages(opened: Callable[..., Live]) -> None:
    live = opened()
    text = ("La piscine est fermée du 12 au 25 mai. " * 6).strip()
    live.page.locator("#split summary").click()
    live.write(text)
    expected = [plan.text for plan in septet.split(text, numbering="({n}/{total}) ")]
    shown = live.page.locator("#messages li").all_text_contents()
    assert shown == expected
    assert "2" in live.words("#messages-note")


def texts(seed: int, number: int) -> Iterator[str]:
    """Texts of all kinds of characters, without halves of any."""
    draw = random.Random(seed)
    pieces = (
        "a",
        "Été ",
        "€",
        "[x]",
        "\n",
        "😀",
        "👨\u200d👩\u200d👧",
        "🇫🇷",
        "&t=1#",
        "%41",
        "+",
        " ",
        "ж",
        "שלום",
        "\u202e",
        "=",
        "\u0000",
        "\t",
    )
    for _ in range(number):
        yield "".join(draw.choices(pieces, k=draw.randrange(1, 40)))


def test_sharing(opened: Callable[..., Live]) -> None:
    live = opened()
    live.write("Votre reçu à 10 €", "smsmode", commercial=True, price="0.045", recipients="7")
    live.page.click("#share")
    live.page.wait_for_function(
        "() => document.getElementById('along-note').textContent.startsWith('Copied')"
    )
    link = live.page.evaluate("navigator.clipboard.readText()")
    assert link == live.page.url
    other = opened(link.removeprefix(live.address))
    other.settle()
    for selector in ("#billed", "#cost", "#phone", "#figures", "#compared"):
        assert other.words(selector) == live.words(selector), selector
    # Any text comes back unchanged, and goes to the server only in bodies.
    for text in texts(5, 60):
        live.page.evaluate("text => { document.getElementById('text').value = text; }", text)
        back = live.page.evaluate(
            """async () => {
                const module = new URL("asked.js", document.querySelector("script[type=module]").src).href;
                const { fragment, takeFragment } = await import(module);
                const before = document.getElementById("text").value;
                history.replaceState(null, "", "#" + fragment());
                document.getElementById("text").value = "";
                takeFragment();
                return [before, document.getElementById("text").value];
            }"""
        )
        assert back[0] == back[1]
    assert not any(
        "#" in request.url or "?" in request.url for request in live.requests if "v1" in request.url
    )
    live.page.evaluate("location.hash = 'v=99&t=x'")
    live.page.wait_for_function(
        "() => document.getElementById('trouble').textContent.includes('another version')"
    )
    live.write("x" * 3000, "gsm")
    live.page.click("#share")
    live.page.wait_for_function(
        "() => document.getElementById('along-note').textContent.includes('some programs cut')"
    )
    assert live.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_the_export(opened: Callable[..., Live]) -> None:
    live = opened()
    live.write(TEXT, "smspartner")
    with live.page.expect_download() as got:
        live.page.click("#save-page")
    kept = Path(got.value.path()).read_text("utf-8")
    assert got.value.suggested_filename == "septet.html"
    assert kept.startswith("<!DOCTYPE html>")
    assert "What the phone will show" in kept
    with live.page.expect_download() as got:
        live.page.click("#save-json")
    import json

    assert json.loads(Path(got.value.path()).read_text("utf-8")) == septet.plan(TEXT, "smspartner").to_dict()
    live.page.click("#copy-text")
    live.page.wait_for_function("() => document.getElementById('along-note').textContent === 'Copied.'")
    assert live.page.evaluate("navigator.clipboard.readText()") == septet.plan(TEXT, "smspartner").text


def test_failure(opened: Callable[..., Live]) -> None:
    live = opened()
    live.write("Bonjour", "gsm")
    live.context.set_offline(True)
    live.page.fill("#text", "é" * 200)
    live.page.wait_for_selector("html[data-stale]")
    assert live.words("#trouble") == "The server does not answer; the figures are those of an older text."
    assert (
        live.page.evaluate("getComputedStyle(document.getElementById('billed')).textDecorationLine")
        == "line-through"
    )
    assert live.page.locator("#alert").text_content() == live.words("#trouble")
    live.context.set_offline(False)
    live.page.wait_for_selector("html:not([data-stale])", timeout=20_000)
    assert live.words("#billed") == "2"
    assert not live.page.locator("#trouble").is_visible()
    # A refused value is reported by the name of its control.
    live.write("Bonjour", "smsmode", most="9")
    assert live.words("#trouble") == "This vendor does not accept that value: Most segments"
    live.write("Bonjour", "smsmode", most="2")
    assert not live.page.locator("#trouble").is_visible()
    live.page.fill("#text", "a" * 10_001)
    live.settle()
    assert "at most 10 000 characters" in live.words("#trouble")


def test_updating(opened: Callable[..., Live]) -> None:
    live = opened()
    live.settle()
    live.page.evaluate(
        """() => {
            window.heard = [];
            for (const id of ["status", "alert"])
                new MutationObserver(() => window.heard.push(document.getElementById(id).textContent))
                    .observe(document.getElementById(id), { childList: true });
            const send = window.fetch;
            window.most = 0;
            let going = 0;
            window.fetch = async (...asked) => {
                if (!asked[0].endsWith("preview")) return send(...asked);
                window.most = Math.max(window.most, ++going);
                try { return await send(...asked); } finally { going--; }
            };
        }"""
    )
    live.page.locator("#text").press_sequentially("Votre reçu de 10 € est là.", delay=5)
    live.settle()
    assert live.page.evaluate("window.most") == 1
    assert live.asked("preview")[-1]["text"] == "Votre reçu de 10 € est là."
    assert live.words("#phone").replace("\n", " ").count("Votre reçu de 10 € est là.") == 1
    live.page.wait_for_timeout(1200)
    # One sentence for everything.
    heard = live.page.evaluate("window.heard")
    assert len(heard) == 1
    assert "UCS-2" in heard[0]
    live.page.locator("#text").press_sequentially("abc", delay=5)
    live.page.wait_for_timeout(1500)
    assert live.page.evaluate("window.heard") == heard


# All ways to use it.


def test_a_hostile_text_is_shown_as_text(opened: Callable[..., Live]) -> None:
    live = opened()
    for profile in ("gsm", "smspartner", "smsmode"):
        live.write(HOSTILE, profile, commercial=True, currency="<b>")
        live.page.locator("#request").evaluate("details => { details.open = true; }")
        live.settle()
        assert (
            live.page.locator("main :is(script, img, iframe, object, embed, style, link, svg, b)").count()
            == 0
        )
        assert live.page.title() == "What the phone will show"
        assert "<script>" in live.words("#phone")
        if profile == "gsm":
            assert live.page.locator("#phone .box", has_text="U+202E").count() > 0
        assert not live.page.evaluate(
            "/[\\u202a-\\u202e\\u2066-\\u2069\\u200b\\u200f\\u0007\\u001b]/.test(document.querySelector('main').innerText)"
        )
    for text in ("\ud800 half", "😀" * 5_000, "a" * 10_000, "\n" * 300, "", " "):
        live.page.evaluate(
            """text => {
                const area = document.getElementById("text");
                area.value = text;
                area.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            text,
        )
        live.settle()
    live.said = [said for said in live.said if "status of 422" not in said]
    live.is_quiet()


def test_everything_can_be_done_by_the_keyboard(opened: Callable[..., Live]) -> None:
    live = opened()
    page = live.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text" or page.evaluate("location.hash") == "#text"
    page.focus("#profile")
    page.keyboard.type("sMsmode, API HTTP 2.7")
    page.keyboard.press("Tab")
    page.keyboard.type("reçu jusqu’à 10 €")
    live.settle()
    assert page.evaluate("document.getElementById('profile').value") == "smsmode"
    walked = []
    page.focus("#switch")
    for _ in range(90):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const at = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(at);
                return [at.id || at.tagName, outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
            }"""
        )
        if here[0] == "BODY":
            break
        walked.append(here)
    names = [name for name, _ in walked]
    assert [name for name, outlined in walked if not outlined] == []
    for name in ("text", "commercial", "price", "MARK", "all-vendors", "share", "copy-text", "SUMMARY"):
        assert name in names, names
    # The marks are one stop, and the arrows go on from there.
    assert names.count("MARK") == 1
    page.locator("#phone mark").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator("#about").is_visible()
    assert "’" in live.words("#about")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Use this text").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"


STATES: dict[str, Callable[[Live], None]] = {
    "empty": lambda live: None,
    "full": lambda live: (
        live.page.locator("#request").evaluate("details => { details.open = true; }"),
        live.write("Bonjour {prenom}, " + TEXT, "smsmode", commercial=True, price="0.045", recipients="9"),
    )[0],
    "long": lambda live: live.write("w" * 400 + " " + "Ж" * 300, "smpp"),
}


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("state", STATES)
def test_no_width_is_too_narrow_and_nothing_is_in_anybodys_way(
    opened: Callable[..., Live], state: str, width: int
) -> None:
    live = opened("?lang=fr" if width == 320 else "", viewport={"width": width, "height": 800})
    STATES[state](live)
    page = live.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        beyond = """[...document.querySelectorAll('main *')]
            .filter(e => !e.closest('.wide, .unseen, [hidden]') && e.getClientRects().length
                && e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 80))"""
        assert page.evaluate(beyond) == []
        # A disabled control, and what is marked as old, may be pale (WCAG 2.2, 1.4.3).
        ratios = [found for found in page.evaluate(CONTRAST) if "disabled" not in found[1]]
        assert len(ratios) > 20
        assert ratios[0][0] >= 4.5, ratios[:5]
        assert faults(page) == []
        if folder := os.environ.get("SEPTET_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"live-{state}-{width}-{scheme}.png", full_page=True)


def test_marks_are_told_without_colours(opened: Callable[..., Live]) -> None:
    live = opened(forced_colors="active")
    live.write("reçu jusqu’à 😀, 10 €", "smspartner", commercial=True)
    lines = live.page.locator("#phone mark").evaluate_all(
        """marks => marks.map(mark => [mark.className, getComputedStyle(mark).borderBottomStyle,
            getComputedStyle(mark, "::after").content])"""
    )
    kinds = {kind: (line, sign) for kind, line, sign in lines}
    assert {"lost", "changed", "costs", "mention"} <= set(kinds)
    assert len({line for line, _ in kinds.values()}) == len(kinds)
    assert kinds["lost"] == ("double", '"!"')
    assert kinds["changed"] == ("dashed", '"~"')
    assert kinds["mention"][0] == "dotted"
    ground, ink = live.page.locator("#phone mark").first.evaluate(
        "mark => [getComputedStyle(mark).backgroundColor, getComputedStyle(mark).color]"
    )
    assert ground != ink


def test_it_is_the_same_in_french(opened: Callable[..., Live]) -> None:
    structure = """() => [...document.querySelectorAll("body *")]
        .filter(e => !e.closest("#data, bdi, #about"))
        .map(e => e.tagName + (e.id ? "#" + e.id : "")).join(" ")"""
    english, french = opened(), opened(locale="fr-CA")
    for live in (english, french):
        live.write(TEXT, "smsmode", commercial=True, price="1234.5", currency="EUR", recipients="2")
    assert french.page.evaluate("document.documentElement.lang") == "fr"
    assert french.page.evaluate(structure) == english.page.evaluate(structure)
    plan = septet.plan(TEXT, "smsmode", commercial=True)
    assert plan.drawing("fr")["verdict"] in french.words("#verdict")
    assert french.words("#cost").replace("\u202f", " ").replace("\u00a0", " ") == "1 234,5 €"
    # No word is left in the other language.
    words = """() => [...document.querySelectorAll("h1, h2, label, legend, th, dt, button, summary")]
        .filter(e => !e.closest("bdi, tbody") && !e.querySelector("bdi")).map(e => e.textContent.trim())"""
    both = set(english.page.evaluate(words)) & set(french.page.evaluate(words))
    assert both <= {"", "Message", "Segments", "Options", "Marketing", "Mention", "Note", "Export"}
    # The switch wins over the browser, and takes along what is written.
    french.page.click("#switch")
    french.page.wait_for_selector("html[lang=en][data-answered]")
    french.settle()
    assert french.page.evaluate("document.getElementById('text').value") == TEXT
    assert french.words("#cost") == english.words("#cost")


def test_a_server_with_a_token_is_asked_with_it(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("other\nright\n")
    with served("--token-file", str(tmp_path / "tokens")) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        for token in ("wrong", "right"):
            page.wait_for_selector("#token-dialog[open]")
            assert faults(page) == []
            page.fill("#token", token)
            page.keyboard.press("Enter")
            page.wait_for_timeout(300)
        page.wait_for_selector("html[data-answered]")
        assert page.locator("#token-dialog[open]").count() == 0
        assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        context.close()


def test_the_picture_of_the_readme(opened: Callable[..., Live]) -> None:
    """Makes it anew, where SEPTET_SCREENSHOTS names a folder; the one in docs/ has fewer colours."""
    live = opened(viewport={"width": 1040, "height": 470})
    text = "Ça y est : -20 % sur tout jusqu’à dimanche ! Votre reçu vous offre 10 € dès 50 € d’achat."
    live.write(text, "smspartner", commercial=True, price="0.038", currency="EUR", recipients="12000")
    live.page.evaluate(
        "document.getElementById('options').open = false; document.activeElement.blur(); scrollTo(0, 0)"
    )
    assert live.words("#cost") == "0.038 EUR"
    picture = live.page.screenshot(clip={"x": 0, "y": 0, "width": 1040, "height": 400})
    kept = DOCS / "live.png"
    assert picture[16:24] == kept.read_bytes()[16:24]  # as wide and as high
    assert kept.stat().st_size < 30_000
    if folder := os.environ.get("SEPTET_SCREENSHOTS"):
        (Path(folder) / "live.png").write_bytes(picture)
