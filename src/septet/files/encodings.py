"""File encodings: the encoding of a text file, and its octets as UTF-8.

Octets that are invalid in an encoding become octets that are not UTF-8 either, so that their row is found
later, and only that row is lost.
"""

from __future__ import annotations

import codecs
from typing import Protocol

from septet import _kernel
from septet.errors import FileError, OptionError, shown

#: Byte order marks, the longer ones first: that of UTF-16-LE begins that of UTF-32-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The octets that Windows-1252 has characters for and ISO 8859 does not.
_WINDOWS = bytes(range(0x80, 0xA0))
_EURO_OF_LATIN_9 = b"\xa4"
_ASCII = bytes(range(0x80))
#: Control characters that texts do not have: all of ASCII except tab, line ends, vertical tab and escape.
_UNWRITTEN = bytes(octet for octet in range(0x20) if octet not in b"\t\n\v\f\r\x1b")
#: The characters that people write in Western Europe; other octets are a sign of damage and not of an
#: encoding.
_WRITTEN = (
    "€…‘’“”•–—™œŒ«»°²³·¡¿º\u00a0àâäáãåæçèéêëìíîïñòóôöõøùúûüßÀÄÅÆÇÈÉÊËÎÏÑÔÖØÙÛÜ".encode("cp1252")
    + b"\xa4\xbc\xbd"
)


#: The same for the encodings of old Macs, whose lines end in CR, and of DOS, without rarer letters.
_LETTERS = "«»°àâäáçèéêëîïíñôöóùûüúÀÉÈÊÇÔÎ"
_OLDER = {
    "mac_roman": (_LETTERS + "œŒ’‘“”…–—€\u00a0").encode("mac_roman"),
    "cp850": (_LETTERS + "\u00a0").encode("cp850"),
}
_FEW = 4

#: The names of encodings in the editor of Windows.
_OF_NOTEPAD = {
    "ansi": "cp1252",
    "unicode": "utf-16",
    "unicode big endian": "utf-16-be",
    "utf-16 le": "utf-16-le",
    "utf-16 be": "utf-16-be",
    "utf-8 with bom": "utf-8-sig",
    "utf-8-bom": "utf-8-sig",
}


def as_python_names(name: str) -> str:
    """Python's name for an encoding by its name in the editor of Windows; any other name unchanged."""
    return _OF_NOTEPAD.get(" ".join(name.casefold().split()), name)


class Filler(Protocol):
    """A source of octets."""

    def fill(self, view: memoryview) -> int:
        """Reads as much as the view holds; less only at the end."""
        ...


# No encoding's name is longer.
_LONGEST_NAME = 30


def known(name: str) -> str:
    """An encoding by Python's name. Raises OptionError for an unknown one."""
    name = as_python_names(name)
    try:
        found = codecs.lookup(name).name
        "".encode(name)  # refuses codecs that are not between text and octets
        b"".decode(name)
    except (LookupError, ValueError, TypeError):
        expected = "say, utf-8, cp1252 or iso-8859-15"
        # ISO-8859-15 is a name, in spite of its digits.
        named = (
            repr(name)
            if name[:1].isalpha() and len(name) < _LONGEST_NAME and " " not in name
            else shown(name)
        )
        message = f"file_encoding: {named} is not a known encoding: expected, {expected}"
        raise OptionError(message, "file_encoding", expected) from None
    return {"iso8859-15": "iso-8859-15", "iso8859-1": "iso-8859-1", "mac-roman": "mac_roman"}.get(
        found, found
    )


def is_for_files(name: str) -> bool:
    """Whether a known encoding is one for texts; idna and punycode are for the names of hosts.

    These have no way to continue after invalid octets.
    """
    try:
        b"aaaa".decode(name, "surrogateescape")
    except UnicodeDecodeError:
        return True  # an encoding of wider units
    except UnicodeError:
        return False
    return True


