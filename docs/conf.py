"""How the site is built of these pages: `make docs`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from septet.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGES = Path(__file__).resolve().parent
REPOSITORY = PAGES.parent

project = "septet"
author = "the septet developers"
version = release = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["examples", "clients"]

myst_heading_anchors = 4
# Single backticks in docstrings hold code, as they do in the pages.
default_role = "code"
# Shapes of CSV and the like have no lexer.
suppress_warnings = ["misc.highlighting_failure"]

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_class_signature = "separated"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 88
add_module_names = False

# Its scripts, styles and signs are its own: no page asks another host for anything.
html_theme = "furo"
html_title = f"septet {__version__}"
html_static_path: list[str] = []
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False

#: Files of the repository that are pages here, each in the place of a page that only leads to it.
SHOWN = {"tables/README.md": "vendor-files.md", "CHANGELOG.md": "changelog.md"}
#: What else has a page that says the same.
INSTEAD = SHOWN | {"README.md": "index.md"}


def _as_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Shows files of the repository as pages, and leads links to files to where the site has them."""
    page = f"{docname}.md"
    shown = next((REPOSITORY / file for file, place in SHOWN.items() if place == page), None)
    text = source[0] if shown is None else shown.read_text("utf-8")
    here = (PAGES / page if shown is None else shown).parent

    def led(link: re.Match[str]) -> str:
        words, target, anchor = link.group(1), link.group(2), link.group(3) or ""
        path = (here / target).resolve()
        name = path.relative_to(REPOSITORY).as_posix() if path.is_relative_to(REPOSITORY) else ""
        if name in INSTEAD:
            path = PAGES / INSTEAD[name]
        elif not path.is_relative_to(PAGES) and (path.is_dir() or path.suffix == ".md"):
            # It is read in the repository: nothing here shows it.
            return f"{words} (`{name}`)"
        return f"[{words}]({os.path.relpath(path, (PAGES / page).parent)}{anchor})"

    source[0] = re.sub(r"\[([^\]\[]+)\]\((?!\w+:)([^)#\s]+)(#[^)]*)?\)", led, text)


def setup(app: Sphinx) -> None:
    """What is done to each page before it is read."""
    app.connect("source-read", _as_page)
