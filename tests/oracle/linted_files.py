"""Files of messages in the making, for what lints them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from septet.lint.checking import check
from septet.lint.reports import LintReport

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: fr\\n"\n\n'


def catalogue(path: Path, *entries: tuple[str, ...]) -> Path:
    """A catalogue of gettext: of each entry the source, the translation and lines of comments before it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = HEADER
    for source, translation, *comments in entries:
        text += "".join(f"{comment}\n" for comment in comments)
        text += f'msgid "{source}"\nmsgstr "{translation}"\n\n'
    path.write_text(text, "utf-8")
    return path


def told(path: Path | Sequence[Path], **config: Any) -> dict[str, list[str]]:
    """The rules that are reported for each entry, by its key."""
    found: dict[str, list[str]] = {}
    for finding in report(path, **config).findings:
        found.setdefault(finding.key, []).append(finding.rule)
    return found


def report(path: Path | Sequence[Path], **config: Any) -> LintReport:
    """The report on files, with settings by their names."""
    return check(path, config)
