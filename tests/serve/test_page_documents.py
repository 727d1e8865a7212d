"""The live page as it is handed out: its documents, files and languages, and the folder without a server."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
import regex
from serving import Service
from typer.testing import CliRunner

import septet
from septet.cli.app import app
from septet.gsm import unicode_text
from septet.serve.answers import Answers
from septet.serve.pages import in_browser
from septet.serve.pages.assets import assets, contents
from septet.serve.pages.document import POLICY, SERVER, WORKER, document, language_asked
from septet.serve.pages.folder import FILES, BuildError, wheel, write
from septet.wording.languages import LANGUAGES
from septet.wording.problems import SEVERITY_NAMES

SCRIPTS = {name: content.decode() for name, content in contents().items() if name.endswith(".js")}


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


@pytest.mark.parametrize(
    ("query", "header", "lang"),
    [
        (None, None, "en"),
        (None, "fr", "fr"),
        (None, "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        (None, "de-DE,de;q=0.9,en;q=0.5,fr;q=0.3", "en"),
        (None, "de,fr;q=0.1", "fr"),
        (None, "en;q=0.5,fr;q=0.6", "fr"),
        (None, "fr;q=0", "en"),
        (None, "fr;q=2, fr;q=x, *", "en"),
        (None, "*", "en"),
        (None, ",;,=", "en"),
        (None, "frr,fro;q=0.9", "en"),
        (None, "FR-fr", "fr"),
        ("fr", "en", "fr"),
        ("en", "fr", "en"),
        ("de", "fr", "fr"),
        ("", None, "en"),
    ],
)
def test_the_language_is_the_one_that_is_asked_for(query: str | None, header: str | None, lang: str) -> None:
    assert language_asked(query, header) == lang


def test_the_page_is_answered_in_the_language_of_the_request(service: Service) -> None:
    for headers, query, lang in (
        ({}, "", "en"),
        ({"Accept-Language": "fr-FR,en;q=0.2"}, "", "fr"),
        ({"Accept-Language": "fr"}, "?lang=en", "en"),
        ({}, "?lang=fr", "fr"),
        ({}, "?lang=<script>", "en"),
    ):
        answer = service.ask("GET", "/" + query, headers=headers)
        assert answer.status_code == 200
        assert f'<html lang="{lang}"' in answer.text
        assert answer.headers["content-language"] == lang
        assert answer.headers["vary"] == "Accept-Language"
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
        again = service.ask("GET", "/" + query, headers={**headers, "If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_its_files_are_kept_for_ever(service: Service) -> None:
    page = service.ask("GET", "/").text
    named = set(re.findall(r'(?:href|src)="(static/[^"]+)"', page))
    assert {name.rpartition("/")[2] for name in named} == {"page.css", "live.css", "page.js"}
    for path, (content, kind) in assets().items():
        answer = service.ask("GET", f"/static/{path}")
        assert answer.content == content
        assert answer.headers["content-type"] == kind
        assert "immutable" in answer.headers["cache-control"]
    for path in ("page.js", "x/page.js", "..%2Fdocument.py", ""):
        assert service.ask("GET", f"/static/{path}").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_light(lang: str) -> None:
    files = [content for name, content in contents().items() if name not in ("local.js", "worker.js")]
    assert sum(len(gzip.compress(content)) for content in (document(lang).encode(), *files)) <= 25_000


def test_its_scripts_find_what_they_name() -> None:
    for engine in (SERVER, WORKER):
        page = document("en", engine)
        ids = set(re.findall(r'id="([^"]+)"', page))
        data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
        asked = {
            name: set(re.findall(r'\bby\("([a-z-]+)"\)', script))
            for name, script in SCRIPTS.items()
            if not (engine == WORKER and name == "server.js")
        }
        assert sum(map(len, asked.values())) > 60
        assert {name: found - ids for name, found in asked.items() if found - ids} == {}
    said = "".join(SCRIPTS.values())
    words = data["words"]
    assert set(re.findall(r'\bsay\("([a-z_]+)"', said)) <= set(words)
    unsaid = {word for word in words if not re.search(rf"\b{word}\b", said)}
    assert unsaid <= SEVERITY_NAMES.keys()  # which a sentence brings along
    # A sentence names in braces what its script puts there.
    for lang in LANGUAGES:
        page = document(lang)
        others = json.loads(page.partition('id="data">')[2].partition("</script>")[0])["words"]
        assert others.keys() == words.keys()
        for name, sentence in others.items():
            assert sorted(re.findall(r"\{\w+\}", sentence)) == sorted(re.findall(r"\{\w+\}", words[name])), (
                name
            )


def test_its_scripts_write_no_markup_and_keep_nothing() -> None:
    for name, script in SCRIPTS.items():
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert word not in script, name
        for word in ("localStorage", "sessionStorage", "cookie", "indexedDB", "sendBeacon", "console."):
            assert word not in script, name
        assert not re.search(r"https?://", script), name


def test_what_vendors_are_called_is_no_markup() -> None:
    page = document("en", profiles={"</script><b>": septet.profile("gsm")})
    assert "</script><b>" not in page
    assert page.count("</script>") == 2


def test_the_policy_of_the_page_without_a_server_stands_in_it() -> None:
    assert "script-src 'self' 'wasm-unsafe-eval'" in POLICY
    assert "unsafe-inline" not in POLICY
    assert f'content="{POLICY}"' in document("en", WORKER).replace("&#x27;", "'").replace("&#39;", "'")
    assert "Content-Security-Policy" not in document("en", SERVER)


class Characters:
    """What the worker offers to Python, by the package `regex`."""

    def __init__(self) -> None:
        self.held = ""
        self.patterns: list[Any] = []

    def hold(self, text: str) -> None:
        self.held = text

    def ends(self) -> list[int]:
        return [match.end() for match in regex.finditer(r"\X", self.held)]

    def compile(self, pattern: str, any_case: bool) -> int:
        self.patterns.append(regex.compile(pattern, regex.IGNORECASE if any_case else 0))
        return len(self.patterns) - 1

    def search(self, number: int, start: int, end: int) -> tuple[int, ...]:
        found = self.patterns[number].search(self.held, start, end)
        return found.span() if found else ()


def test_the_worker_answers_in_json() -> None:
    before = unicode_text._engine
    try:
        answer = in_browser.start(Characters())
        texts = (
            "Soldes STOP 36034",
            "👨\u200d👩\u200d👧 " * 30,
            "e\u0301" * 80,
            "https://ex.fr/a🎉b",
            "reçu jusqu’à",
        )
        bodies = [{"text": text, "profile": "smsmode", "commercial": True} for text in texts]
        told = [
            json.loads(answer(route, json.dumps(body))) for route in ("preview", "advise") for body in bodies
        ]
        refused = json.loads(answer("preview", json.dumps({"text": "a" * 10_001})))
        wrong = json.loads(answer("plan", json.dumps({"text": "a", "profile": "smsmode", "max_segments": 9})))
        nobody = json.loads(answer("plan", json.dumps({"text": "a", "profile": "no"})))
    finally:
        unicode_text.use(before)
    answers = Answers()
    expected = [getattr(answers, route)(body) for route in ("preview", "advise") for body in bodies]
    assert [one["answer"] for one in told] == json.loads(json.dumps(expected))
    assert refused["refused"]["type"] == "urn:septet:problem:too-long"
    assert wrong["refused"]["errors"][0]["pointer"] == "/max_segments"
    assert nobody["refused"]["type"] == "urn:septet:problem:unknown-profile"


def test_the_wheel_of_the_browser_needs_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "septet.whl"
    path.write_bytes(wheel())
    assert path.read_bytes() == wheel()
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert not [
        name for name in names if name.startswith(("septet/cli/", "septet/campaign/")) or ".so" in name
    ]
    script = """
