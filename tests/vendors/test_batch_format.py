"""The batch of a vendor file: what it may say, and what is said of it when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_examples import vendor_file

import septet

COLUMN = '{ name = "emetteur", holds = "sender" }'

FAULTS = {
    "a column that holds nothing known": (
        (COLUMN, '{ name = "emetteur", holds = "tag" }'),
        "batch.columns: expected a list of tables { name, holds }, which hold one of recipient, text, sender",
    ),
    "a column without a name": ((COLUMN, '{ holds = "sender" }'), "batch.columns: expected a list of tables"),
    "a column with a key more": (
        (COLUMN, '{ name = "emetteur", holds = "sender", width = 11 }'),
        "batch.columns: expected a list of tables",
    ),
    "two columns of one name": (
        (COLUMN, '{ name = "Message", holds = "sender" }'),
        "batch.columns: expected each name and each content once",
    ),
    "two columns of one content": (
        (COLUMN, '{ name = "emetteur", holds = "text" }'),
        "batch.columns: expected each name and each content once",
    ),
    "no column of texts": (
        ('    { name = "message", holds = "text" },\n', ""),
        'batch.columns: expected a column that holds "text"',
    ),
    "an unknown charset": (
        ('charset = "ISO-8859-15"\ndelimiter', 'charset = "latin-77"\ndelimiter'),
        "batch.charset: expected the name of a charset that holds ASCII as it is",
    ),
    "a charset of two bytes": (
        ('charset = "ISO-8859-15"\ndelimiter', 'charset = "UTF-16"\ndelimiter'),
        "batch.charset: expected the name of a charset that holds ASCII as it is",
    ),
    "a character taken for two": (
        ('taken_for = { "\\u0080" = "€" }', 'taken_for = { "\\u0080" = "EU" }'),
        "batch.taken_for: expected a table of characters, each with the one that it is taken for",
    ),
    "characters taken for none": (
        ('taken_for = { "\\u0080" = "€" }', 'taken_for = ["€"]'),
        "batch.taken_for: expected a table of characters",
    ),
    "a delimiter of two characters": (
        ('delimiter = ","', 'delimiter = "||"'),
        "batch.delimiter: expected one ASCII character",
    ),
    "a quotation mark as delimiter": (
        ('delimiter = ","', "delimiter = '\"'"),
        "batch.delimiter: expected one",
    ),
    "a line end of no one": (('line_end = "\\n"', 'line_end = "\\r"'), "batch.line_end: expected one of"),
    "an encoding that the vendor lacks": (
        ('offered = ["auto", "gsm7", "ucs2"]', 'offered = ["auto", "gsm7"]'),
        "batch.encodings: expected encodings that are offered, which ucs2 is not",
    ),
    "no rows at all": (
        ('mention = "sender"\n', 'mention = "sender"\nmost = 0\n'),
        "batch.most: expected a whole",
    ),
    "a mention of no one": (
        ('encodings = ["gsm7"]\nmention = "sender"', 'encodings = ["gsm7"]\nmention = "operator"'),
        "batch.mention: expected one of",
    ),
    "an unknown key": (('file_field = "fichier"', 'file_filed = "fichier"'), 'did you mean "file_field"'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_key(fault: str, tmp_path: Path) -> None:
    change, says = FAULTS[fault]
    more = (
        [('encodings = ["gsm7"]\n', 'encodings = ["gsm7", "ucs2"]\n')]
        if "that the vendor lacks" in fault
        else []
    )
    path = vendor_file(tmp_path / "mine.toml", change, *more)
    with pytest.raises(septet.ProfileError) as error:
        septet.profile(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)


def test_a_batch_without_recipients_or_senders(tmp_path: Path) -> None:
    batch = septet.profile("smsmode").rule("batch")
    columns = ", ".join(f'{{ name = "{c["name"]}", holds = "{c["holds"]}" }}' for c in batch["columns"])
    path = tmp_path / "mine.toml"
    table = (
        f'[batch]\nurl = "https://example.com"\nfile_field = "file"\ncolumns = [{columns}]\n'
        'charset = "ascii"\ndelimiter = ","\nline_end = "\\n"\nencodings = ["gsm7"]\nmention = "sender"\n'
        'source = "x"\n'
    )
    path.write_text(f'extends = "gsm"\n{table}', encoding="utf-8")
    with pytest.raises(septet.ProfileError, match=r"batch: expected a table \[recipients\]"):
        septet.profile(path)
    path.write_text(f'extends = "encom"\n{table}', encoding="utf-8")
    with pytest.raises(septet.ProfileError, match=r"sender: expected a table \[sender\], as a column"):
        septet.profile(path)


def test_the_sheet_of_a_profile_says_what_the_file_is_like() -> None:
    (rule,) = [rule for rule in septet.profile("smsmode").rules if rule.key == "batch"]
    assert "numero (the recipient), message (the text), emetteur (the sender)" in rule.text
    assert (
        "ISO-8859-15, lines ending in LF; U+0080 is taken for €; GSM-7; each text has to hold its mention"
        in rule.text
    )
    assert rule.assumed
    assert "17 Envoi de SMS en mode batch" in rule.source
