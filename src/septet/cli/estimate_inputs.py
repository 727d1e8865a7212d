"""What an estimate reads: its files, and the text of its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from septet.files.delimiters import meant_by
from septet.wording.messages import said
from septet.wording.speaking import spoken

from .input import STANDARD_INPUT, UsageError, message_text
from .stream import standard_input

if TYPE_CHECKING:
    from septet.campaign.rows.sources import Source
    from septet.templates.templates import Template

#: The column of the messages, where none is named.
COLUMN = "message"
# The form of the input; the file of rejects has another form.
_WRITTEN = ("format", "sheet", "file_encoding", "header_line", "no_header")


def template_text(given: Mapping[str, Any]) -> str | None:
    """The template, as given or from a file; None without one. Raises `UsageError`."""
    file = given["template_file"]
    if file is None:
        return given["template"]  # type: ignore[no-any-return]
    if given["template"] is not None:
        raise UsageError("--template and --template-file are both given: expected one of them")
    if file == STANDARD_INPUT and STANDARD_INPUT in (given["file"] or ()):
        raise UsageError("FILE and --template-file are both standard input: expected a file for one")
    return message_text(None, file)


def how_written(given: Mapping[str, Any]) -> list[str]:
    """The given options about the form of the input."""
    return [f"--{name.replace('_', '-')}" for name in _WRITTEN if given[name]]


def name_of_input(given: Mapping[str, Any]) -> str:
    """The name of the files together."""
    from septet.campaign.rows.several import names_of

    files = given["file"]
    return spoken(said("standard input")) if files == [STANDARD_INPUT] else names_of(files)


@contextmanager
def opened_input(given: Mapping[str, Any], template: Template | None) -> Iterator[Source]:
    """The file to read, opened."""
    from septet.campaign.rows.sources import open_source

    needed = [given["column"] or COLUMN] if template is None else list(template.fields)
    needed += [given["recipient"]] if given["recipient"] is not None else []
    delimiter = given["delimiter"]
    with ExitStack() as stack:
        files = given["file"]
        is_stream = files == [STANDARD_INPUT]
        paths = [Path(name) for name in files]
        source = open_source(
            stack.enter_context(standard_input()) if is_stream else files[0] if len(files) == 1 else paths,
            format=given["format"],
            delimiter=None if delimiter is None else meant_by(delimiter),
            file_encoding=given["file_encoding"],
            columns=tuple(needed),
            header_line=0 if given["no_header"] else given["header_line"],
            sheet=given["sheet"],
        )
        yield stack.enter_context(source)