import sys
sys.path[:0] = [sys.argv[1]]
from septet.serve.pages.in_browser import start
class Characters:
    def hold(self, text): pass
    def ends(self): return []
    def compile(self, pattern, any_case): return 0
    def search(self, number, start, end): return []
answer = start(Characters())
for route in ("preview", "plan", "advise", "compare", "report", "curl"):
    assert answer(route, '{"text": "Bonjour, 10 €", "lang": "fr"}').startswith('{"answer"'), route
template = '{"template": "{a} b", "fields": {"a": {"least": 1, "most": 9}}}'
assert answer("bounds", template).startswith('{"answer"')
import septet
assert septet.__file__.startswith(sys.argv[1]) and septet.KERNEL != "cython"
"""
    # Nothing but the standard library: no site-packages.
    command = [sys.executable, "-I", "-S", "-c", script, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_another_package_than_the_one_that_is_pinned_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "pyodide.tgz"
    with tarfile.open(other, "w:gz") as archive:
        for name in FILES:
            held = tarfile.TarInfo(f"package/{name}")
            held.size = 4
            archive.addfile(held, io.BytesIO(b"evil"))
    empty = tmp_path / "empty.tgz"
    with tarfile.open(empty, "w:gz"):
        pass
    text = tmp_path / "text.tgz"
    text.write_text("no archive")
    for package, words in ((other, "SHA-256"), (empty, "expected the package"), (text, "a .tgz")):
        with pytest.raises(BuildError, match=words):
            write(tmp_path / "page", package)
        result = CliRunner().invoke(app, ["page", str(tmp_path / "page"), "--pyodide", str(package)])
        assert result.exit_code == 2
        assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "page").exists()
    missing = CliRunner().invoke(
        app, ["page", str(tmp_path / "page"), "--pyodide", str(tmp_path / "none.tgz")]
    )
    assert missing.exit_code == 2
    occupied = CliRunner().invoke(app, ["page", str(text)])
    assert occupied.exit_code == 2
    assert "expected a folder" in occupied.stderr
