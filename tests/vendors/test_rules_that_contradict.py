"""Rules of a vendor file that contradict each other: the refusal says which one is wrong, and why."""

from __future__ import annotations

import pytest

import septet

SOURCE = 'source = "x"\n'
BY_OCTETS = f'[counting]\nby = "octets"\noctets = 140\n{SOURCE}'
AT_SPACES = f'split_at = " "\ngrapheme_clusters = "cut"\n{SOURCE}'
SEGMENTS = f'[segments]\nreference = "8-bit"\n{AT_SPACES}'
MERGE = '[[merge_fields]]\ntext = "{}"\nfield = "f"\n' + SOURCE
NAMED = f'[[substitutions]]\nwhen = ["ascii"]\nrows = [["ç", "c"]]\n{SOURCE}'

#: What is added to the rules of the bare standard.
ADDED = {
    "octets where segments are billed": (
        f'[counting]\nby = "segments"\noctets = 140\n{SOURCE}',
        'counting.octets: expected none, as by is "segments", found 140',
    ),
    "a bill by octets without their number": (
        f'[counting]\nby = "octets"\n{SOURCE}',
        'counting.octets: expected a number of octets, as by is "octets"',
    ),
    "a header where nothing is split": (
        BY_OCTETS,
        'segments.reference: expected "none", as counting.by is "octets", found \'8-bit\'',
    ),
    "GSM-7 where octets are billed": (
        BY_OCTETS,
        'encodings.offered: expected utf8 alone, as counting.by is "octets"',
    ),
    "a split at letters": (
        SEGMENTS.replace('" "', '"a"'),
        "segments.split_at: expected blanks of the alphabet, found 'a'",
    ),
    "a split at a blank that is not in the alphabet": (
        SEGMENTS.replace('" "', '"\\u2003"'),
        "segments.split_at: expected blanks of the alphabet",
    ),
    "a split where octets are billed": (
        SEGMENTS + BY_OCTETS,
        "segments.split_at: expected none, as counting.by is \"octets\", found ' '",
    ),
    "clusters where words are whole": (
        SEGMENTS.replace('"cut"', '"whole"'),
        "segments.grapheme_clusters: expected \"cut\", as words are kept whole by split_at, found 'whole'",
    ),
    "a suffix that joins the last word": (
        f'{SEGMENTS}[suffix]\ntext = "x"\nseparator = ""\n{SOURCE}',
        "suffix.separator: expected a text that begins with one of segments.split_at, found ''",
    ),
    "names of substitutions without a switch": (
        NAMED,
        "substitution.switch: expected the vendor's switch in words, as substitutions have names",
    ),
    "a default without a switch": (
        f'[substitution]\npolicy = "in-gsm7"\ndefault = true\n{SOURCE}',
        "substitution.switch: expected the vendor's switch in words, as default is given",
    ),
    "a switch without a default": (
        f'[substitution]\npolicy = "in-gsm7"\nswitch = "s"\n{SOURCE}',
        "substitution.default: expected true, false or a name, as switch is given",
    ),
    "a default that no substitution has": (
        f'[substitution]\npolicy = "in-gsm7"\nswitch = "s"\ndefault = "latin"\n{SOURCE}{NAMED}',
        "substitution.default: expected true, false or a name of the substitutions, found 'latin'",
    ),
    "more for several recipients than for one": (
        f'[character_limit]\ngsm7 = 5\ncounted = "units"\nseveral = {{ gsm7 = 6 }}\n{SOURCE}',
        "character_limit.several.gsm7: expected at most character_limit.gsm7, which holds for one "
        "recipient, found 6",
    ),
    "a limit for several recipients alone": (
        f'[character_limit]\ngsm7 = 5\ncounted = "units"\nseveral = {{ ucs2 = 5 }}\n{SOURCE}',
        "character_limit.several.ucs2: expected at most character_limit.ucs2",
    ),
    "no limit for several recipients": (
        f'[character_limit]\ngsm7 = 5\ncounted = "units"\nseveral = {{}}\n{SOURCE}',
        "character_limit.several: expected gsm7 or ucs2, or both",
    ),
    "default tables that are not offered": (
        f'[languages]\noffered = ["tr"]\ndefault = ["es"]\n{SOURCE}',
        "languages.default: expected some of languages.offered, found 'es'",
    ),
    "words of an error without its code": (
        f'[limit]\nceiling = 3\nrefused_above = [3]\nvendor_message = "no"\n{SOURCE}',
        "limit.vendor_code: expected the vendor's code, as vendor_message is given",
    ),
    "words of two errors with one code": (
        f'[limit]\nceiling = 3\nrefused_above = [3]\nvendor_code = "1"\n'
        f'vendor_message = {{ gsm7 = "a", ucs2 = "b" }}\n{SOURCE}',
        "limit.vendor_code: expected a table with one for gsm7 and one for ucs2, as vendor_message is, "
        "found '1'",
    ),
    "characters of UCS-2 that the alphabet has": (
        f'[ucs2]\ncharacters = "éя"\n{SOURCE}',
        "ucs2.characters: expected characters that the alphabet lacks",
    ),
    "a merge field within another": (
        MERGE.format("[a]") + MERGE.format("x[a]"),
        "merge_fields[1].text: expected a text that holds no other merge field, found 'x[a]'",
    ),
    "the cost of a line break": (
        f'[line_breaks]\nunits = 2\n{SOURCE}[[costs]]\ncharacters = "\\n"\nunits = 1\n{SOURCE}',
        "expected no line break, whose cost is in line_breaks",
    ),
    "the cost of a character outside the alphabet": (
        f'without = ["languages"]\n[[costs]]\ncharacters = "я"\nunits = 2\n{SOURCE}',
        "costs[0].characters: expected characters of the alphabet, found",
    ),
    "a line feed that is replaced": (
        f'[[substitutions]]\nrows = [["\\n", " "]]\n{SOURCE}',
        "line_breaks: expected a table [line_breaks], as a line feed is replaced: a CR before it would stay",
    ),
    "a prefix of the vendor's own that is too long": (
        f'[prefix]\ntext = "abc"\nlongest = 2\nseparator = " "\n{SOURCE}',
        "prefix.text: expected at most 2 characters, as longest says, found 'abc'",
    ),
    "a suffix that the vendor's rows change": (
        f'[[substitutions]]\nrows = [["ç", "c"], ["x", "y"]]\n{SOURCE}'
        f'[suffix]\ntext = "x"\nseparator = " "\n{SOURCE}',
        "suffix.text: expected the text as the phone shows it: substitutions replace 'x', found 'x'",
    ),
    "a prefix that is no text and no field": (
        f'[prefix]\nseparator = " "\n{SOURCE}',
        "prefix.text: expected a text, or the field that a sender gives it in as field",
    ),
    "what cannot be left out": ('without = ["alphabet"]\n', "without: expected a list with some of "),
    "what is left out as a text": ('without = "limit"\n', "without: expected a list with some of "),
}


@pytest.mark.parametrize("fault", ADDED)
def test_the_refusal_names_the_rule(fault: str) -> None:
    rules, expected = ADDED[fault]
    with pytest.raises(septet.ProfileError) as error:
        septet.Profile.from_toml(f'extends = "gsm"\n{rules}')
    assert expected in str(error.value)
