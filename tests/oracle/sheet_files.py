"""Files of spreadsheets for tests, written by other libraries than the one under test, if there are any."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape


class SheetError(str):
    """A cell that holds an error, such as ``#N/A``."""


def xlsx(rows: Sequence[Sequence[Any]], sheet: str = "Clients", **more: Sequence[Sequence[Any]]) -> bytes:
    """A workbook by XlsxWriter, which keeps the values of formulas."""
    import xlsxwriter

    octets = io.BytesIO()
    book = xlsxwriter.Workbook(octets)
    formats = {date: "dd/mm/yyyy", datetime: "dd/mm/yyyy hh:mm"}
    styles = {kind: book.add_format({"num_format": written}) for kind, written in formats.items()}
    for name, content in {sheet: rows, **more}.items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(content):
            for column, value in enumerate(cells):
                if isinstance(value, SheetError):
                    page.write_formula(row, column, "=1/0", None, str(value))
                elif isinstance(value, (date, datetime)):
                    page.write_datetime(row, column, value, styles[type(value)])
                elif isinstance(value, str):
                    page.write_string(row, column, value)
                elif value is not None:
                    page.write(row, column, value)
    book.close()
    return octets.getvalue()


def openpyxl_xlsx(rows: Sequence[Sequence[Any]], sheet: str = "Clients") -> bytes:
    """A workbook by openpyxl, which writes texts into the cells and no values of formulas."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append([None if value is None else value for value in row])
    octets = io.BytesIO()
    book.save(octets)
    return octets.getvalue()


def xls(rows: Sequence[Sequence[Any]], sheet: str = "Clients") -> bytes:
    """An old workbook by xlwt."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    styles = {date: xlwt.easyxf(num_format_str="DD/MM/YYYY")}
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, SheetError):
                page.row(row).set_cell_error(column, _CODES[value])
            elif value is not None:
                page.write(row, column, value, styles.get(type(value), xlwt.Style.default_style))
    octets = io.BytesIO()
    book.save(octets)
    return octets.getvalue()


# MS-XLS, 2.5.10: xlwt has other names for some of them.
_CODES = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def ods(rows: Sequence[Sequence[Any]], sheet: str = "Clients") -> bytes:
    """A document as LibreOffice writes it, which ends in rows and cells for all that is empty."""
    rest = '<table:table-cell table:number-columns-repeated="16000"/>'
    body = "".join(f"<table:table-row>{''.join(map(_cell, cells))}{rest}</table:table-row>" for cells in rows)
    body += f'<table:table-row table:number-rows-repeated="1048000">{rest}</table:table-row>'
    return ods_of(f'<table:table table:name="{sheet}">{body}</table:table>')


def ods_of(tables: str, manifest: str = "") -> bytes:
    """A document with the given tables, unchanged."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", _MIME_TYPE)
        file.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_MANIFEST}">{manifest}</manifest:manifest>',
        )
        file.writestr("content.xml", content)
    return octets.getvalue()


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, SheetError):
        kind, shown = (
            'office:value-type="string" office:string-value="" calcext:value-type="error"',
            str(value),
        )
    elif isinstance(value, bool):
        kind, shown = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"', str(value)
    elif isinstance(value, (int, float)):
        kind, shown = f'office:value-type="float" office:value="{value!r}"', "?"
    elif isinstance(value, date):
        kind, shown = f'office:value-type="date" office:date-value="{value.isoformat()}"', "?"
    else:
        kind, shown = 'office:value-type="string"', str(value)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell {kind}>{lines}</table:table-cell>"


WRITERS = {"xlsx": xlsx, "ods": ods, "xls": xls}
