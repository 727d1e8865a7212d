"""The rules about a text in plain words: what it may hold, how it is counted, cut and billed."""

from __future__ import annotations

from septet.gsm.segmentation import ENCODING_NAMES, capacity, header_octets
from septet.vendors.policies import ALL_OR_NOTHING, ALWAYS, IF_IT_SAVES, IN_GSM7
from septet.wording.messages import counted, joined, phrase, said
from septet.wording.quoting import named, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from septet.wording.messages import Words

#: The encodings that may be asked for.
ENCODINGS = {"auto": said("automatic"), **ENCODING_NAMES}
_BASES = {
    "default": said("GSM 03.38 default alphabet and extension table"),
    "ascii": said("ASCII, one septet each, instead of the GSM alphabet"),
}


def _alphabet(table: dict[str, Any]) -> Words:
    words: Words = _BASES[table["base"]]
    if table["add"]:
        words += said(", and %(characters)s", characters=joined(" ", map(visible, table["add"])))
    if table["remove"]:
        words += said(", without %(characters)s", characters=joined(" ", map(visible, table["remove"])))
    return words


def _encodings(table: dict[str, Any]) -> Words:
    return said(
        "%(default)s by default; possible: %(offered)s",
        default=ENCODINGS[table["default"]],
        offered=joined(", ", map(ENCODINGS.__getitem__, table["offered"])),
    )


def _unknown(table: dict[str, Any]) -> Words:
    if table["reason"] == "lossy":
        return said(
            'a character outside the alphabet is shown as "%(shown)s" in GSM-7 (the vendor documents it)',
            shown=table["shown"],
        )
    return said(
        'a character outside the alphabet is shown as "%(shown)s" in GSM-7 (the vendor does not say so)',
        shown=table["shown"],
    )


def _languages(table: dict[str, Any]) -> Words:
    offered = " ".join(table["offered"]) or said("none")
    words: Words = said("national language tables, on request: %(offered)s", offered=offered)
    if not table["default"]:
        return words
    default = " ".join(table["default"])
    return joined(said("; "), (words, said("those of %(default)s by default", default=default)))


def _counting(table: dict[str, Any]) -> Words:
    if table["by"] == "segments":
        return said("each transmitted segment is billed")
    if table["by"] == "octets":
        return said("sent in one piece, billed for each %(octets)s octets", octets=table["octets"])
    if table["by"] == "messages":
        return said(
            "sent in one piece, billed once; more expensive above %(octets)s octets", octets=table["octets"]
        )
    return said("billed by units: the capacity of one segment, then of each of several")


def in_one_piece(table: dict[str, Any]) -> Words:
    """What `[segments]` says if a message is never split."""
    del table  # nothing in it matters then
    return said("nothing is split on the way, so no header is needed")


def _segments(table: dict[str, Any]) -> Words:
    parts: list[Words] = [
        said(
            "%(encoding)s: %(alone)s units in a single segment, %(each)s in each of several",
            encoding=ENCODINGS[encoding],
            alone=capacity(encoding),
            each=capacity(encoding, header_octets(table["reference"])),
        )
        for encoding in ("gsm7", "ucs2")
    ]
    if table["reference"] == "none":
        parts.append(said("each of several is a separate message, which no header joins to the others"))
    if table["split_at"]:
        blanks = joined(", ", [visible(blank) for blank in table["split_at"]])
        parts.append(said("words are not cut: a segment ends at one of these: %(blanks)s", blanks=blanks))
        return joined(said("; "), parts)
    parts.append(
        said("grapheme clusters are kept whole")
        if table["grapheme_clusters"] == "whole"
        else said("grapheme clusters are cut where a segment is full")
    )
    return joined(said("; "), parts)


