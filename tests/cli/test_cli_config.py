"""One's own defaults: which file speaks, what it may say, and that what is typed wins."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import invoke, one_complaint, run
from jsonschema import Draft202012Validator

import septet
from septet.cli.configuration import find
from septet.cli.input import UsageError

VENDOR = """extends = "smspartner"
title = "Mine"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory to work in, two below another."""
    place = tmp_path / "above" / "here"
    place.mkdir(parents=True)
    monkeypatch.chdir(place)
    return place


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def answer(*arguments: str) -> Any:
    result = invoke(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


# --- which file -----------------------------------------------------------------------------------


def test_the_nearest_file_speaks_alone(here: Path) -> None:
    assert find() is None
    shared = written(
        here.parents[1] / "pyproject.toml", '[tool.septet]\nprofile = "encom"\ncommercial = true\n'
    )
    assert find() == (str(shared), {"profile": "encom", "commercial": True})
    # A file without such a table does not belong to septet.
    written(here.parent / "pyproject.toml", '[project]\nname = "septet"\n[tool.other]\nx = 1\n')
    assert find() == (str(shared), {"profile": "encom", "commercial": True})
    own = written(here.parent / "septet.toml", "max_segments = 2\n")
    assert find() == (str(own), {"max_segments": 2})
    # In one directory it goes before the other.
    written(here.parent / "pyproject.toml", '[tool.septet]\nprofile = "encom"\n')
    assert find() == (str(own), {"max_segments": 2})
    nearest = written(here / "pyproject.toml", "[tool.septet]\n")
    assert find() == (str(nearest), {})
    assert find(here.parents[1]) == (str(shared), {"profile": "encom", "commercial": True})


@pytest.mark.parametrize(
    "line", ["[tool.septet]", "[ tool . septet ]", '[tool."septet"]', "[tool . 'septet']"]
)
def test_the_table_as_toml_may_write_it(here: Path, line: str) -> None:
    written(here / "pyproject.toml", f'{line}\nprofile = "encom"\n')
    assert answer("config")["settings"]["profile"] == {"value": "encom", "from": "file"}


def test_a_file_with_a_byte_order_mark_and_the_line_ends_of_windows(here: Path) -> None:
    (here / "septet.toml").write_bytes(b'\xef\xbb\xbfprofile = "encom"\r\nprice = 0.05\r\n')
    assert find() == (str(here / "septet.toml"), {"profile": "encom", "price": 0.05})


def test_a_directory_of_that_name_is_no_file(here: Path) -> None:
    (here / "septet.toml").mkdir()
    assert find() is None


def test_without_a_table_no_toml_is_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(here / "pyproject.toml", '[project]\ndependencies = ["septet"]\n[tool.setuptools]\n')
    code = (
        "import sys; from septet.cli.configuration import find; "
        "assert find() is None; assert 'tomllib' not in sys.modules"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_directory_that_is_gone(here: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows keeps the current directory")
    os.rmdir(here)
    assert find() is None


# --- what it may say ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("profil = 'encom'", "no default is named 'profil' (did you mean \"profile\"?): expected profile, "),
        ("profile = 1", "profile: expected a text, found 1"),
        ("commercial = 'yes'", "commercial: expected true or false, found 'yes'"),
        ("commercial = 1", "commercial: expected true or false, found 1"),
        ("max_segments = true", "max_segments: expected a whole number, found True"),
        ("max-segments = 1\nmax_segments = 2", "max_segments: expected it once, found it in two spellings"),
        ("max_segments = 2.0", "max_segments: expected a whole number, found 2.0"),
        ("truncate = 'yes'", 'truncate: expected false or true or "words"'),
        ("truncate = 1", "truncate: expected false or true"),
        ("ignore = [1]", "ignore: expected a text or a list of texts, found [1]"),
        ("language = 5", "language: expected a text or a list of texts, found 5"),
        ("price = []", 'price: expected a price such as "0.045", found []'),
        ("price = true", 'price: expected a price such as "0.045", found True'),
        ("ports = [1]", "ports: expected two whole numbers, such as [2948, 9200], found [1]"),
        ("ports = [1, true]", "ports: expected two whole numbers"),
        ("header = '1'", 'header: expected elements in hexadecimal, such as "01028005"'),
        ("[web]\nx = 1", "no default is named 'web'"),
        ("profile = ", "expected a file in TOML: "),
        # What only the library knows.
        ("profile = 'encon'", "profile 'encon' is not known"),
        ("profile = 'encom'\noptout = 'always'", "optout for encom, transactional: expected one of"),
        ("ignore = 'too-long'", "ignore: too-long is an error, and cannot be ignored"),
        ("country = 'FRA'", "country: expected a country's ISO 3166-1 code"),
        ("max_segments = 999", "max_segments: gsm takes a whole number from 1 to 255, found 999"),
        ("language = ['xx']", "language for gsm: expected"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(here: Path, text: str, says: str) -> None:
    path = written(here / "septet.toml", text + "\n")
    for command in (["count", "a"], ["config"], ["estimate", "--template", "a", "--bounds", "x=1"]):
        assert one_complaint(invoke(*command)).startswith(f"septet: {path}: {says}")
        if command[0] != "estimate":
            assert invoke(*command, "--no-config").exit_code == 0
            assert invoke("--no-config", *command).exit_code == 0


@pytest.mark.parametrize("price", ["'abc'", "-1", "nan", "'0.05 EUR USD'"])
def test_a_wrong_price_is_named_too(here: Path, price: str) -> None:
    path = written(here / "septet.toml", f"price = {price}\n")
    for command in (["config"], ["preview", "a"], ["estimate", "--template", "a", "--bounds", "x=1"]):
        assert one_complaint(invoke(*command)).startswith(f"septet: {path}: price: expected a ")
    assert invoke("count", "a").stdout == "1\n"  # which requests none


def test_octets_that_are_no_text(here: Path) -> None:
    (here / "septet.toml").write_bytes(b"profile = '\xff'\n")
    assert "septet.toml: expected a file in TOML: " in one_complaint(invoke("count", "a"))
    written(here / "septet.toml", "a = " + "[" * 5000)
    assert "septet.toml: expected a file in TOML: " in one_complaint(invoke("count", "a"))
    (here / "septet.toml").unlink()
    written(here / "pyproject.toml", "[tool]\nseptet = 1\n# tool.septet\n")
    assert "pyproject.toml: tool.septet: expected a table, found 1" in one_complaint(invoke("count", "a"))


def test_what_is_typed_is_not_laid_at_its_door(here: Path) -> None:
    written(here / "septet.toml", "profile = 'encom'\ncommercial = true\n")
    complaint = invoke("count", "a", "--max-segments", "999")
    assert complaint.exit_code == 2
    assert complaint.stderr.splitlines()[-1].startswith("septet: --max-segments: encom takes")
    complaint = invoke("count", "a", "-p", "encon")
    assert complaint.stderr.splitlines()[-1].startswith("septet: profile 'encon' is not known")


# --- what it does ---------------------------------------------------------------------------------

ALL = """
profile = "smsmode"
commercial = true
max-segments = 2
optout_text = "STOP 36111"
truncate = false
country = "FR"
ignore = ["lossy-substitution", "sender-without-optout"]
price = 0.05
"""


def test_all_commands_take_what_they_have_an_option_for(here: Path) -> None:
    path = written(here / "septet.toml", ALL)
    plan = septet.plan(
        *("Ça ç", "smsmode"),
        commercial=True,
        max_segments=2,
        optout_text="STOP 36111",
        truncate=False,
        ignore=("lossy-substitution", "sender-without-optout"),
    )
    assert answer("preview", "Ça ç") == plan.to_dict() | {"cost": "0.05"}
    assert answer("count", "Ça ç") == septet.Planner("smsmode", commercial=True).measure("Ça ç")._asdict()
    assert answer("check", "Ça ç", "--strict") == {"ok": True, "problems": []}
    written(here / "rows.csv", "message\nÇa ç\nBonjour\n")
    found = answer("estimate", "rows.csv")
    assert (found["cost"], found["problems"]) == ("0.10", {})
    assert found["options"]["optout_text"] == "STOP 36111"
    (compared,) = answer("compare", "Ça ç", "--profiles", "smsmode")
    assert compared["cost"] == "0.05"
    assert answer("advise", "Ça ç")
    # A price list that is typed takes the place of a price.
    written(here / "numbers.csv", "message;to\nBonjour;33612345678\n")
    written(here / "prices.csv", "destination;currency;price;from\n33;EUR;0,07;\n")
    listed = answer("estimate", "numbers.csv", "--recipient", "to", "--prices", "prices.csv")
    assert (listed["cost"], listed["currency"]) == ("0.07", "EUR")
    written(here / "batch.csv", "recipient,text,sender\n0612345678,Bonjour ç,RDV\n")
    report = answer("batch", "batch.csv", "out.csv")
    assert (report["accepted"], report["counts"]) == (1, {})
    result = invoke("count", "a")
    assert result.stdout == "1\n"
    assert result.stderr == (
        f"septet: profile, commercial, max_segments, optout_text, truncate, country, ignore: from {path}\n"
    )


def test_what_is_typed_wins(here: Path) -> None:
    written(here / "septet.toml", ALL)
    assert (
        answer("preview", "Ça ç", "--max-segments", "1", "--price", "0.07", "--no-commercial")["cost"]
        == "0.07"
    )
    typed = invoke("check", "Ça ç", "--ignore", "truncated")
    told, said = typed.stderr.splitlines()
    assert "lossy-substitution" in told
    assert "ignore" not in said
    other = invoke("check", "a", "-p", "gsm", "--no-commercial", "--truncate", "--optout-text", "STOP")
    assert other.exit_code == 0
    assert other.stderr.splitlines()[-1].startswith("septet: max_segments, country, ignore: from ")
    everything = [
        *("-p", "gsm", "--no-commercial", "--truncate", "--optout-text", "STOP", "--country", "BE"),
        *("--max-segments", "3", "--ignore", "truncated"),
    ]
    assert invoke("count", "a", *everything).stderr == ""


def test_it_can_be_left_out(here: Path) -> None:
    written(here / "septet.toml", ALL)
    for before, behind in (("--no-config", ""), ("", "--no-config")):
        result = invoke(*filter(None, (before, "preview", "Ça ç", "--json", behind)))
        assert result.stderr == ""
        assert json.loads(result.stdout) == septet.plan("Ça ç").to_dict()
    # Behind -- it is a text.
    assert invoke("count", "--", "--no-config").stderr.startswith("septet: profile, ")


def test_commands_without_options_of_a_plan_take_nothing(here: Path) -> None:
    written(here / "septet.toml", "profile = 'encon'\n")
    assert invoke("profiles", "encom").exit_code == 0
    assert invoke("decode", "C834").exit_code == 0
    assert invoke("--version").exit_code == 0


def test_a_vendor_file_is_looked_for_beside_the_file_that_names_it(here: Path) -> None:
    written(here.parent / "mine.toml", VENDOR)
    written(here.parent / "septet.toml", "profile = 'mine.toml'\n")
    assert answer("preview", "Bonjour")["profile"] == "mine"
    written(here.parent / "septet.toml", f"profile = {str(here.parent / 'mine.toml')!r}\n")
    assert answer("preview", "Bonjour")["profile"] == "mine"
    written(here.parent / "septet.toml", "profile = './his.toml'\n")
    complaint = one_complaint(invoke("count", "a"))
    assert str(here.parent / "his.toml") in complaint
    assert complaint.startswith(f"septet: {here.parent / 'septet.toml'}: ")


LONG = (
    "Votre commande est prete, venez la retirer au magasin du centre : https://exemple.fr/s/AbCdEf12345 " * 2
)


def test_the_ways_to_cut(here: Path) -> None:
    def shown(*typed: str) -> Any:
        return answer("preview", LONG, "--max-segments", "1", *typed)

    def planned(**asked: Any) -> Any:
        return septet.plan(LONG, max_segments=1, **asked).to_dict()

    written(here / "septet.toml", "truncate_mark = '...'\ntruncate = 'words'\n")
    assert shown() == planned(truncate="words", truncate_mark="...")
    assert shown("--truncate-mark", "-") == planned(truncate="words", truncate_mark="-")
    assert shown("--truncate") == planned(truncate=True)
    assert shown("--no-truncate") == planned(truncate=False)
    settings = answer("config")["settings"]
    assert settings["truncate"] == {"value": "words", "from": "file"}
    # A mark waits for words to be cut.
    written(here / "septet.toml", "truncate = true\ntruncate_mark = '...'\n")
    assert shown() == planned(truncate=True)
    assert shown("--truncate-words") == planned(truncate="words", truncate_mark="...")
    result = invoke("count", "a")
    assert result.stderr.startswith("septet: truncate: from ")
    assert answer("config")["settings"]["truncate_mark"] == {"value": "...", "from": "file"}


def test_elements_of_the_header(here: Path) -> None:
    written(here / "septet.toml", "ports = [2948, 9200]\nheader = '01028005'\n")
    wanted = septet.plan("a" * 160, ports=(2948, 9200), header=bytes.fromhex("01028005"))
    assert answer("preview", "a" * 160) == wanted.to_dict()
    assert answer("config")["settings"]["ports"]["value"] == [2948, 9200]


def test_several_languages(here: Path) -> None:
    written(here / "septet.toml", "language = ['tr', 'es']\n")
    assert answer("preview", "ğ")["tables"] == septet.plan("ğ", language=("tr", "es")).to_dict()["tables"]
    written(here / "septet.toml", "language = 'auto'\n")
    assert answer("count", "ğ")["encoding"] == "gsm7"


def test_the_library_reads_no_file(here: Path) -> None:
    written(here / "septet.toml", "profile = 'encon'\n")
    assert septet.plan("a").profile == "gsm"


# --- septet config --------------------------------------------------------------------------------


def test_config_shows_what_holds_and_from_where(here: Path) -> None:
    path = written(here / "septet.toml", ALL)
    found = answer("config")
    Draft202012Validator(septet.schema("config")).validate(found)
    assert found["file"] == str(path)
    settings = found["settings"]
    assert settings["max_segments"] == {"value": 2, "from": "file"}
    assert settings["ignore"]["value"] == ["lossy-substitution", "sender-without-optout"]
    assert settings["optout"] == {"value": "always", "from": "profile"}
    assert settings["encoding"] == {"value": "gsm7", "from": "profile"}
    assert settings["lang"] == {"value": None, "from": "septet"}
    shown = invoke("config").stdout
    assert shown.splitlines()[0].replace("\n", "") in str(path)
    assert re.search(r"max_segments +2 \(from the file\)", shown)
    assert re.search(r"encoding +gsm7 \(the profile.s\)", shown)
    without = answer("config", "--no-config")
    Draft202012Validator(septet.schema("config")).validate(without)
    assert without["file"] is None
    assert without["settings"]["profile"] == {"value": "gsm", "from": "septet"}
    path.unlink()
    assert "no septet.toml and no tool.septet" in invoke("config").stdout


def test_in_a_process_of_its_own(here: Path) -> None:
    path = written(here / "septet.toml", 'profile = "encom"\n')
    done = run("check", "Bonjour", "--json")
    assert (done.returncode, done.stderr) == (0, f"septet: profile: from {path}\n")
    assert json.loads(done.stdout) == {"ok": True, "problems": []}


def test_a_file_that_cannot_be_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(here / "septet.toml", "profile = 'encom'\n")
    read = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self.name in ("septet.toml", "pyproject.toml"):
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(UsageError, match=r"septet\.toml: cannot be read: Permission denied"):
        find()
    path.unlink()


def test_a_way_to_cut_that_is_typed_takes_the_place_of_that_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "septet.toml").write_text(
        'truncate = "words"\ntruncate-mark = "..."\nmax-segments = 1\n', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    text = "mot " * 60 + "https://ex.fr/a"
    for typed, options, names in (
        ([], {"truncate": "words", "truncate_mark": "..."}, "truncate, truncate_mark, max_segments"),
        (["--truncate-words"], {"truncate": "words", "truncate_mark": "..."}, "truncate_mark, max_segments"),
        (["--truncate"], {"truncate": True}, "max_segments"),
        (["--no-truncate"], {"truncate": False}, "max_segments"),
    ):
        shown = invoke("preview", text, "--json", *typed)
        assert json.loads(shown.stdout)["text"] == septet.plan(text, max_segments=1, **options).text
        assert shown.stderr.startswith(f"septet: {names}: from ")
