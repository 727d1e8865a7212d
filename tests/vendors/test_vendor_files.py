"""A user's own vendor file: what it can say, and what is said of it when it is wrong."""

from __future__ import annotations

import contextlib
import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sources import ROOT

import septet
from septet.vendors.format.skeleton import SKELETON

VENDORS = ROOT / "tables" / "vendors"

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "my-vendor.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("name", septet.profiles())
def test_a_copy_of_a_known_profile_has_the_same_rules(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.toml"
    path.write_bytes((VENDORS / f"{name}.toml").read_bytes())
    assert septet.profile(path) == septet.profile(name)
    assert septet.profile(str(path)) == septet.profile(name)


def test_extends_alone_takes_all_rules_of_the_other(write: Write) -> None:
    own = septet.profile(write('extends = "smspartner"'))
    assert own.name == "my-vendor"
    assert own.rules == septet.profile("smspartner").rules
    assert septet.plan("ça", profile=own).text == "Ça"


def test_a_table_of_ones_own_replaces_that_of_the_other(write: Write) -> None:
    path = write(
        """
        extends = "smspartner"
        title = "Mine"
        [[substitutions]]
        source = "my own page"
        rows = [["ç", "c"], ["…", "..."], ["😀", ":)"]]
        """
    )
    plan = septet.plan("ça… ê 😀", profile=path, encoding="gsm7")
    assert plan.text == "ca... ? :)"
    assert plan.units == 10
    assert septet.profile(path).title == "Mine"


def test_line_breaks_may_be_substituted(write: Write) -> None:
    path = write(
        """
        extends = "envoyersmspro"
        [[substitutions]]
        source = "my own page"
        rows = [["\\n", " "]]
        """
    )
    plan = septet.plan("a\r\nb\nc\rd", profile=path)
    assert (plan.text, plan.units) == ("a b c d", 7)
    assert septet.count("a\r\nb\nc\rd", profile=path) == 1
    assert [(change.source, change.replacement, change.reason) for change in plan.changes] == [
        ("\r\n", " ", "line-break"),
        ("\n", " ", "substitution"),
        ("\r", " ", "line-break"),
    ]


def test_a_file_that_is_written_anew_is_read_anew(write: Write) -> None:
    path = write('extends = "gsm"')
    assert septet.count("\n" * 81, profile=path) == 1
    write('extends = "gsm"\n[line_breaks]\nunits = 2\nsource = "my own page"')
    assert septet.count("\n" * 81, profile=path) == 2


def test_clusters_are_kept_whole_where_the_profile_says_so(write: Write) -> None:
    path = write(
        """
        extends = "gsm"
        [segments]
        reference = "8-bit"
        grapheme_clusters = "whole"
        source = "my own page"
        """
    )
    family = "👨‍👩‍👧"  # 8 units: three characters of two and two joiners of one
    plan = septet.plan("a" * 60 + family * 2, profile=path)
    assert [segment.text for segment in plan.segments] == ["a" * 60, family * 2]
    assert plan.billed_segments == septet.count("a" * 60 + family * 2, profile=path) == 2
    # One cluster longer than a segment is cut by characters.
    plan = septet.plan("e" + "\u0301" * 100, profile=path)
    assert [segment.units for segment in plan.segments] == [67, 34]


def test_a_header_with_a_wide_reference_leaves_less_room(write: Write) -> None:
    path = write(
        """
        extends = "gsm"
        [segments]
        reference = "16-bit"
        grapheme_clusters = "cut"
        source = "my own page"
        """
    )
    # TS 23.040, 9.2.3.24.8: a header of 7 octets, so 152 septets or 66 UTF-16 code units.
    assert [septet.count("a" * n, profile=path) for n in (160, 161, 304, 305)] == [1, 2, 2, 3]
    assert [septet.count("я" * n, profile=path) for n in (70, 71, 132, 133)] == [1, 2, 2, 3]


GSM = (VENDORS / "gsm.toml").read_text("utf-8")

FAULTS = {
    "an unknown key": ('extends = "gsm"\ncolour = "red"', "colour: expected one of"),
    "an unknown key, with the nearest": ('extends = "gsm"\ntitel = "x"', 'did you mean "title"'),
    "an unknown key in a table": (
        'extends = "gsm"\n[line_breaks]\nunit = 2\nsource = "x"',
        'line_breaks.unit: expected one of units, source, assumed, why (did you mean "units"?)',
    ),
    "a missing key": ('extends = "gsm"\n[line_breaks]\nsource = "x"', "line_breaks.units: expected a whole"),
    "no source": (
        'extends = "gsm"\n[line_breaks]\nunits = 2',
        "line_breaks.source: expected a text, found nothing",
    ),
    "assumed without why": (
        'extends = "gsm"\n[line_breaks]\nunits = 2\nsource = "x"\nassumed = true',
        "line_breaks.why: expected one line of why",
    ),
    "a value of the wrong type": (
        'extends = "gsm"\n[line_breaks]\nunits = "2"\nsource = "x"',
        "line_breaks.units: expected a whole number from 1 to 9, found '2'",
    ),
    "what unsubscribing costs": (
        'extends = "gsm"\n[unsubscription]\nbilled_segments = 10\nsource = "x"',
        "unsubscription.billed_segments: expected a whole number from 0 to 9, found 10",
    ),
    "true is no number": (
        'extends = "gsm"\n[line_breaks]\nunits = true\nsource = "x"',
        "line_breaks.units: expected a whole number",
    ),
    "a table that is none": ('extends = "gsm"\nlimit = 5', "limit: expected a table [limit], found 5"),
    "an unknown parent": ('extends = "smsmod"', 'did you mean "smsmode"'),
    "a parent that is no name": ("extends = 5", "extends: expected the name of a profile, found 5"),
    "no parent and no rules": ('title = "x"\ndocument = "y"', "alphabet: expected a table [alphabet]"),
    "an alphabet of no one": (
        GSM.replace('"default"\n', '"cyrillic"\n', 1),
        "alphabet.base: expected one of default",
    ),
    "the escape in the alphabet": (
        'extends = "gsm"\n[alphabet]\nbase = "default"\nadd = "\\u001b"\nsource = "x"',
        "alphabet.add: expected no U+001B",
    ),
    "a default that is not offered": (
        'extends = "gsm"\n[encodings]\ndefault = "auto"\noffered = ["gsm7"]\nsource = "x"',
        "encodings.default: expected one of encodings.offered",
    ),
    "a default above the ceiling": (
        'extends = "gsm"\n[limit]\ndefault = 5\nceiling = 3\nsource = "x"',
        "limit.default: expected at most limit.ceiling, found 5",
    ),
    "a default that the vendor refuses": (
        'extends = "gsm"\n[limit]\ndefault = 5\nceiling = 6\nrefused_above = [2, 4]\nsource = "x"',
        "limit.refused_above: expected limit.default or more, which the vendor takes, found 4",
    ),
    "white space that is none": (
        'extends = "gsm"\n[white_space]\ncharacters = "-"\nsource = "x"',
        "white_space.characters: expected a text of blanks, without line breaks, found '-'",
    ),
    "white space with a line break": (
        'extends = "gsm"\n[white_space]\ncharacters = " \\n"\nsource = "x"',
        "white_space.characters: expected a text of blanks, without line breaks",
    ),
    "a ceiling above the standard's": (
        'extends = "gsm"\n[limit]\nceiling = 256\nsource = "x"',
        "limit.ceiling: expected a whole number from 1 to 255, found 256",
    ),
    "two rows for one character": (
        'extends = "gsm"\n[[substitutions]]\nsource = "x"\nrows = [["ç", "c"], ["ç", "C"]]',
        "substitutions[0].rows[1]: expected a character that no other row replaces, found '\\xe7'",
    ),
    "a replacement outside the alphabet": (
        'extends = "gsm"\n[[substitutions]]\nsource = "x"\nrows = [["ç", "ê"]]',
        "substitutions[0].rows[0]: expected a replacement of characters of the alphabet",
    ),
    "an expansion with a double character": (
        'extends = "gsm"\n[[substitutions]]\nsource = "x"\nrows = [["™", "[tm]"]]',
        "expected a replacement of at most 100 characters that cost 1 each",
    ),
    "two characters replaced at once": (
        'extends = "gsm"\n[[substitutions]]\nsource = "x"\nrows = [["ab", "c"]]',
        "expected one character to replace",
    ),
    "a mention outside the alphabet": (
        (VENDORS / "envoyersmspro.toml").read_text("utf-8").replace('text = "STOP SMS', 'text = "ç STOP SMS'),
        "optout.mentions[0].text: expected characters of the alphabet",
    ),
    "a kind of optout that no one knows": (
        (VENDORS / "encom.toml")
        .read_text("utf-8")
        .replace('offered = ["always"]', 'offered = ["sometimes"]'),
        'optout.commercial.offered: expected a list with some of "never", "if-free", "always"',
    ),
    "readings that are no list": ('extends = "gsm"\nreadings = "x"', "readings: expected a list of tables"),
    "an encoding without a threshold": (
        'extends = "gsm"\n[optout]\nseparator = " "\nsource = "x"\n'
        'transactional = { default = "never", offered = ["never"] }\n'
        'commercial = { default = "never", offered = ["never"] }\n'
        '[optout.if_free.utf8]\nsegments = 1\nsource = "x"',
        "optout.if_free.utf8: expected gsm7 or ucs2",
    ),
    "a kind of message that is no table": (
        'extends = "gsm"\n[optout]\nseparator = " "\nsource = "x"\n'
        'transactional = "never"\ncommercial = "never"',
        "optout.transactional: expected a table with default and offered, found 'never'",
    ),
    "a separator outside the alphabet": (
        (VENDORS / "encom.toml").read_text("utf-8").replace('separator = " "', 'separator = "…"'),
        "optout.separator: expected characters of the alphabet",
    ),
    "a default optout that is not offered": (
        (VENDORS / "encom.toml").read_text("utf-8").replace('default = "always"', 'default = "never"'),
        "optout.commercial.default: expected one of optout.commercial.offered, found 'never'",
    ),
    "a mention that is found by nothing": (
        (VENDORS / "encom.toml").read_text("utf-8").replace('patterns = ["STOP AU 36111"]', "patterns = []"),
        "optout.mentions[0].patterns: expected a list of texts, one at least",
    ),
    "no GSM-7": (
        'extends = "gsm"\n[encodings]\ndefault = "ucs2"\noffered = ["ucs2"]\nsource = "x"',
        "encodings.offered: expected gsm7 among others",
    ),
    "an unknown character shown as two": (
        'extends = "gsm"\n[unknown_character]\nshown = "€"\nreason = "lossy"\nsource = "x"',
        "unknown_character.shown: expected a character of the alphabet that costs 1",
    ),
    "a country that is none": (
        'extends = "gsm"\ncountry = "XX"',
        "country: expected a country's ISO 3166-1 code, such as FR or BE, found 'XX'",
    ),
    "a mention for a country that is none": (
        (VENDORS / "smsmode.toml").read_text("utf-8").replace('countries = ["FR"]', 'countries = ["ZZ"]'),
        "optout.mentions[0].countries: expected a country's ISO 3166-1 code",
    ),
    "a language without tables": (
        'extends = "gsm"\n[languages]\noffered = ["fr"]\nsource = "x"',
        "languages.offered: expected some of tr, es",
    ),
    "a code of a vendor that refuses nothing": (
        'extends = "gsm"\n[limit]\nceiling = 3\nvendor_code = "1"\nsource = "x"',
        "limit.refused_above: expected where the vendor refuses, as vendor_code is given",
    ),
    "a vendor that refuses beyond a word": (
        'extends = "gsm"\n[limit]\nceiling = 3\nrefused_above = "any"\nvendor_code = "1"\nsource = "x"',
        'limit.refused_above: expected a list of numbers of segments, or "asked"',
    ),
    "a policy that no one knows": (
        'extends = "gsm"\n[substitution]\npolicy = "sometimes"\nsource = "x"',
        'substitution.policy: expected one of "in-gsm7", "always", "if-it-saves-a-segment", "all-or-nothing"',
    ),
    "a policy beside national tables": (
        'extends = "gsm"\n[substitution]\npolicy = "always"\nsource = "x"',
        'substitution.policy: expected "in-gsm7", as [languages] is given',
    ),
    "ASCII beside national tables": (
        'extends = "gsm"\n[alphabet]\nbase = "ascii"\nsource = "x"',
        "alphabet.base: expected \"default\", in whose place national tables stand, found 'ascii'",
    ),
    "an expansion that UCS-2 could not cut": (
        'extends = "aws"\n[alphabet]\nbase = "default"\nadd = "😀"\nsource = "x"\n'
        '[[substitutions]]\nsource = "x"\nrows = [["☺", "😀😀"]]',
        "substitutions[0].rows[0]: expected a replacement of at most 100 characters that cost 1 each",
    ),
    "a limit in characters of nothing": (
        'extends = "gsm"\n[character_limit]\ncounted = "units"\nsource = "x"',
        "character_limit: expected gsm7 or ucs2, or both",
    ),
    "a limit that counts something else": (
        'extends = "gsm"\n[character_limit]\ngsm7 = 5\ncounted = "bytes"\nsource = "x"',
        'character_limit.counted: expected one of "characters", "utf-16", "octets", "shown", '
        "\"units\", found 'bytes'",
    ),
    "a limit that is no number": (
        'extends = "gsm"\n[character_limit]\ngsm7 = 0\ncounted = "units"\nsource = "x"',
        "character_limit.gsm7: expected a whole number from 1 to 99999, found 0",
    ),
    "a placeholder over two lines": (
        'extends = "gsm"\n[[placeholders]]\ntext = "[a\\nb]"\nreplaced_by = "c"\nmeaning = "d"\nsource = "x"',
        "placeholders[0].text: expected a text without line breaks and U+001B",
    ),
    "a placeholder twice": (
        'extends = "gsm"\n'
        + '[[placeholders]]\ntext = "[a]"\nreplaced_by = "c"\nmeaning = "d"\nsource = "x"\n' * 2,
        "placeholders[1].text: expected a text that no other placeholder has",
    ),
    "a placeholder that is replaced by what costs 2": (
        'extends = "gsm"\n[[placeholders]]\ntext = "[a]"\nreplaced_by = "1 €"\nmeaning = "d"\nsource = "x"',
        "placeholders[0].replaced_by: expected characters of the alphabet that cost 1 and that no row",
    ),
    "a placeholder that is replaced twice": (
        'extends = "octopush"\n[[placeholders]]\ntext = "[a]"\nreplaced_by = "ü"\nmeaning = "d"\nsource = "x"'
        '\n[[substitutions]]\nsource = "x"\nrows = [["ü", "u"]]',
        "placeholders[0].replaced_by: expected characters of the alphabet that cost 1 and that no row",
    ),
    "a mention as written without a placeholder": (
        (VENDORS / "brevo.toml").read_text("utf-8").replace('text = "[STOP_CODE]"', 'text = "[CODE]"'),
        'optout.mentions[0].searched: expected "shown", as no pattern holds a placeholder',
    ),
    "a mention in a case that no one knows": (
        (VENDORS / "octopush.toml").read_text("utf-8").replace('case = "as-written"', 'case = "upper"'),
        'optout.mentions[0].case: expected one of "any", "as-written", found \'upper\'',
    ),
    "a mention refused without a code": (
        (VENDORS / "octopush.toml").read_text("utf-8").replace('vendor_code = "121"\n', ""),
        "optout.mentions[0].vendor_code: expected the vendor's code, as vendor_message is given",
    ),
    "words that are fixed and not known": (
        (VENDORS / "encom.toml")
        .read_text("utf-8")
        .replace("fixed = true", "fixed = true\nunspecified = true"),
        "optout.mentions[0].fixed: expected false, as unspecified says that the words are not known",
    ),
    "another mention without a number": (
        (VENDORS / "encom.toml").read_text("utf-8").replace('others = ["STOP #####"', 'others = ["STOP"'),
        "optout.mentions[0].others: expected a list of texts that begin with a word of letters",
    ),
    "another number in words": (
        (VENDORS / "smsfactor.toml").read_text("utf-8").replace('["36034"', '["x"'),
        "optout.mentions[0].other_numbers: expected a list of short codes, as texts",
    ),
    "documented totals that go down": (
        'extends = "gsm"\n[[documented_totals]]\nencoding = "gsm7"\ntotals = [160, 150]\nsource = "x"',
        "documented_totals[0].totals: expected numbers that increase, found [160, 150]",
    ),
    "documented totals of nothing": (
        'extends = "gsm"\n[[documented_totals]]\nencoding = "gsm7"\ntotals = []\nsource = "x"',
        "documented_totals[0].totals: expected a list of whole numbers, one at least, found []",
    ),
    "documented totals with a mention that is none": (
        'extends = "gsm"\n[[documented_totals]]\nencoding = "gsm7"\noptout = true\ntotals = [9]\n'
        'source = "x"',
        "documented_totals[0].optout: expected false, as no mention is given",
    ),
    "a date that is none": (
        'extends = "gsm"\ndate = "yesterday"',
        "date: expected a year, a month or a day, such as 2026, 2026-11 or 2026-11-22, found 'yesterday'",
    ),
    "no TOML": ("extends = ", "expected a vendor file in TOML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_key_and_expectation(fault: str, write: Write) -> None:
    text, expected = FAULTS[fault]
    path = write(text)
    with pytest.raises(septet.ProfileError) as error:
        septet.profile(path)
    assert expected in str(error.value)
    assert str(path) in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(septet.ProfileError, match=r"absent\.toml"):
        septet.count("a", profile=tmp_path / "absent.toml")
    with pytest.raises(septet.ProfileError, match=r"absent\.toml: .*No such file"):
        septet.profile(tmp_path / "absent.toml")
    with pytest.raises(septet.ProfileError, match="directory"):
        septet.profile(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(septet.ProfileError, match=r"latin\.toml: .*utf-8"):
        septet.profile(tmp_path / "latin.toml")


def test_a_file_extends_a_known_profile_and_no_other_file(tmp_path: Path, write: Write) -> None:
    path = write('extends = "my-vendor.toml"')
    with pytest.raises(
        septet.ProfileError,
        match=r"my-vendor\.toml: extends: .*one of the \d+ that septet.profiles\(\) and the command",
    ):
        septet.profile(path)
    write(f'extends = "{path.as_posix()}"')
    with pytest.raises(septet.ProfileError, match="extends: "):
        septet.profile(path)
    write("a = " + "[" * 5000)
    with pytest.raises(septet.ProfileError, match="expected a vendor file in TOML"):
        septet.profile(path)


def test_names_that_no_one_knows() -> None:
    with pytest.raises(ValueError, match='did you mean "smspartner"'):
        septet.profile("smspartnr")
    with pytest.raises(ValueError, match="expected a name, a path or a Profile, found int"):
        septet.profile(5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="expected a name, a path or a Profile, found bytes"):
        septet.plan("a", profile=b"gsm")  # type: ignore[arg-type]


def test_profiles_are_given_back_compared_copied_and_kept_as_they_are() -> None:
    own = septet.profile("smsmode")
    assert septet.profile(own) is own
    assert pickle.loads(pickle.dumps(own)) == own == copy.deepcopy(own)
    assert hash(own) == hash(copy.copy(own))
    assert own != septet.profile("gsm")
    assert own != "smsmode"
    assert repr(own) == "<septet.Profile smsmode>"
    with pytest.raises(AttributeError):
        own.name = "other"  # type: ignore[misc]
    own.substitutions["é"] = "e"
    assert septet.plan("é", profile=own).text == "é"


def test_all_that_several_keys_show_is_said_in_one_run(write: Write) -> None:
    path = write(
        """extends = "gsm"
[limit]
ceiling = 3
default = 5
source = "x"
[alphabet]
base = "default"
add = "a"
source = "x"
[[substitutions]]
rows = [["ç", "ê"], ["ab", "c"], ["ç", "c"]]
source = "x"
[[documented_totals]]
encoding = "gsm7"
optout = true
totals = [160, 3060]
source = "x"
[prefix]
text = "日"
longest = 1
source = "x"
[encodings]
default = "gsm7"
offered = ["gsm7"]
source = "x"
"""
    )
    with pytest.raises(septet.ProfileError) as refused:
        septet.profile(path)
    told = str(refused.value).splitlines()
    assert [line.split(": ")[1] for line in told] == [
        "alphabet.add",
        "limit.default",
        "substitutions[0].rows[0]",
        "substitutions[0].rows[1]",
        "substitutions[0].rows[2]",
        "prefix.text",
        "documented_totals[0].totals",
        "documented_totals[0].optout",
    ]
    assert "(line 4)" in told[1]


def test_what_one_key_and_what_several_show_is_said_in_one_run(write: Write) -> None:
    """Each with the key, what was expected, what was found, and the line."""
    path = write(
        """extends = "gsm"
titel = "x"
date = "2017-13"
[alphabet]
base = "default"
add = "aç"
remove = "ç"
source = "x"
[limit]
ceiling = 3
default = 5
truncate = "no"
refused_above = [4]
source = "x"
[optout]
separator = " "
transactional = { default = "never", offered = ["never"] }
commercial = { default = "if-free", offered = ["never"] }
source = "x"
[[optout.mentions]]
text = "STOP au 36l11"
patterns = ["STOP au 36111"]
source = "x"
[[optout.mentions]]
text = "autre"
patterns = ["autre"]
source = "x"
[character_limit]
counted = "units"
gsm7 = 460
source = "x"
[request]
url = "https://vendor.example/{id}"
methods = ["PUT"]
parameters = "form"
charset = { gsm7 = "UTF-8", ucs2 = "UTF-8" }
mention = "sender"
authentication = "none"
source = "x"
[recipients]
most = { POST = 1 }
patterns = ["+"]
expected = "numbers"
plus = "kept"
source = "x"
[[fields]]
name = "to"
holds = "recipients"
at = "to[]"
source = "x"
[[answers]]
format = "json"
outcome = "accepted"
root = "x"
separator = ";"
source = "x"
"""
    )
    with pytest.raises(septet.ProfileError) as refused:
        septet.profile(path)
    told = [line.removeprefix(f"{path}: ") for line in str(refused.value).splitlines()]
    expected = """
        titel: expected one of (line 2)
        date: expected a year, a month or a day found '2017-13' (line 3)
        alphabet.add: expected no character that remove has (line 6)
        alphabet.add: expected no character that the base has already, found 'a' (line 6)
        limit.truncate: expected true or false, found 'no' (line 12)
        limit.default: expected at most limit.ceiling, found 5 (line 11)
        limit.refused_above: expected at most limit.ceiling each, found 4 (line 13)
        optout.commercial.default: expected one of optout.commercial.offered (line 18)
        optout.mentions[0].patterns: expected one that finds the mention's own text (line 22)
        optout.mentions[1].countries: expected countries that no other mention has (line 24)
        character_limit.gsm7: expected at most 459 units found 460 (line 30)
        request.methods: expected a list with some of "GET", "POST", found ['PUT'] (line 34)
        request.url: expected a field with place = "address" for {id} (line 33)
        recipients.patterns: (line 42)
        fields: expected a field that holds "text" (line 46)
        fields[0].at: expected a name, as parameters is not "json" (line 49)
        answers[0].root: (line 54)
        answers[0].separator: (line 55)
        answers[0].when: (line 51)
    """
    for line in expected.strip().splitlines():
        key, *parts = line.strip().replace(" found", "\0found").replace(" (line", "\0(line").split("\0")
        assert any(one.startswith(key) and all(part in one for part in parts) for one in told), (line, told)
    assert len(told) == 20, told


def test_a_number_of_more_digits_than_can_be_read_is_told_of_its_key(write: Write) -> None:
    path = write('extends = "gsm"\n[limit]\nceiling = ' + "9" * 5000 + '\ntruncate = 1\nsource = "x"\n')
    with pytest.raises(septet.ProfileError) as refused:
        septet.profile(path)
    ceiling, truncate = str(refused.value).splitlines()
    assert ": limit.ceiling: expected a whole number from 1 to 255, found 999" in ceiling
    assert ceiling.endswith("(line 3)")
    assert ": limit.truncate: expected true or false, found 1 (line 4)" in truncate


@pytest.mark.parametrize("name", ["encom", "smsmode", "aws-sns", "govuk-notify", "telstra", "vonage"])
def test_a_file_with_faults_is_refused_and_nothing_else(name: str) -> None:
    """Lines left out, keys misspelt and values of another kind, several at a time."""
    pick = Random(name)
    lines = (VENDORS / f"{name}.toml").read_text("utf-8").splitlines()
    values = ['"x"', "-1", "true", "[]", "{}", '[["a", "b"]]', '{ default = "never" }', "9999999"]
    for _ in range(12):
        written = list(lines)
        for _ in range(pick.randint(1, 4)):
            place = pick.randrange(len(written))
            key, equals, _ = written[place].partition("=")
            if not equals or pick.random() < 0.3:
                del written[place]
            else:
                written[place] = (
                    f"{key}= {pick.choice(values)}" if pick.random() < 0.8 else f"z{written[place]}"
                )
        with contextlib.suppress(septet.ProfileError):
            septet.Profile.from_toml("\n".join(written))


def test_the_file_to_begin_with_is_the_standard(write: Write) -> None:
    begun = septet.profile(write(SKELETON.replace("NAME", "Mine")))
    assert (begun.title, begun.document) == ("Mine", "the document of the vendor that has these rules")
    for text in ("", "a" * 160, "a" * 161, "€" * 80 + "a", "ж" * 70, "ж" * 71, "😀" * 100):
        mine, standard = septet.plan(text, begun), septet.plan(text, "gsm")
        assert (mine.encoding, mine.billed_segments) == (standard.encoding, standard.billed_segments)
