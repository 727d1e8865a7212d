"""Parts of an SMS for a browser or an app: the last line with a host and a code, and an app's hash."""

from __future__ import annotations

import re

from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# "Origin-bound one-time codes" (WICG): the last line is `@host #code`, with a frame's host after it.
_HOST_AND_CODE = re.compile(r"@[^\s@#%]+ [#%][^\s@#%]+(?: [@%][^\s@#%]+)?")
# SMS Retriever (Android): the message begins with `<#>` or two U+200B and ends with eleven signs.
_HASH_COMES = re.compile(r"(?:<#>|\u200b\u200b)")
_HASH = re.compile(r"(?<![A-Za-z\d+/])[A-Za-z\d+/]{11}\Z")


def machine_lines(text: str) -> Iterator[Thing]:
    """The last line, if it binds a code to a host."""
    end = len(text.rstrip())
    start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
    if text.startswith("@", start) and _HOST_AND_CODE.fullmatch(text, start, end):
        yield Thing("machine-line", start, end)


def app_hashes(text: str) -> Iterator[Thing]:
    """The hash by which an app recognises its message, and the signs at the beginning that announce it."""
    announced = _HASH_COMES.match(text)
    end = len(text.rstrip())
    if announced and (found := _HASH.search(text[:end], max(0, end - 12))):
        yield Thing("app-hash", *announced.span())
        yield Thing("app-hash", *found.span())
