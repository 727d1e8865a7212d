"""The hint that a text is the name of a file, whose content may have been meant."""

from __future__ import annotations

import os
import re

from septet.wording.messages import said

from . import output

# A text that may be the name of a file: one line with an extension, or with a folder before the name.
_FILE_NAME = re.compile(r"[^\r\n]+\.[A-Za-z0-9]{1,8}|[^\r\n]*/[^\r\n]+")
_LONGEST_NAME = 255


def hint_of_file(text: str | None) -> None:
    """Notes on standard error that a text is the name of an existing file."""
    if text is None or len(text) > _LONGEST_NAME or not _FILE_NAME.fullmatch(text):
        return
    try:
        found = os.path.isfile(text)
    except ValueError:  # a NUL, which no name has
        return
    if found:
        name = f'"{text}"' if " " in text else text
        words = said("note: the text is the name of a file; to read the file, use --file %(name)s", name=name)
        output.write_error(words + "\n")
