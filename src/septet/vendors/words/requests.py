"""The rules about a vendor's request in plain words."""

from __future__ import annotations

from septet.gsm.segmentation import ENCODING_NAMES
from septet.wording.messages import any_of, joined, listed, phrase, said
from septet.wording.quoting import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.wording.messages import Words


def _address(table: dict[str, Any]) -> Words:
    charsets = joined(
        ", ",
        (
            said("%(encoding)s in %(charset)s", encoding=ENCODING_NAMES[key], charset=name)
            for key, name in table["charset"].items()
        ),
    )
    added = _mention(table["mention"])
    if table["mention_by_recipient"]:
        added += said(", the one of each recipient's country")
    parts = [
        said(
            "%(methods)s %(address)s, %(place)s",
            methods=any_of(table["methods"]),
            address=table["url"],
            place=_PLACES[table["parameters"]],
        ),
        charsets,
        added,
    ]
    if table["line_break"]:
        parts.append(said('a line break is sent as "%(written)s"', written=table["line_break"]))
    if table["content_type"]:
        parts.append(said("the type of the body is %(type)s", type=table["content_type"]))
    for name, value in table["headers"].items():
        parts.append(said("the header %(header)s is %(value)s", header=name, value=value))
    for name, value in table["fixed"].items():
        parts.append(said("%(field)s is always %(value)s", field=name, value=_value(value)))
    credentials = phrase(table["authentication"])
    parts.append(said("the caller provides the authentication: %(credentials)s", credentials=credentials))
    return joined(said("; "), parts)


_PLACES = {"form": said("in a form"), "json": said("in JSON"), "query": said("in the address")}