def found_in(sample: bytes, may_be_eight_bit: bool = True) -> str:
    """The encoding of a file's beginning. Pure ASCII counts as UTF-8, until more is seen."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if zeros := sample.count(0):
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        # In UTF-16 of Latin script, every other octet is zero.
        if max(even, odd) > len(sample) // 4 and min(even, odd) * 10 < zeros:
            return "utf-16-be" if even > odd else "utf-16-le"
    return eight_bit(sample) if may_be_eight_bit and is_eight_bit(sample) else "utf-8"


def in_its_order(encoding: str, sample: bytes, where: str) -> str:
    """UTF-16 and UTF-32 in the order of the byte order mark; any other encoding unchanged.

    Raises FileError where there is no mark.
    """
    if encoding not in ("utf-16", "utf-32"):
        return encoding
    for mark, name in _MARKS:
        if sample.startswith(mark) and name.startswith(encoding):
            return name
    raise FileError(
        f"{encoding} begins with a byte order mark, and this does not: say {encoding}-le or {encoding}-be",
        where,
    )


def is_binary(sample: bytes) -> bool:
    """Whether the beginning of a file shows that it is not text: NUL, and many control characters that texts
    do not have.

    A few NULs are characters like others. A tenth of random octets are such controls.
    """
    if 0 not in sample:
        return False
    controls = len(sample) - len(sample.translate(None, delete=_UNWRITTEN))
    return controls > 8 and 20 * controls > len(sample)


def is_eight_bit(text: bytes) -> bool:
    """Whether most lines beyond ASCII are not UTF-8, and read well in an encoding of eight bits.

    A last line may be cut.
    """
    return _that_explains(text) is not None


def eight_bit(text: bytes) -> str:
    """The encoding of eight bits in which a text reads well; Windows-1252 if there is none.

    ISO 8859-15 differs from that in eight places, and is used where its € is found; the encodings of Macs
    and of DOS are used only where neither explains the text.
    """
    return _that_explains(text) or _windows_or_iso(text)


def _that_explains(text: bytes) -> str | None:
    whole = text[: text.rfind(b"\n") + 1 or len(text)]
    if _kernel.is_utf8(whole):
        return None
    good, bad = 0, []
    for line in whole.split(b"\n"):
        if line.isascii():
            continue
        if _kernel.is_utf8(line):
            good += 1
        else:
            bad.append(line)
    if len(bad) <= good:
        return None
    beyond = b"".join(bad).translate(None, delete=_ASCII)
    if 10 * len(beyond.translate(None, delete=_WRITTEN)) <= len(beyond):
        return _windows_or_iso(text)
    # A few unusual octets are damage: an older encoding has to explain nearly all of several.
    if len(beyond) < _FEW:
        return None
    left = {name: len(beyond.translate(None, delete=written)) for name, written in _OLDER.items()}
    best = min(left, key=left.__getitem__)
    return best if 20 * left[best] <= len(beyond) else None


def _windows_or_iso(text: bytes) -> str:
    windows = text.translate(None, delete=bytes(set(range(256)) - set(_WINDOWS)))
    return "cp1252" if windows or _EURO_OF_LATIN_9 not in text else "iso-8859-15"


def is_single_byte(name: str) -> bool:
    """Whether each octet is a character of its own, and ASCII octets mean the same as in ASCII."""
    ascii_octets = bytes(range(128))
    try:
        if ascii_octets.decode(name) != ascii_octets.decode("ascii"):
            return False
        return all(len(bytes([octet]).decode(name, "ignore")) <= 1 for octet in range(128, 256)) and (
            len(bytes(range(0xA0, 0x100)).decode(name, "replace")) == 0x60
        )
    except (UnicodeError, LookupError):
        return False


def as_utf8(octets: bytes, encoding: str) -> bytes:
    """Octets of a single-byte encoding as UTF-8."""
    return octets.decode(encoding, "surrogateescape").encode("utf-8", "surrogateescape")


class Recoded:
    """Octets of any encoding, read as UTF-8."""

    def __init__(self, octets: Filler, encoding: str, where: str) -> None:
        self._octets = octets
        self._wide = encoding.startswith(("utf-16", "utf-32"))
        errors = "surrogatepass" if self._wide else "surrogateescape"
        if not is_for_files(encoding):
            raise FileError(
                f"{encoding} is not an encoding of files: expected, say, utf-8, cp1252 or iso-8859-15", where
            )
        try:
            self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        except LookupError:
            raise FileError(f"{encoding} cannot be read in pieces: save it as UTF-8", where) from None
        self._errors = errors
        self._ready = b""
        self._raw = bytearray(1 << 20)
        self._ended = False

    def fill(self, view: memoryview) -> int:
        """Reads as much as the view holds, and returns how much that was; less only at the end."""
        filled = 0
        while True:
            count = min(len(view) - filled, len(self._ready))
            view[filled : filled + count] = self._ready[:count]
            self._ready = self._ready[count:]
            filled += count
            if filled == len(view) or (self._ended and not self._ready):
                return filled
            if not self._ready:
                self._more()

    def _more(self) -> None:
        count = self._octets.fill(memoryview(self._raw))
        self._ended = count < len(self._raw)
        octets = bytes(self._raw[:count])
        ready = []
        while True:
            state = self._decoder.getstate()
            try:
                text = self._decoder.decode(octets, self._ended)
            except UnicodeDecodeError as error:
                # No handler can continue, such as after half a unit at the end: the octets before it,
                # followed by one that is not UTF-8.
                self._decoder.setstate(state)
                held = len(error.object) - len(octets)
                before = max(error.start - held, 0)
                ready += [self._encoded(self._decoder.decode(octets[:before])), b"\xff"]
                self._decoder.reset()
                octets = octets[max(error.end - held, 1) :]
                continue
            ready.append(self._encoded(text))
            break
        self._ready = b"".join(ready)

    def _encoded(self, text: str) -> bytes:
        return text.encode("utf-8", self._errors)