def _limit(table: dict[str, Any]) -> Words:
    most = said("%(ceiling)s segments at most", ceiling=table["ceiling"])
    if table["default"] is not None:
        most = said(
            "%(default)s by default, %(ceiling)s segments at most",
            default=table["default"],
            ceiling=table["ceiling"],
        )
    longer: Words = said("longer is refused")
    if table["truncate"]:
        longer = said("longer is cut before it is sent")
        if table["cut_by"] == "vendor":
            longer = said("longer is cut by the vendor, in the encoding of the whole text")
    words = joined(said("; "), (most, longer))
    if table["vendor_code"]:
        words += said(", the vendor's error %(error)s", error=error_words(table))
    return words


def _in(stated: str | dict[str, str] | None, encoding: str) -> str | None:
    return stated[encoding] if isinstance(stated, dict) else stated


def error_words(table: dict[str, Any]) -> Words:
    """The vendor's own code, with its message if it has one."""
    if isinstance(table["vendor_code"], dict):
        messages = table["vendor_message"]  # each encoding has its own
        each = [
            said(
                "%(encoding)s: %(error)s",
                encoding=ENCODINGS[encoding],
                error=error_words({"vendor_code": code, "vendor_message": _in(messages, encoding)}),
            )
            for encoding, code in table["vendor_code"].items()
        ]
        return joined(", ", each)
    code = str(table["vendor_code"])
    if not table["vendor_message"]:
        return phrase(code)
    return said('%(code)s "%(message)s"', code=code, message=table["vendor_message"])


def _most(table: dict[str, Any]) -> Words:
    return joined(
        said("; "),
        (
            said("%(number)s in %(encoding)s", number=table[encoding], encoding=ENCODINGS[encoding])
            for encoding in ("gsm7", "ucs2")
            if table[encoding]
        ),
    )


def _character_limit(table: dict[str, Any]) -> Words:
    most = _most(table)
    words: Words = said("%(counted)s at most: %(most)s", counted=_COUNTED[table["counted"]], most=most)
    if table["several"]:
        words = joined(
            said("; "), (words, said("to several recipients at once: %(most)s", most=_most(table["several"])))
        )
    if not table["vendor_code"]:
        return words
    return joined(said("; "), (words, said("more is the vendor's error %(error)s", error=error_words(table))))


_COUNTED = {
    "characters": said("characters as written"),
    "utf-16": said("UTF-16 code units as written"),
    "octets": said("octets of UTF-8 as written"),
    "shown": said("characters as shown"),
    "units": said("units as sent"),
}


def _policy(table: dict[str, Any]) -> Words:
    words: Words = _POLICIES[table["policy"]]
    if table["switch"] is None:
        return words
    state = table["default"]
    default = said("on") if state is True else said("off") if state is False else f'"{printable(state)}"'
    switch = said("%(switch)s: %(state)s by default", switch=phrase(table["switch"]), state=default)
    return joined(said("; "), (words, switch))


_POLICIES = {
    IN_GSM7: said("characters are replaced in GSM-7 messages"),
    ALWAYS: said("characters are replaced before the encoding is chosen, and in UCS-2 as well"),
    IF_IT_SAVES: said("characters are replaced only if that saves a billed segment"),
    ALL_OR_NOTHING: said("characters are replaced if the whole text then is in the alphabet, otherwise none"),
}


def _line_breaks(table: dict[str, Any]) -> Words:
    return said("a line break (CRLF, LF or CR) counts %(units)s", units=table["units"])


def _ucs2(table: dict[str, Any]) -> Words:
    parts: list[Words] = []
    if table["account_option"]:
        parts.append(phrase(table["account_option"]))
    if table["characters"]:
        characters = joined(" ", map(visible, table["characters"]))
        parts.append(said("besides the alphabet it can only send %(characters)s", characters=characters))
    return joined(said("; "), parts) if parts else said("nothing special")


def _commercial(table: dict[str, Any]) -> Words:
    if not table["refused"]:
        return said("marketing texts are accepted")
    words: Words = said("marketing texts are refused")
    if table["vendor_code"]:
        words += said(", the vendor's error %(error)s", error=error_words(table))
    return words


