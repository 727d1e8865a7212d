"""The generated module is what the tables say, and the tables are what the standard says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import septet
from septet import _tables
from septet.characters import UNDEFINED

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "tables" / "generate.py"


def test_the_generated_module_is_up_to_date() -> None:
    result = subprocess.run(
        [sys.executable, str(GENERATOR), "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_a_changed_table_makes_the_check_fail(tmp_path: Path) -> None:
    for source in [*ROOT.glob("tables/*.py"), *ROOT.glob("tables/**/*.t*")]:
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    for source in ROOT.glob("src/septet/*.py"):
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    vendor = tmp_path / "tables" / "vendors" / "smsmode.toml"
    vendor.write_text(vendor.read_text("utf-8").replace("text_units = 149", "text_units = 148"), "utf-8")
    result = subprocess.run(
        [sys.executable, str(tmp_path / "tables" / "generate.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "stale" in result.stderr


def test_the_default_alphabet_has_127_characters_and_the_extension_ten() -> None:
    tables = _tables.ALPHABETS["default"]
    assert len(tables["basic"]) == len(tables["extension"]) == 128
    basic = set(tables["basic"]) - {UNDEFINED}
    assert len(basic) == 127
    assert tables["basic"][0x1B] == UNDEFINED
    # TS 23.038, 6.2.1.1
    extension = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\"}
    extension |= {0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|", 0x65: "€"}
    assert {place: c for place, c in enumerate(tables["extension"]) if c != UNDEFINED} == extension


def test_cells_that_others_have_wrong() -> None:
    # TS 23.038, 6.2.1: capital Ç at 0x09, § in the table, no grave accent.
    basic = _tables.ALPHABETS["default"]["basic"]
    assert basic[0x09] == "Ç"
    assert basic[0x5F] == "§"
    assert "`" not in basic
    assert "ç" not in basic


def test_every_rule_has_a_source_and_every_assumption_a_reason() -> None:
    for name in septet.profiles():
        rules = septet.profile(name).rules
        assert rules
        for rule in rules:
            assert rule.key
            assert rule.text
            assert rule.source
            assert bool(rule.why) == rule.assumed, rule


def test_the_edition_names_the_tables() -> None:
    assert len(septet.TABLES_EDITION) == 12
    int(septet.TABLES_EDITION, 16)


def test_no_capacity_is_written_in_code() -> None:
    import ast

    for path in ROOT.glob("src/septet/*.py"):
        if path.name == "_tables.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and type(node.value) is int:
                assert node.value not in (160, 153, 152, 155, 149, 70, 67, 66, 134, 306, 459), path.name
