"""A headless Chromium for tests of pages. SEPTET_CHROMIUM names it if it is not one of `BROWSERS`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@contextmanager
def launched() -> Iterator[Any]:
    """A running browser, as a context."""
    path = os.environ.get("SEPTET_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("no Chromium is installed (apt-get install chromium), or SEPTET_CHROMIUM=/path/to/it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        found = started.chromium.launch(executable_path=path, args=list(FLAGS))
        yield found
        found.close()


# The contrast of all visible text with its background, WCAG 2.1, 1.4.3.
CONTRAST = """() => {
  const parse = colour => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return [...parts.slice(0, 3), parts.length > 3 ? parts[3] : 1];
  };
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const linear = v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const behind = element => {
    const all = [];
    for (let e = element; e; e = e.parentElement) all.push(parse(getComputedStyle(e).backgroundColor));
    return all.reverse().reduce((under, colour) => over(colour, under), [255, 255, 255, 1]);
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walk.nextNode();) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || !parent.getClientRects().length) continue;
    for (const pseudo of [null, ...(parent.dataset?.sign ? ['::after'] : [])]) {
      const style = getComputedStyle(parent, pseudo);
      const ground = behind(parent);
      const ink = over(parse(parent.ownerSVGElement ? style.fill : style.color), ground);
      const [bright, dim] = [light(ink), light(ground)].sort((x, y) => y - x);
      found.push([(bright + .05) / (dim + .05), parent.outerHTML.slice(0, 60), node.textContent.slice(0, 9)]);
    }
  }
  return found.sort((x, y) => x[0] - y[0]);
}"""
