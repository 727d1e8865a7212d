"""The page without a server, in a real browser: Pyodide answers, offline, and as CPython does.

npm fetches Pyodide, as it does for `septet page`; SEPTET_PYODIDE names its package if it is there already,
SEPTET_TEXTS_IN_BROWSER is how many texts are compared.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import random
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import launched
from live_pages import TEXT, Live, faults

import septet
from septet.advice import transliteration
from septet.serve.answers import Answers
from septet.serve.page_answers import curl, report

TEXTS = int(os.environ.get("SEPTET_TEXTS_IN_BROWSER", "2000"))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Only files, as any web server has them."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 (as the class that it is of has it)
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as `septet page` writes it."""
    found = tmp_path_factory.mktemp("page")
    package = os.environ.get("SEPTET_PYODIDE")
    options = ["--pyodide", package] if package else []
    done = subprocess.run(
        [sys.executable, "-m", "septet", "page", str(found), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return found


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def live(browser: Any, address: str) -> Iterator[Live]:
    """One page for all tests: each start of a Python takes seconds."""
    found = Live(browser, address)
    yield found
    found.context.close()


def ask(live: Live, route: str, bodies: list[dict[str, Any]]) -> list[Any]:
    """The answers of the page's own engine."""
    return json.loads(
        live.page.evaluate(
            """async ([route, bodies]) => {
                const page = document.querySelector("script[type=module]").src;
                const { ask } = await import(new URL("local.js", page).href);
                const answers = [];
                for (const body of JSON.parse(bodies)) {
                    answers.push(await ask(route, body).catch(failure => ({ refused: failure.details })));
                }
                return JSON.stringify(answers);
            }""",
            [route, json.dumps(bodies)],
        )
    )


def test_it_answers_without_a_network(live: Live) -> None:
    live.write(TEXT, "smsmode", commercial=True, price="0.045")
    plan = septet.plan(TEXT, "smsmode", commercial=True)
    assert live.words("#billed") == str(plan.billed_segments)
    live.page.wait_for_selector("#ways li", timeout=300_000)
    live.page.wait_for_selector("#compared tr", timeout=300_000)
    before = len(live.requests)
    live.context.set_offline(True)
    try:
        live.write("é" * 200 + "ж", "gsm")
        assert live.words("#billed") == str(septet.count("é" * 200 + "ж"))
        text = "Votre reçu : jusqu’à -20 % sur tout le magasin et 10 € offerts dès 50 € d’achat !"
        live.page.fill("#text", text)
        best = septet.advise(text, "gsm", commercial=True)[0].text
        live.page.locator("#ways .written", has_text=best).first.wait_for(timeout=300_000)
        assert live.page.locator("#compared tr").count() == 11
    finally:
        live.context.set_offline(False)
    assert [request.url for request in live.requests[before:]] == []
    live.is_quiet()
    assert faults(live.page) == []


def test_its_policy_lets_nothing_else_in(live: Live) -> None:
    policy = live.page.locator("meta[http-equiv]").get_attribute("content")
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "unsafe-inline" not in policy
    fetched = "fetch('https://example.invalid/').then(() => 'fetched', error => error.name)"
    assert live.page.evaluate(f"() => {fetched}") == "TypeError"
    assert any("Content Security Policy" in said for said in live.said)
    live.said.clear()


@pytest.mark.skipif(TEXTS < 2000, reason="it takes minutes: by hand, with all texts")
def test_it_starts_in_little_more_than_its_python_alone(browser: Any, folder: Path, address: str) -> None:
    """docs/page.md has the figures; no test fails because of a time."""
    (folder / "only.mjs").write_text(
        'import { loadPyodide } from "./pyodide/pyodide.mjs";\n'
        'await loadPyodide({ indexURL: new URL("./pyodide/", import.meta.url).href });\n'
        "postMessage(1);\n"
    )
    (folder / "only.js").write_text(
        'new Worker("only.mjs", { type: "module" }).onmessage = () => {\n'
        "  document.documentElement.dataset.answered = 1;\n};\n"
    )
    (folder / "only.html").write_text(
        "<!DOCTYPE html><title>x</title><script type=module src=only.js></script>"
    )
    took: dict[str, list[float]] = {"only.html": [], "index.html": []}
    for _ in range(3):
        for name, times in took.items():
            context = browser.new_context()
            page = context.new_page()
            began = time.perf_counter()
            page.goto(address + name)
            page.wait_for_selector("html[data-answered]", timeout=300_000)
            times.append(time.perf_counter() - began)
            context.close()
    alone, whole = min(took["only.html"]), min(took["index.html"])
    print(f"\nfirst answer after {whole:.1f} s, {whole / alone:.2f} times its Python alone ({alone:.1f} s)")
    assert whole > 0


# Runs that a text is made of: what Unicode 14 has, which all engines know.
BLOCKS = (
    *((0x20, 0x7E), (0x20, 0x7E), (0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x24F), (0x300, 0x36F), (0x370, 0x3FF)),
    *((0x400, 0x45F), (0x5D0, 0x5EA), (0x620, 0x64A), (0x904, 0x94D), (0xB95, 0xBCD), (0xE01, 0xE4D)),
    *(
        (0x1100, 0x11FF),
        (0xAC00, 0xAC80),
        (0x2000, 0x206F),
        (0x20A0, 0x20BF),
        (0x2190, 0x2BFF),
        (0x3041, 0x30FF),
    ),
    *(
        (0x4E00, 0x4FFF),
        (0xFE00, 0xFE0F),
        (0xFF01, 0xFF5E),
        (0x1F300, 0x1F6D7),
        (0x1F1E6, 0x1F1FF),
        (0x1F3FB, 0x1F3FF),
    ),
    *((0x1F900, 0x1F9FF), (0xE000, 0xE010), (0x1D400, 0x1D454), (0, 0x1F), (0x660, 0x669)),
)
PIECES = (
    *(
        "l’été",
        "10 €",
        "\r\n",
        "\n",
        " STOP 36034",
        "stop au 36111",
        "https://ex.fr/a?b=c",
        "www.ex.fr/é",
        "a@b.fr",
    ),
    *("👨\u200d👩\u200d👧\u200d👦", "👍🏽", "🇫🇷🇧🇪", "1️⃣", "é", "क्षि", "ไม้", "한국", "각", "{prenom}", "%%x%%"),
    *(
        "06 12 34 56 78",
        "12,50 €",
        "Ã©tÃ©",
        "&nbsp;",
        "<b>",
        "🏳️\u200d🌈",
        "ﬁ",
        "…",
        "« oui »",
        "\u200b",
        "\ufeff",
    ),
)


def texts(seed: int, number: int) -> Iterator[str]:
    """Texts of all kinds, short and long, of one script and of several."""
    draw = random.Random(seed)
    for _ in range(number):
        blocks = draw.sample(BLOCKS, draw.choice((1, 1, 2, 4)))
        parts = []
        for _ in range(draw.choice((1, 4, 12, 40, 90))):
            if draw.random() < 0.25:
                parts.append(draw.choice(PIECES))
                continue
            first, last = draw.choice(blocks)
            run = (chr(draw.randint(first, last)) for _ in range(draw.choice((1, 1, 3, 8))))
            parts += [c for c in run if unicodedata.category(c) != "Cn"]
        yield "".join(parts)


ASKED = (
    {"profile": "gsm"},
    {"profile": "gsm", "truncate": True, "max_segments": 2},
    {"profile": "gsm", "truncate": "words", "max_segments": 1},
    {"profile": "gsm", "language": ["tr", "hi"]},
    {"profile": "smsmode", "commercial": True, "price": "0.045", "recipients_count": 12},
    {"profile": "smspartner", "commercial": True},
    {"profile": "encom", "commercial": True},
    {"profile": "twilio"},
    {"profile": "octopush", "encoding": "gsm7"},
    {"profile": "infobip", "language": "auto"},
)


@pytest.fixture
def without_unidecode(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An extra that no browser has."""
    monkeypatch.setattr(transliteration, "_unidecode", lambda: None)
    transliteration.by_sound.cache_clear()
    yield
    transliteration.by_sound.cache_clear()


def compared(live: Live, route: str, bodies: list[dict[str, Any]], answer: Callable[..., Any]) -> None:
    """Sends the same requests to the browser and to CPython."""
    for first in range(0, len(bodies), 250):
        some = bodies[first : first + 250]
        expected = [json.loads(json.dumps(answer(body))) for body in some]
        for body, found, wanted in zip(some, ask(live, route, some), expected, strict=True):
            assert found == wanted, (route, body)


def test_it_answers_as_a_server_does(live: Live, without_unidecode: None) -> None:
    answers = Answers()
    draw = random.Random(22)
    bodies = [
        {**draw.choice(ASKED), "text": text, "lang": draw.choice(("en", "fr")), "places": "utf-16"}
        for text in texts(22, TEXTS)
    ]
    compared(live, "preview", bodies, answers.preview)
    without_people = [{k: v for k, v in body.items() if k != "recipients_count"} for body in bodies]
    some = without_people[: max(40, TEXTS // 20)]
    compared(live, "plan", some, answers.plan)
    compared(live, "advise", some, answers.advise)
    few = some[:10]
    compared(
        live,
        "compare",
        [{"text": body["text"], "prices": {"twilio": "0.0079"}, "lang": body["lang"]} for body in few],
        answers.compare,
    )
    # How signs are put together on it, a package says that a browser lacks; the words are the same.
    plain = [{**body, "text": f"{TEXT} {place}"} for place, body in enumerate(few)]
    compared(live, "report", plain, functools.partial(report, answers))
    # A browser has neither time zones nor numbering plans of Python's: a vendor without quiet hours, and no
    # number, which both miss alike.
    sent = [{"profile": "octopush", "text": body["text"], "lang": body["lang"]} for body in few]
    compared(live, "curl", sent, functools.partial(curl, answers))
    fields = {"prenom": {"least": 1, "most": 20}}
    templates = [
        {"template": f"{text[:60].translate(BRACES)} {{prenom}}", "profile": "gsm", "fields": fields}
        for text in texts(7, 20)
    ]
    compared(live, "bounds", templates, answers.bounds)


BRACES = str.maketrans("{}%", "()_")


def test_it_refuses_as_a_server_does(live: Live) -> None:
    too_long, unknown, wrong = ask(
        live,
        "preview",
        [
            {"text": "a" * 20_000},
            {"text": "a", "profile": "nobody"},
            {"text": "a", "profile": "smsmode", "max_segments": 9},
        ],
    )
    assert too_long["refused"]["type"] == "urn:septet:problem:too-long"
    assert unknown["refused"]["type"] == "urn:septet:problem:unknown-profile"
    assert wrong["refused"]["errors"][0]["pointer"] == "/max_segments"


def test_the_other_language_goes_on_with_the_text(live: Live) -> None:
    live.write(TEXT, "smsmode", commercial=True)
    live.page.click("#switch")
    live.page.wait_for_selector("html[lang=fr][data-answered]", timeout=300_000)
    assert live.page.url.partition("#")[0].endswith("/fr.html")
    live.settle()
    assert live.page.evaluate("document.getElementById('text').value") == TEXT
    assert septet.plan(TEXT, "smsmode", commercial=True).drawing("fr")["verdict"] in live.words("#verdict")
    live.is_quiet()