def _value(value: object) -> str:
    """A value of a field as JSON and forms write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _mention(by: str | dict[str, str]) -> Words:
    """Who adds the mention, for all messages or by their encoding."""
    if not isinstance(by, dict):
        return _BY[by]
    return joined(
        ", ",
        (
            said("in %(encoding)s %(who)s", encoding=ENCODING_NAMES[key], who=_BY[word])
            for key, word in by.items()
        ),
    )


_BY = {"vendor": said("the vendor adds the mention"), "sender": said("the text must contain the mention")}


def _label(table: dict[str, Any]) -> Words:
    low, high, expected = table.get("shortest", 1), table["longest"], phrase(table["expected"])
    words = [said("at most %(high)s characters: %(expected)s", high=high, expected=expected)]
    if low > 1:
        words = [said("%(low)s to %(high)s characters: %(expected)s", low=low, high=high, expected=expected)]
    if table.get("numbers") == "refused":
        words.append(said("not a number"))
    if table.get("with_replies") == "refused":
        words.append(said("not for a message that accepts replies"))
    if table.get("plus") == "dropped":
        words.append(said("a number is sent without its plus"))
    if table.get("removed"):
        words.append(said("the vendor removes %(pattern)s", pattern=table["removed"]))
    if table.get("identifiers"):
        words.append(said("or an identifier such as %(pattern)s", pattern=table["identifiers"]))
    return joined(said("; "), words)


def _recipients(table: dict[str, Any]) -> Words:
    most = joined(
        ", ",
        (
            said("%(number)s by %(method)s", number=number, method=method)
            for method, number in table["most"].items()
        ),
    )
    words: list[Words] = [phrase(table["expected"]), said("at most %(most)s", most=most)]
    if table["dedupe"]:
        words.append(said("with %(field)s, each is billed once", field=table["dedupe"]))
    if table["duplicates"] == "removed":
        words.append(said("each is billed once"))
    if table["allow_malformed"]:
        words.append(
            said("with %(field)s, malformed ones are sent, and billed", field=table["allow_malformed"])
        )
    return joined(said("; "), words)


def _territories(table: dict[str, Any]) -> Words:
    return joined(
        said("; "),
        (
            said("%(territories)s count as %(home)s", territories=" ".join(found), home=home)
            for home, found in table["counted_as"].items()
        ),
    )


def _schedule(table: dict[str, Any]) -> Words:
    words = [_steps(table)]
    if table["earliest"]:
        words.append(said("at least %(minutes)s minutes ahead", minutes=table["earliest"]))
    if table["latest"]:
        words.append(said("at most %(days)s days ahead", days=table["latest"] // 1440))
    return joined(said("; "), words)


def _repeats(table: dict[str, Any]) -> Words:
    happens = phrase(table["happens"])
    if table["place"] == "header":
        return said(
            "against duplicates: the header %(name)s: %(happens)s", name=table["guard"], happens=happens
        )
    if table["place"] == "field":
        return said(
            "against duplicates: the field %(name)s: %(happens)s", name=table["guard"], happens=happens
        )
    return said("a repeated call: %(happens)s", happens=happens)


def _steps(table: dict[str, Any]) -> Words:
    if table["step"] > 1:
        return said(
            "a later time every %(step)s minutes, in the zone %(zone)s",
            step=table["step"],
            zone=table["zone"],
        )
    return said("a later time to the minute, in the zone %(zone)s", zone=table["zone"])


def _quiet_hours(table: dict[str, Any]) -> Words:
    hours = {key: table[key] for key in ("country", "opens", "closes", "zone")}
    words: Words = said("marketing to %(country)s is sent from %(opens)s to %(closes)s (%(zone)s)", **hours)
    if table["messages"] == "all":
        words = said("every message to %(country)s is sent from %(opens)s to %(closes)s (%(zone)s)", **hours)
    if table["sundays"] and table["holidays"]:
        words += said(", not on sundays and holidays")
    elif table["sundays"]:
        words += said(", not on sundays")
    elif table["holidays"]:
        words += said(", not on holidays")
    return joined(said("; "), (words, phrase(table["lifted"]))) if table["lifted"] else words


def _batch(table: dict[str, Any]) -> Words:
    ends = {"\n": "LF", "\r\n": "CRLF"}[table["line_end"]]
    columns = joined(
        ", ",
        (
            said("%(column)s (%(content)s)", column=column["name"], content=_CONTENTS[column["holds"]])
            for column in table["columns"]
        ),
    )
    places = {
        "query": said("the other fields in the address"),
        "multipart": said("the other fields beside the file"),
    }
    parts: list[Words] = [
        said(
            "a file sent to %(address)s as %(field)s (%(type)s), %(place)s: %(columns)s, separated by "
            '"%(delimiter)s", each in quotation marks, in %(charset)s, lines ending in %(ends)s',
            address=table["url"],
            field=table["file_field"],
            type=table["file_type"],
            place=places[table["parameters"]],
            columns=columns,
            delimiter=table["delimiter"],
            charset=table["charset"],
            ends=ends,
        )
    ]
    for one, another in table["taken_for"].items():
        parts.append(said("%(one)s is read as %(another)s", one=named(one), another=another))
    parts.append(listed(ENCODING_NAMES[encoding] for encoding in table["encodings"]))
    if table["most"]:
        parts.append(said("at most %(most)s rows", most=table["most"]))
    parts.append(
        said("the vendor adds the mention")
        if table["mention"] == "vendor"
        else said("each text must contain its mention")
    )
    return joined(said("; "), parts)


#: What a field or a column of the vendor holds.
_CONTENTS = {
    "address": said("an address, which you provide"),
    "date": said("the date"),
    "date-time": said("the date-time"),
    "flag": said("a switch"),
    "free": said("you provide it"),
    "structure": said("a list or a table, which you provide"),
    "group": said("the group"),
    "hour": said("the hour"),
    "minute": said("the minute"),
    "prefix": said("the text before the message"),
    "recipient": said("the recipient"),
    "recipients": said("the recipients"),
    "segments": said("the segments"),
    "sender": said("the sender"),
    "tag": said("the tag"),
    "text": said("the text"),
    "time": said("the time"),
}

#: When a field is set.
_CONDITIONS = {
    "transactional": said("transactional"),
    "commercial": said("commercial"),
    "gsm7": said("gsm7"),
    "ucs2": said("ucs2"),
    "asked-auto": said("asked-auto"),
    "asked-gsm7": said("asked-gsm7"),
    "asked-ucs2": said("asked-ucs2"),
    "scheduled": said("scheduled"),
    "sender-name": said("sender-name"),
    "sender-number": said("sender-number"),
    "replies": said("replies"),
    "several-segments": said("several-segments"),
    "cut": said("cut"),
    "mention": said("mention"),
    "mention-if-free": said("mention-if-free"),
    "mention-always": said("mention-always"),
}


def field_words(field: dict[str, Any]) -> Words:
    """A field of the request in words."""
    words: Words = phrase(field["meaning"]) if field["meaning"] else _CONTENTS[field["holds"]]
    if field["format"]:
        words = said("%(content)s as %(format)s", content=words, format=field["format"])
    parts: list[Words] = [words]
    if field["when"]:
        when = (
            said("%(value)s for %(condition)s", value=_value(value), condition=_CONDITIONS[condition])
            for condition, value in field["when"].items()
        )
        parts.append(joined(", ", when))
    if field["unset"] is not None:
        parts.append(said("%(value)s means not given", value=str(field["unset"])))
    if field["at"]:
        parts.append(said("at %(place)s", place=field["at"]))
    if field["place"] == "address":
        parts.append(said("in the address"))
    if field["place"] == "header":
        parts.append(said("a header"))
    for place, value in field["with"].items():
        parts.append(said("with %(place)s = %(value)s", place=place, value=_value(value)))
    if field["smallest"] is not None or field["largest"] is not None:
        low, high = field["smallest"] or 0, field["largest"]
        parts.append(
            said("at least %(low)s", low=low)
            if high is None
            else said("%(low)s to %(high)s", low=low, high=high)
        )
    if field["required"]:
        parts.append(said("required"))
    if field["required_when"]:
        conditions = any_of(_CONDITIONS[condition] for condition in field["required_when"])
        parts.append(said("required if the message is %(condition)s", condition=conditions))
    if field["instead"]:
        parts.append(said("or %(fields)s instead", fields=any_of(field["instead"])))
    if field["exclusive"]:
        parts.append(said("never both"))
    if field["needs"]:
        parts.append(said("has no effect without %(fields)s", fields=any_of(field["needs"])))
    return joined(said("; "), parts)


def refusal_words(refused: dict[str, Any]) -> Words:
    """The vendor's own refusal in words."""
    problem = refused["problem"] + (f" ({refused['fault']})" if refused["fault"] else "")
    found = {"problem": problem, "code": refused["code"], "message": refused["message"]}
    if refused["element"]:
        return said(
            '%(problem)s is error %(code)s "%(message)s" at %(element)s', **found, element=refused["element"]
        )
    return said('%(problem)s is error %(code)s "%(message)s"', **found)


#: Each table of a request in words.
REQUEST_WORDS = {
    "request": _address,
    "sender": _label,
    "tag": _label,
    "recipients": _recipients,
    "territories": _territories,
    "schedule": _schedule,
    "repeats": _repeats,
    "quiet_hours": _quiet_hours,
    "batch": _batch,
}
