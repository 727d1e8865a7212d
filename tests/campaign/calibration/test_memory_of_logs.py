"""What a calibration takes besides its rows: nothing of pandas, and Arrow's memory from the system."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("phonenumbers")

import pyarrow as pa
import xlsxwriter

import septet

# Whatever of Arrow looks for pandas would load it: it is found, and nobody but Arrow wants it.
LOADED = """
import sys
import septet
import pyarrow as pa

columns = {"text": "Body", "segments": "NumSegments", "recipient": "To"}
*files, prices = sys.argv[1:]
found = septet.calibrate(files, language="tr", **columns, price="Price", prices=prices)
assert (found.rows, len(found.rejects)) == (16, 2), (found.rows, found.rejects)
assert septet.calibrate([{"Body": "a", "NumSegments": 1, "To": None}], **columns).rows == 1
print("pandas" in sys.modules)
"""
NAMES = ("Body", "NumSegments", "To", "Price")
ROWS = [
    ("Bonjour", "1", "+33612345678", "0.05"),
    ("Ça va ?" * 30, "4", "+32470123456", "0.2"),
    ("Ligne 1\nLigne 2", "1", "06 12 34 56 78", "0.05"),
    ("", "1", "+33612345678", ""),
]


def test_no_log_loads_pandas(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    lines = "\n".join(json.dumps(dict(zip(NAMES, row, strict=True))) for row in ROWS)
    (tmp_path / "log.ndjson").write_text(lines, "utf-8")
    (tmp_path / "log.json").write_text(f"[{lines}]".replace("\n", ","), "utf-8")
    cells = "".join(";".join(f'"{cell}"' for cell in row) + "\n" for row in ROWS)
    # A blank row, one with a cell too few, and a quote that nothing closes.
    broken = f'{";".join(NAMES)}\n{cells};;;\nSalut;1\n"Bonsoir;1;+33612345678;0.05\n'
    (tmp_path / "log.csv").write_text(broken, "utf-8")
    with xlsxwriter.Workbook(tmp_path / "log.xlsx") as book:
        sheet = book.add_worksheet()
        for line, cells_of_row in enumerate([NAMES, *ROWS]):
            for place, cell in enumerate(cells_of_row):
                number = line and place in (1, 3) and cell
                sheet.write(line, place, float(cell) if number else cell)
    (tmp_path / "prices.csv").write_text("destination;currency;price\n33;EUR;0.05\n*;EUR;0.05\n", "utf-8")
    files = [str(tmp_path / f"log.{kind}") for kind in ("csv", "ndjson", "json", "xlsx")]
    told = subprocess.run(
        [sys.executable, "-c", LOADED, *files, str(tmp_path / "prices.csv")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stdout.strip(), told.stderr) == ("False", "")


def test_arrow_takes_memory_from_the_system_while_a_log_is_read_and_no_longer() -> None:
    before = pa.default_memory_pool().backend_name
    met = []

    def rows() -> object:
        for number in range(3):
            # Another one that begins and ends meanwhile leaves it so.
            septet.calibrate([{"text": "a", "n": 1}], text="text", segments="n")
            met.append(pa.default_memory_pool().backend_name)
            yield {"text": f"Bonjour {number}", "n": 1}

    assert septet.calibrate(rows(), text="text", segments="n").agree == 3
    assert met[1:] == ["system", "system"]
    assert pa.default_memory_pool().backend_name == before
    with pytest.raises(septet.errors.CampaignError):
        septet.calibrate([{"text": "a"}], text="text", segments="n")
    assert pa.default_memory_pool().backend_name == before