def _octets(table: dict[str, Any]) -> Words:
    parts: list[Words] = []
    if table["header"]:
        parts.append(said("the sender may add information elements to the header"))
    if table["default_alphabet"]:
        alphabet = _ALPHABETS[table["default_alphabet"]]
        parts.append(said("the message centre's default alphabet is %(alphabet)s", alphabet=alphabet))
    if not parts:
        return said("the sender writes none of the octets")
    return joined(said("; "), parts)


_ALPHABETS = {"gsm7": "GSM 03.38", "ascii": "ASCII", "latin1": "Latin-1 (ISO-8859-1)"}


def _unsubscription(table: dict[str, Any]) -> Words:
    return counted(
        "each recipient who unsubscribes costs %(number)s segment",
        "each recipient who unsubscribes costs %(number)s segments",
        table["billed_segments"],
    )


def _links(table: dict[str, Any]) -> Words:
    switch = phrase(table["switch"])
    if table["length"] is None:
        return said("links are rewritten if %(switch)s is set; to what length is not stated", switch=switch)
    return said(
        "links are rewritten to %(length)s characters: %(switch)s", length=table["length"], switch=switch
    )


def _white_space(table: dict[str, Any]) -> Words:
    blanks = joined(", ", [visible(blank) for blank in table["characters"]])
    parts: list[Words] = [said("a run of these becomes one space: %(blanks)s", blanks=blanks)]
    if table["line_breaks"] == 0:
        parts.append(said("line breaks are part of it"))
    elif table["line_breaks"] is not None:
        number = table["line_breaks"]
        parts.append(
            counted(
                "at most %(number)s line break in a row, without blanks beside it",
                "at most %(number)s line breaks in a row, without blanks beside them",
                number,
            )
        )
    if table["switched"]:
        parts.append(said("where characters are replaced"))
    return joined(said("; "), parts)


def _prefix(table: dict[str, Any]) -> Words:
    return _frame(table, said("before the text"))


def _suffix(table: dict[str, Any]) -> Words:
    return _frame(table, said("after the text"))


def _frame(table: dict[str, Any], where: Words) -> Words:
    """The text added around a text: who adds it, how it is separated, and whether it counts for the limit."""
    parts: list[Words] = []
    if table["text"]:
        parts.append(said('"%(text)s" is added %(where)s', text=printable(table["text"]), where=where))
    if table["field"]:
        field = phrase(table["field"])
        parts.append(said("what the sender gives as %(field)s is added %(where)s", field=field, where=where))
    if table["separator"]:
        separator = table["separator"]
        shown = visible(separator) if separator.isspace() else f'"{printable(separator)}"'
        parts.append(said("separated by %(separator)s", separator=shown))
    if table["longest"]:
        parts.append(said("%(longest)s characters at most", longest=table["longest"]))
    if not table["limited"]:
        parts.append(said("not counted in the limit in characters"))
    return joined(said("; "), parts)


def visible(characters: str) -> str:
    """Characters as a reader sees them; white space and controls by their names, marks on a circle."""
    if not characters:
        return said("nothing")
    if set(characters) == {" "}:
        return counted("a space", "%(number)s spaces", len(characters))
    if characters == "\n":
        return said("a line break")
    if not characters.isprintable():
        return joined(" ", map(named, characters))
    import unicodedata

    return "".join(f"◌{c}" if unicodedata.category(c).startswith("M") else c for c in characters)


#: By the table of the vendor file that has the rule.
TEXT_WORDS: dict[str, Callable[[dict[str, Any]], Words]] = {
    "alphabet": _alphabet,
    "encodings": _encodings,
    "ucs2": _ucs2,
    "octets": _octets,
    "unknown_character": _unknown,
    "line_breaks": _line_breaks,
    "languages": _languages,
    "counting": _counting,
    "segments": _segments,
    "limit": _limit,
    "unsubscription": _unsubscription,
    "character_limit": _character_limit,
    "substitution": _policy,
    "commercial": _commercial,
    "links": _links,
    "white_space": _white_space,
    "prefix": _prefix,
    "suffix": _suffix,
}
