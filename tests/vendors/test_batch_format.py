"""The batch of a vendor file: what it may say, and what is said of it when it is wrong."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from batch_examples import HEADER, VENDOR, vendor_file

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
    "fields in a place of no one": (
        ('parameters = "query"', 'parameters = "header"'),
        'batch.parameters: expected one of "query", "multipart"',
    ),
    "a field of the call that holds a text": (
        (
            'name = "refClient"\nholds = "tag"\nsource = "17',
            'name = "refClient"\nholds = "text"\nsource = "17',
        ),
        'batch_fields[2].holds: expected one of "sender", "tag"',
    ),
    "a field of the call that differs from row to row": (
        ('when = { replies = "4" }', 'when = { ucs2 = "9" }'),
        "batch_fields[0].when: expected a table of values by what sets them: transactional, commercial, ",
    ),
    "two fields of the call of one name": (
        ('name = "nbr_msg"', 'name = "refClient"'),
        "batch_fields[4].name: expected a name that no other field has",
    ),
    "two fields of the call of one content": (
        ('holds = "sender"\nsource = "17', 'holds = "tag"\nsource = "17'),
        'batch_fields[2].holds: expected "tag" once only',
    ),
    "half a moment in the call": (
        ('format = "%d%m%Y-%H:%M"', 'format = "%d%m%Y"'),
        "batch_fields: expected fields that together hold %Y, %m, %d, %H and %M",
    ),
    "a field of the call named as the file": (
        ('name = "nbr_msg"', 'name = "fichier"'),
        'batch_fields: expected no name of the file or of a credential, which "fichier" is',
    ),
    "a field of the call named as a credential": (
        ('name = "nbr_msg"', 'name = "accessToken"'),
        'batch_fields: expected no name of the file or of a credential, which "accessToken" is',
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


def test_a_call_that_holds_what_no_table_describes(tmp_path: Path) -> None:
    path, text = tmp_path / "mine.toml", VENDOR
    for content, key in (("tag", "tag"), ("date-time", "schedule")):
        # Out of the request, but still in the call.
        start = text.index("[[fields]]")
        fields = "".join(
            f"[[fields]]{field}"
            for field in text[start:].split("[[fields]]")[1:]
            if f'"{content}"' not in field
        )
        table = re.search(rf"^\[{key}\]\n.*?(?=^\[)", text, re.M | re.S)
        assert table is not None
        path.write_text((text[:start] + fields).replace(table[0], ""), encoding="utf-8")
        with pytest.raises(septet.ProfileError, match=rf"{key}: expected a table \[{key}\], as .* batch"):
            septet.profile(path)


def test_a_batch_of_before_has_a_call_without_fields(tmp_path: Path) -> None:
    text = re.sub(r"^\[\[batch_fields\]\]\n.*?\n\n", "", VENDOR, flags=re.M | re.S)
    path = tmp_path / "mine.toml"
    path.write_text(text.replace('parameters = "query"\n', ""), encoding="utf-8")
    batch = io.BytesIO(HEADER + b'"0612345678","a",""\n')
    request = septet.prepare_batch(path, batch).request
    assert (request.fields, request.form_fields()) == ({}, {})
    assert request.address() == "https://api.smsmode.com/http/1.6/sendSMSBatch.do"
    refused = septet.prepare_batch(path, io.BytesIO(HEADER), sender="RDV", tag="a", replies=True)
    assert [problem.code for problem in refused.problems].count("not-offered") == 3


def test_the_sheet_of_a_profile_says_what_the_file_is_like() -> None:
    (rule,) = [rule for rule in septet.profile("smsmode").rules if rule.key == "batch"]
    assert "numero (the recipient), message (the text), emetteur (the sender)" in rule.text
    assert (
        "ISO-8859-15, lines ending in LF; U+0080 is read as €; GSM-7; each text must contain its mention"
        in rule.text
    )
    assert rule.assumed
    assert "17 Envoi de SMS en mode batch" in rule.source
