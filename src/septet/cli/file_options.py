"""The options about how to read a file of rows, where detection is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from . import completion

_FORMATS = ("csv", "ndjson", "parquet", "xlsx", "ods", "xls")

Format = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(_FORMATS),
        autocompletion=completion.one_of(*_FORMATS),
        help="The format of the file, if its name does not show it.",
    ),
]
Sheet = Annotated[
    str | None, typer.Option(metavar="NAME", help="The sheet of a spreadsheet, by its name or its number.")
]
Delimiter = Annotated[
    str | None, typer.Option(metavar="CHARACTER", help="The delimiter of CSV: ; or , or tab.")
]
RowsEncoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="The encoding of the file; detected if not given.")
]
HeaderLine = Annotated[
    int | None,
    typer.Option(metavar="N", min=0, help="The line with the names of the columns; lines above are skipped."),
]
NoHeader = Annotated[
    bool, typer.Option("--no-header", help="There is no header: the columns are 1, 2, 3 and so on.")
]
