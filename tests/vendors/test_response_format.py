"""The part of a vendor file about answers: what is said of it when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import septet

JSON = '[[answers]]\nformat = "json"\noutcome = "accepted"\nmessage_ids = "id"\nsource = "x"\n'
XML = '[[answers]]\nformat = "xml"\nroot = "result"\noutcome = "accepted"\nmessage_ids = "id"\nsource = "x"\n'
BARS = (
    '[[answers]]\nformat = "separated"\nseparator = "|"\ncolumns = ["code", "id"]\noutcome = "accepted"\n'
    'message_ids = "id"\nsource = "x"\n'
)
BY_MESSAGE = JSON.replace('"accepted"', '"by-message"')
CODE = '[[codes]]\ncode = "1"\nmessage = "No"\nsource = "x"\n'
STATUS = '[[http_statuses]]\nstatus = 503\nmeaning = "busy"\nsource = "x"\n'

FAULTS = {
    "answers that are no list": ('answers = "x"\n', "answers: expected a list of tables [[answers]]"),
    "an unknown key": (JSON + 'cots = "x"\n', "answers[0].cots: expected one of format, outcome, charsets"),
    "the nearest key": (JSON + 'cots = "x"\n', 'did you mean "cost"'),
    "a format of no one": (
        JSON.replace('"json"', '"yaml"'),
        'answers[0].format: expected one of "json", "xml"',
    ),
    "an outcome of no one": (JSON.replace('"accepted"', '"maybe"'), "answers[0].outcome: expected one of"),
    "no outcome": (
        JSON.replace('outcome = "accepted"\n', ""),
        'answers[0].outcome: expected one of "accepted"',
    ),
    "no source": (JSON.replace('source = "x"\n', ""), "answers[0].source: expected a text, found nothing"),
    "a charset of no one": (
        JSON + 'charsets = ["utf-7"]\n',
        "answers[0].charsets: expected a list with some of",
    ),
    "a path that is none": (
        JSON + 'cost = "a//b"\n',
        "answers[0].cost: expected a path such as message/sms_sent",
    ),
    "a place 0": (JSON + 'cost = "entry[0]"\n', "answers[0].cost: expected a path"),
    "an empty list of paths": (JSON + "cost = []\n", "answers[0].cost: expected a path"),
    "a condition without a path": (
        JSON + 'when = { "a b" = 1 }\n',
        "answers[0].when: expected a table of paths",
    ),
    "a condition without a value": (
        JSON + "when = { status = [] }\n",
        "answers[0].when.status: expected true, false, a whole number or a text, or a list of such, found []",
    ),
    "a condition on a fraction": (
        JSON + "when = { status = 1.5 }\n",
        "answers[0].when.status: expected true",
    ),
    "a list in a list of values": (
        JSON + "when = { status = [[1]] }\n",
        "answers[0].when.status: expected true",
    ),
    "a number in XML": (
        XML + "when = { status = 1 }\n",
        "answers[0].when.status: expected a text, or a list",
    ),
    "XML without a root": (
        XML.replace('root = "result"\n', ""),
        'answers[0].root: expected a value, as format is "xml"',
    ),
    "a root in JSON": (
        JSON + 'root = "result"\n',
        "answers[0].root: expected nothing (it belongs to format = \"xml\"), found 'result'",
    ),
    "columns without a separator": (
        BARS.replace('separator = "|"\n', ""),
        'answers[0].separator: expected a value, as format is "separated"',
    ),
    "a separator that is none": (
        BARS.replace('separator = "|"', 'separator = ""'),
        "answers[0].separator: expected a text, such as a space, found ''",
    ),
    "a text without a pattern": (
        BARS.replace("separated", "text").replace('separator = "|"\ncolumns = ["code", "id"]\n', ""),
        'answers[0].pattern: expected a value, as format is "text"',
    ),
    "a pattern whose groups have no names": (
        BARS.replace("separated", "text").replace(
            'separator = "|"\ncolumns = ["code", "id"]', 'pattern = "([0-9]+)"'
        ),
        "answers[0].pattern: expected a regular expression whose groups all have names",
    ),
    "a group that is none": (
        BARS.replace("separated", "text").replace(
            'separator = "|"\ncolumns = ["code", "id"]', 'pattern = "(?P<ids>[0-9]+)"'
        ),
        "answers[0].message_ids: expected names of groups of the pattern, found 'id'",
    ),
    "a separator in XML": (XML + 'separator = "|"\n', "answers[0].separator: expected nothing"),
    "a column that is none": (
        BARS.replace('message_ids = "id"', 'message_ids = "ids"'),
        "answers[0].message_ids: expected names of columns, found 'ids'",
    ),
    "a condition on no column": (
        BARS + 'when = { status = "0" }\n',
        "answers[0].when: expected names of columns",
    ),
    "a list of errors in columns": (
        BARS + 'errors = { list = "code", message = "id" }\n',
        "answers[0].errors: expected nothing, as columns hold no list",
    ),
    "errors without a list": (
        JSON + 'errors = { message = "m" }\n',
        "answers[0].errors.list: expected a path",
    ),
    "errors without a message": (
        JSON + 'errors = { list = "m" }\n',
        "answers[0].errors.message: expected a path",
    ),
    "an unknown key of errors": (
        JSON + 'errors = { list = "l", message = "m", field = "f" }\n',
        "answers[0].errors.field: expected one of list, message, element, code",
    ),
    "errors by a path that is none": (
        JSON + 'errors = { list = "l/", message = "m" }\n',
        "answers[0].errors.list: expected a path such as errors or entry[3]/entry, found 'l/'",
    ),
    "errors by their names with a message": (
        JSON + 'errors = { list = "l", keyed = true, message = "m" }\n',
        "answers[0].errors.keyed: expected true, with list alone beside it, found True",
    ),
    "errors by their names at a path that is none": (
        JSON + 'errors = { list = "l/", keyed = true }\n',
        "answers[0].errors.list: expected a path such as details, found 'l/'",
    ),
    "an inference of nothing": (
        JSON + 'billed_inferred = "why"\n',
        "answers[0].billed_inferred: expected nothing, as billed_segments is not given, found 'why'",
    ),
    "a code by a pattern that is none": (
        JSON + 'code_pattern = "(["\n',
        "answers[0].code_pattern: expected a regular expression with one group, the code",
    ),
    "a code by a pattern with two groups": (
        JSON + 'code_pattern = "(a)(b)"\n',
        "answers[0].code_pattern: expected a regular expression with one group, the code",
    ),
    "a text by a pattern that is none": (
        BARS.replace("separated", "text").replace(
            'separator = "|"\ncolumns = ["code", "id"]', 'pattern = "(?P<id>["'
        ),
        "answers[0].pattern: expected a regular expression whose groups all have names",
    ),
    "messages without a path": (
        BY_MESSAGE + 'messages = { is = "part", accepted = { ok = true } }\n',
        "answers[0].messages.list: expected a value, found nothing",
    ),
    "messages that are neither recipients nor parts": (
        BY_MESSAGE + 'messages = { list = "l", is = "row", accepted = { ok = true } }\n',
        'answers[0].messages.is: expected one of "recipient", "part", found \'row\'',
    ),
    "messages at a path that is none": (
        BY_MESSAGE + 'messages = { list = "l/", is = "part", accepted = { ok = true } }\n',
        "answers[0].messages.list: expected a path such as data/messages, found 'l/'",
    ),
    "messages that are accepted on a fraction": (
        BY_MESSAGE + 'messages = { list = "l", is = "part", accepted = { ok = [1.5] } }\n',
        "answers[0].messages.accepted.ok: expected a value, or a list of such, found [1.5]",
    ),
    "messages that are always accepted": (
        BY_MESSAGE + 'messages = { list = "l", is = "part", accepted = {} }\n',
        "answers[0].messages.accepted: expected a table of paths and the values that stand there",
    ),
    "a figure of messages at a path that is none": (
        BY_MESSAGE + 'messages = { list = "l", is = "part", accepted = { ok = true }, id = "/" }\n',
        "answers[0].messages.id: expected a path such as status/id, or a list of paths, found '/'",
    ),
    "optional, and not there": (
        JSON + 'optional = ["cost"]\n',
        "answers[0].optional: expected some of the keys given, message_ids, found 'cost'",
    ),
    "nothing to know it by": (
        JSON + 'optional = ["message_ids"]\n',
        "answers[0].when: expected a value, or a key that is not optional, to know the answer by",
    ),
    "the second of two": (JSON + XML + 'separator = "|"\n', "answers[1].separator: expected nothing"),
    "a code twice": (CODE + CODE, "codes[1].code: expected a code that no other row has, found '1'"),
    "a code that is a number": (CODE.replace('"1"', "1"), "codes[0].code: expected a text, found 1"),
    "a code without words": (CODE.replace('message = "No"\n', ""), "codes[0].message: expected a text"),
    "temporary in words": (CODE + 'temporary = "yes"\n', "codes[0].temporary: expected true or false"),
    "a status twice": (STATUS + STATUS, "http_statuses[1].status: expected a status that no other row has"),
    "a status that is none": (
        STATUS.replace("503", "600"),
        "http_statuses[0].status: expected a whole number from 100 to 599, found 600",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_key_and_expectation(fault: str, tmp_path: Path) -> None:
    text, expected = FAULTS[fault]
    path = tmp_path / "my-vendor.toml"
    path.write_text('extends = "gsm"\n' + text, "utf-8")
    with pytest.raises(septet.ProfileError) as error:
        septet.profile(path)
    assert expected in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("text", [JSON, XML, BARS, CODE, STATUS])
def test_what_the_faults_were_made_of_is_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "my-vendor.toml"
    path.write_text('extends = "gsm"\n' + text, "utf-8")
    assert septet.profile(path).rules


def test_answers_of_ones_own_replace_those_of_the_other(tmp_path: Path) -> None:
    path = tmp_path / "my-vendor.toml"
    path.write_text('extends = "smspartner"\n' + BARS, "utf-8")
    own = septet.profile(path)
    assert own.read_response(b"0 | 307").message_ids == ("307",)
    assert own.rule("codes") == septet.profile("smspartner").rule("codes")
    with pytest.raises(septet.ResponseError):
        own.read_response(b'{"success": false, "code": 1}')


def test_the_rules_say_in_words_how_the_vendor_answers() -> None:
    texts = {rule.text: rule for rule in septet.profile("envoyersmspro").rules}
    accepted = (
        "accepted: XML <envoyersmspro> where status is success; identifiers from message/message_id; "
        "billed segments from message/sms_sent; "
        "segments left from message/sms_remaing or message/sms_remaining; in UTF-8"
    )
    assert texts[accepted].key == "answers"
    assert texts['the vendor\'s code 4 "Message too long": Votre message est trop long'].key == "codes"
    busy = "HTTP status 503: Service indisponible: the servers are overloaded; try again later (temporary)"
    assert texts[busy].key == "http_statuses"
    texts = {rule.text: rule for rule in septet.profile("smsmode").rules}
    assert (
        "refused: code_retour | description where code_retour is 31 or 32 or 33 or 35 or 50; "
        "code from code_retour; message from description if there; in UTF-8 or ISO-8859-15"
    ) in texts
    texts = {rule.text: rule for rule in septet.profile("smspartner").rules}
    assert (
        "refused: JSON where success is false; code from code; message from message if there; "
        "errors from errors if there; in UTF-8"
    ) in texts
