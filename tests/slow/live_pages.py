"""The live page in a browser: a server that is started for it, and all that the page does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

#: With characters of every kind to show: changed, lost, expensive and forcing ones, an emoji before others.
TEXT = "😀 Ça y est : -20 % jusqu’à dimanche ! Votre reçu vous offre 10 € dès 50 €."


@contextmanager
def served(*options: str) -> Iterator[str]:
    """The address of a separate service, as a context."""
    process = subprocess.Popen(
        [sys.executable, "-m", "septet", "serve", "--port", "0", "--no-access-log", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://" in line, line
        address = line[line.index("http://") :].split()[0].rstrip("/") + "/"
        _wait_for(address + "readyz")
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(address, timeout=10):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


class Live:
    """An opened page, with its requests and messages."""

    def __init__(self, browser: Any, address: str, **context: Any) -> None:
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **context}
        self.context = browser.new_context(**options)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.requests: list[Any] = []
        self.said: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request))
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append("a dialog"), dialog.dismiss()))
        self.page.on("popup", lambda _: self.said.append("a window"))
        self.address = address
        self.page.goto(address)
        self.page.wait_for_selector("html[data-answered]", timeout=300_000)

    @property
    def answered(self) -> int:
        """How many answers were painted."""
        return int(self.page.evaluate("document.documentElement.dataset.answered ?? 0"))

    def asked(self, route: str) -> list[dict[str, Any]]:
        """The bodies of the requests of a route."""
        return [
            json.loads(request.post_data)
            for request in self.requests
            if urlsplit(request.url).path.endswith("/v1/" + route) and request.post_data
        ]

    def write(self, text: str, profile: str | None = None, **controls: str | bool) -> None:
        """Chooses and writes, and waits for the answer to everything."""
        page = self.page
        page.evaluate("document.getElementById('options').open = true")
        if profile is not None:
            page.select_option("#profile", profile)
        for name, value in controls.items():
            control = page.locator("#" + name)
            if isinstance(value, bool):
                control.set_checked(value)
            elif control.evaluate("control => control.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)
        page.fill("#text", text)
        self.settle()

    def settle(self) -> None:
        """Waits until no request is open, later ones included."""
        self.page.wait_for_selector("html:not([data-asking]):not([data-later])", timeout=300_000)

    def words(self, selector: str) -> str:
        """The visible part of an element."""
        return str(self.page.locator(selector).inner_text())

    def is_quiet(self) -> None:
        """Whether the page only sent requests to its own server."""
        here = urlsplit(self.address).netloc
        others = {request.url for request in self.requests if urlsplit(request.url).netloc != here}
        assert {url for url in others if not url.startswith(("data:", "blob:"))} == set()
        assert self.said == []


def faults(page: Any) -> list[str]:
    """What axe-core finds: the rules of WCAG 2.2 AA, and those that it calls best practice."""
    if not page.evaluate("'axe' in window"):
        # Injected by the browser itself: the page's policy allows no script.
        page.evaluate(AXE.read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        "tags => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })",
        tags,
    )
    return [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
