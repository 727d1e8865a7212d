"""How long after a key does the live page show what the text comes to, beyond a page that asks nothing?

For `serve_load.py`; needs playwright and a Chromium (SEPTET_CHROMIUM names it if it is not found).
"""

from __future__ import annotations

import os
import shutil
import statistics
from typing import Any

#: Characters that are there already, and keys pressed then, each after the answer to the last one.
BEFORE, KEYS = 300, 200

_WORDS = "Votre colis est arrivé ; venez le chercher jusqu’à samedi, 10 € offerts. "

# The same text box, which shows how many characters it holds.
_EMPTY = """<!doctype html><html><title>empty</title><textarea id="text"></textarea><p id="count"></p>
<script>
  const text = document.getElementById("text"), html = document.documentElement;
  text.addEventListener("input", () => {
    document.getElementById("count").textContent = text.value.length;
    html.dataset.answered = Number(html.dataset.answered ?? 0) + 1;
  });
</script></html>"""

# From the key to the end of the frame that shows its answer.
_WATCH = """() => {
  window.took = [];
  let pressed = null;
  document.addEventListener("keydown", event => { pressed = event.timeStamp; }, true);
  new MutationObserver(() => {
    const from = pressed;
    if (from === null) return;
    pressed = null;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.took.push(performance.now() - from);
      channel.port2.postMessage(null);
    });
  }).observe(document.documentElement, { attributeFilter: ["data-answered"] });
}"""


def slowest_keys(url: str) -> tuple[float, float]:
    """The slowest twentieth of keys, in milliseconds: in a page that asks nothing, and in the live one."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("SEPTET_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            empty, live = browser.new_page(), browser.new_page()
            empty.set_content(_EMPTY)
            live.goto(url)
            live.wait_for_selector("html[data-answered]")
            return _slowest(empty), _slowest(live)
        finally:
            browser.close()


def _slowest(page: Any) -> float:
    page.bring_to_front()
    page.fill("#text", (_WORDS * BEFORE)[:BEFORE])
    page.wait_for_timeout(2000)
    page.evaluate(_WATCH)
    page.focus("#text")
    page.keyboard.press("Control+End")
    page.wait_for_timeout(100)
    page.evaluate("window.took = []")
    for number, letter in enumerate((_WORDS * KEYS)[:KEYS], 1):
        page.keyboard.press("Space" if letter == " " else letter if letter.isascii() else "e")
        page.wait_for_function("number => window.took.length >= number", arg=number)
    return statistics.quantiles(page.evaluate("window.took"), n=20)[-1]
