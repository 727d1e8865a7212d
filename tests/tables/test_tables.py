"""The generated module is what the tables say, and the tables are what the standard says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sources import ROOT, copy_of_the_tables

import septet
from septet import _tables
from septet.gsm.characters import UNDEFINED

GENERATOR = ROOT / "tables" / "generate.py"


def test_the_generated_module_is_up_to_date() -> None:
    result = subprocess.run(
        [sys.executable, str(GENERATOR), "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_the_page_of_the_profiles_is_up_to_date() -> None:
    page, generator = ROOT / "docs" / "profiles.md", ROOT / "tables" / "document.py"
    result = subprocess.run(
        [sys.executable, str(generator), "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    text = page.read_text("utf-8")
    for name in septet.profiles():
        assert f"\n| `{name}` | " in text
        assert f"\n## `{name}`\n" in text


def test_a_changed_table_makes_the_check_fail(tmp_path: Path) -> None:
    tables = copy_of_the_tables(tmp_path)
    vendor = tables / "vendors" / "smsmode.toml"
    vendor.write_text(vendor.read_text("utf-8").replace("text_units = 149", "text_units = 148"), "utf-8")
    result = subprocess.run(
        [sys.executable, str(tables / "generate.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "stale" in result.stderr


def test_a_vendor_that_is_gone_leaves_no_module_behind(tmp_path: Path) -> None:
    tables = copy_of_the_tables(tmp_path)
    # None extends it.
    (tables / "vendors" / "clicksend.toml").unlink()
    module = tmp_path / "src" / "septet" / "_tables" / "vendors" / "clicksend.py"
    assert module.exists()
    command = [sys.executable, str(tables / "generate.py")]
    found = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "vendors/clicksend.py" in found.stderr
    assert module.exists()
    subprocess.run(command, check=True)
    assert not module.exists()
    subprocess.run([*command, "--check"], check=True)


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("check", "", "check.toml: expected another name than 'check', which commands take"),
        (
            "gsm@2026-01",
            'date = "2025-01"',
            "gsm@2026-01.toml: date: expected '2026-01', and a file gsm.toml",
        ),
        ("no@2026-01", 'date = "2026-01"', "no@2026-01.toml: date: expected '2026-01', and a file no.toml"),
    ],
)
def test_a_vendor_file_bears_a_name_that_can_be_asked_for(
    name: str, head: str, expected: str, tmp_path: Path
) -> None:
    tables = copy_of_the_tables(tmp_path)
    (tables / "vendors" / f"{name}.toml").write_text(f'extends = "gsm"\n{head}\n', "utf-8")
    result = subprocess.run(
        [sys.executable, str(tables / "generate.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert expected in result.stderr


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


@pytest.mark.parametrize("name", ["smsfactor", "allmysms"])
def test_a_mention_that_a_document_ties_to_the_sender_is_said_to_be_assumed(name: str) -> None:
    rule = next(rule for rule in septet.profile(name).rules if rule.key == "optout")
    assert rule.assumed
    assert "the sender's own name" in rule.why


def test_the_edition_names_the_tables() -> None:
    assert len(septet.TABLES_EDITION) == 12
    int(septet.TABLES_EDITION, 16)
