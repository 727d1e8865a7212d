"""GSM 03.38 as text: septets, one per byte, to characters and back; and Python's codec of that name.

The codec is for unpacked septets in the default alphabet and its extension table. National language
tables are announced in a user data header, which a codec never sees: the functions take them.
"""

from __future__ import annotations

import codecs
import re

from septet.errors import DecodeError

from .alphabets import DEFAULT_TABLES, ESCAPE_SEPTET, characters_by_septet, septets_by_character
from .characters import UNDEFINED
from .packing import LAST_SEPTET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Buffer

    from .alphabets import Tables

#: The name of the codec in `codecs.lookup`.
NAME = "gsm03.38"

_ESCAPE = bytes([ESCAPE_SEPTET])
# Marks a septet after an escape, once the pair is one byte.
_BEHIND_ESCAPE = 0x80

_characters: dict[Tables, str] = {}
_septets: dict[Tables, dict[str, bytes]] = {}


def decode_septets(septets: bytes, tables: Tables = DEFAULT_TABLES) -> str:
    """The text that septets, one per byte, stand for in a pair of tables.

    After an escape, a code that the extension table lacks stands for the basic character, and a
    second escape for a space. An escape at the end of the septets is a space too, and so is a code of
    the basic table without a character.

    Raises DecodeError for a byte above 0x7F; any septets are a text.
    Source: TS 23.038, 6.1.1, 6.2.1 and 6.2.1.1.
    """
    if not septets.isascii():
        place = next(place for place, septet in enumerate(septets) if septet > LAST_SEPTET)
        raise DecodeError(f"a septet is at most 0x7F, found 0x{septets[place]:02X}", "septets", place)
    if _ESCAPE in septets:
        septets = re.sub(rb"(?s)\x1b(.)", lambda pair: bytes([pair[1][0] | _BEHIND_ESCAPE]), septets)
    return codecs.charmap_decode(septets, "strict", _characters_of(tables))[0]


def encode_septets(text: str, tables: Tables = DEFAULT_TABLES, errors: str = "strict") -> bytes:
    """The septets of a text in a pair of tables, one per byte, an escape before those that need one.

    `errors` names an error handler, as for `str.encode`; its replacement for a character is encoded
    in turn, unless it is bytes.

    Raises UnicodeEncodeError, which names the first characters without a septet and their place.
    Source: TS 23.038, 6.2.1 and 6.2.1.1.
    """
    if not isinstance(text, str):
        raise TypeError(f"text: expected str, found {type(text).__name__}")
    septets = _septets_of(tables)
    try:
        return b"".join(map(septets.__getitem__, text))
    except KeyError:
        pass
    return _encode_by_handler(text, septets, codecs.lookup_error(errors))


def _characters_of(tables: Tables) -> str:
    """256 characters: what each septet shows, then what each shows after an escape."""
    if tables not in _characters:
        basic, extension = characters_by_septet(tables)
        # TS 23.038, 6.1.1, note 1: what is "not used" is "displayed as a space"; 6.2.1, note 1: and
        # so is an escape without meaning.
        basic = basic.replace(UNDEFINED, " ")
        # TS 23.038, 6.2.1.1: "a code where a symbol is not represented in the above table" is shown
        # as "the character shown in the main GSM 7 bit default alphabet table […], or the character
        # from the National Language Locking Shift Table"; a second escape is "reserved for the
        # extension to another extension table" and, until there is one, a space.
        pairs = zip(basic, extension, strict=True)
        _characters[tables] = basic + "".join(main if code == UNDEFINED else code for main, code in pairs)
    return _characters[tables]


def _septets_of(tables: Tables) -> dict[str, bytes]:
    if tables not in _septets:
        _septets[tables] = septets_by_character(tables)
    return _septets[tables]


def _encode_by_handler(text: str, septets: dict[str, bytes], handler: Callable[[Any], Any]) -> bytes:
    encoded = bytearray()
    place = start = end = 0
    while place < len(text):
        if text[place] in septets:
            encoded += septets[text[place]]
            place += 1
            continue
        # A handler may skip a part of a run, or go back before it.
        if not start <= place < end:
            start = end = place
            while end < len(text) and text[end] not in septets:
                end += 1
        error = UnicodeEncodeError(NAME, text, place, end, "no septet stands for it in these tables")
        replacement, place = _answer(handler(error), (str, bytes), len(text))
        if isinstance(replacement, str):
            try:
                replacement = b"".join(map(septets.__getitem__, replacement))
            except KeyError:
                raise error from None
        encoded += replacement
    return bytes(encoded)


def _decode_by_handler(octets: bytes, handler: Callable[[Any], Any]) -> tuple[str, int]:
    """The text, and the place from which no byte is above 0x7F: the caller decodes the rest."""
    too_large = re.compile(rb"[\x80-\xff]")
    text = []
    place = 0
    while found := too_large.search(octets, place):
        text.append(decode_septets(octets[place : found.start()]))
        error = UnicodeDecodeError(NAME, octets, *found.span(), "a septet is at most 0x7F")
        replacement, place = _answer(handler(error), (str,), len(octets))
        text.append(replacement)
    return "".join(text), place


def _answer(answer: Any, types: tuple[type, ...], length: int) -> tuple[Any, int]:
    """The result of an error handler, checked by the rules of Python's own codecs."""
    is_pair = isinstance(answer, tuple) and len(answer) == 2
    if not (is_pair and isinstance(answer[0], types) and isinstance(answer[1], int)):
        expected = "/".join(kind.__name__ for kind in types)
        raise TypeError(f"an error handler must return a tuple ({expected}, int), found {answer!r}")
    replacement, place = answer
    if place < 0:
        place += length
    if not 0 <= place <= length:
        raise IndexError(f"position {place} from error handler out of bounds")
    return replacement, place


def _encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    return encode_septets(text, errors=errors), len(text)


def _decode(octets: Buffer, errors: str = "strict", final: bool = True) -> tuple[str, int]:
    """The text, and how many bytes it took: all but a last escape, when more may follow."""
    octets = bytes(memoryview(octets))
    text, place = ("", 0) if octets.isascii() else _decode_by_handler(octets, codecs.lookup_error(errors))
    septets = octets[place:]
    # An even number of escapes are pairs, each a space.
    if not final and (len(septets) - len(septets.rstrip(_ESCAPE))) % 2:
        septets = septets[:-1]
    return text + decode_septets(septets), place + len(septets)


class _Codec(codecs.Codec):
    def encode(self, input: str, errors: str = "strict") -> tuple[bytes, int]:
        return _encode(input, errors)


class _IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input: str, final: bool = False) -> bytes:
        return encode_septets(input, errors=self.errors)


class _IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, input: Buffer, errors: str, final: bool) -> tuple[str, int]:
        return _decode(input, errors, final)


class _StreamWriter(_Codec, codecs.StreamWriter):
    pass


class _StreamReader(_Codec, codecs.StreamReader):
    def decode(self, input: Buffer, errors: str = "strict") -> tuple[str, int]:
        # The base class passes what it kept with nothing new only when the stream has ended.
        ended = bytes(memoryview(input)) == self.bytebuffer
        return _decode(input, errors, final=ended)


def codec() -> codecs.CodecInfo:
    """The codec for Python's registry."""
    return codecs.CodecInfo(
        name=NAME,
        encode=_encode,
        decode=_decode,
        incrementalencoder=_IncrementalEncoder,
        incrementaldecoder=_IncrementalDecoder,
        streamwriter=_StreamWriter,
        streamreader=_StreamReader,
    )
