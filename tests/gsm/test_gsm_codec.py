"""GSM 03.38 as text: the standard's rules for unusual codes, and Python's rules for a codec."""

from __future__ import annotations

import codecs
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet.errors import DecodeError
from septet.gsm.alphabets import DEFAULT_TABLES, Tables, characters_by_septet, septets_by_character
from septet.gsm.characters import UNDEFINED
from septet.gsm.codec import decode_septets, encode_septets

CHARACTERS = "".join(septets_by_character())
TEXTS = st.text(st.sampled_from(CHARACTERS))
SEPTETS = st.lists(st.integers(0, 127) | st.just(0x1B)).map(bytes)

# Text and septets, as TS 23.038, 6.2.1 and 6.2.1.1, tabulate them.
PAIRS = [
    ("", ""),
    ("@£$¥èéùìòÇ\nØø\rÅå", "000102030405060708090A0B0C0D0E0F"),
    ("Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ", "101112131415161718191A1C1D1E1F"),
    ("¤§¿ÄÖÑÜäöñüà", "245F605B5C5D5E7B7C7D7E7F"),
    ("\f^{}\\[~]|€", "1B0A1B141B281B291B2F1B3C1B3D1B3E1B401B65"),
    ("10 € !", "3130201B652021"),
]

# TS 23.038, 6.2.1 and 6.2.1.1: septets that no sender should send, and what a receiver shows.
ODD = [
    ("1B61", "a"),  # not in the extension table: the basic character
    ("1B0D", "\r"),  # reserved there for a control function
    ("1B00", "@"),
    ("1B1B", " "),  # reserved for another extension table
    ("1B1B65", " e"),
    ("1B1B1B65", " €"),
    ("1B1B1B1B", "  "),
    ("1B", " "),  # an escape without meaning
    ("611B", "a "),
    ("1B1B1B", "  "),
    ("1B651B", "€ "),
]


def as_the_standard_reads(septets: bytes, tables: Tables = DEFAULT_TABLES) -> str:
    """The reading rules, septet by septet."""
    basic, extension = characters_by_septet(tables)
    text, escaped = "", False
    for code in septets:
        if escaped:
            shown = extension[code] if extension[code] != UNDEFINED else basic[code]
            escaped = False
        elif code == 0x1B:
            escaped = True
            continue
        else:
            shown = basic[code]
        text += " " if shown == UNDEFINED else shown
    return text + " " * escaped


class TestSeptets:
    @pytest.mark.parametrize(("text", "septets"), PAIRS)
    def test_as_tabulated(self, text: str, septets: str) -> None:
        assert encode_septets(text).hex().upper() == septets
        assert decode_septets(bytes.fromhex(septets)) == text
        assert text.encode("gsm03.38").hex().upper() == septets
        assert bytes.fromhex(septets).decode("gsm03.38") == text

    @pytest.mark.parametrize(("septets", "text"), ODD)
    def test_what_is_odd_is_shown_as_the_standard_says(self, septets: str, text: str) -> None:
        assert decode_septets(bytes.fromhex(septets)) == text
        assert bytes.fromhex(septets).decode("gsm03.38") == text

    def test_every_character_comes_back(self) -> None:
        assert len(CHARACTERS) == 137
        for character in CHARACTERS:
            assert decode_septets(encode_septets(character)) == character

    @given(TEXTS)
    def test_every_text_comes_back(self, text: str) -> None:
        assert decode_septets(encode_septets(text)) == text
        assert text.encode("gsm03.38").decode("gsm03.38") == text

    @given(SEPTETS)
    def test_any_septets_are_a_text(self, septets: bytes) -> None:
        text = decode_septets(septets)
        assert text == as_the_standard_reads(septets)
        assert decode_septets(encode_septets(text)) == text

    def test_as_many_septets_as_counted(self) -> None:
        for text, _ in PAIRS:
            assert len(encode_septets(text)) == septet.plan(text).units

    @pytest.mark.parametrize("octet", [0x80, 0xFF])
    def test_a_byte_beyond_seven_bits_is_named_with_its_offset(self, octet: int) -> None:
        with pytest.raises(DecodeError, match=f"septets at offset 2: .*0x{octet:02X}") as caught:
            decode_septets(bytes([0x61, 0x1B, octet, 0x61]))
        assert (caught.value.field, caught.value.offset) == ("septets", 2)

    def test_only_text_encodes(self) -> None:
        with pytest.raises(TypeError, match="text: expected str, found bytes"):
            encode_septets(b"abc")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="expected str, found list"):
            codecs.encode(["a"], "gsm03.38")  # type: ignore[call-overload]
        with pytest.raises(TypeError):
            codecs.decode("abc", "gsm03.38")  # type: ignore[call-overload]


# Names under which other packages register codecs, and spellings of them.
NAMES_OF_OTHERS = ["gsm0338", "gsm7", "GSM-7", "gsm-0338", "GSM-03.38", "gsm 03.38", "gsm_03_38"]


class TestNames:
    @pytest.mark.parametrize("name", ["gsm03.38", "GSM03.38", "Gsm03.38"])
    def test_it_is_found(self, name: str) -> None:
        assert codecs.lookup(name).name == "gsm03.38"
        assert "€".encode(name) == b"\x1be"

    @pytest.mark.parametrize("name", ["gsm", "gsm8", "gsm03.40", "03.38", "xgsm7", *NAMES_OF_OTHERS])
    def test_others_are_not(self, name: str) -> None:
        with pytest.raises(LookupError):
            codecs.lookup(name)

    @pytest.mark.parametrize("order", ["import septet; register()", "register(); import septet"])
    def test_the_codecs_of_others_keep_their_names(self, order: str) -> None:
        # python-messaging, and so Jasmin, encodes by these names, and what it sends is its own affair.
        code = (
            "import codecs\n"
            f"names = {NAMES_OF_OTHERS!r}\n"
            "spellings = {name.lower().replace('-', '_').replace(' ', '_')"
            " for name in names}\n"
            "def search(name):\n"
            "    if name.lower().replace('-', '_').replace(' ', '_') in spellings:\n"
            "        return codecs.CodecInfo(\n"
            "            name='theirs', encode=lambda text, errors='strict': (b'theirs', len(text)),\n"
            "            decode=lambda octets, errors='strict': ('theirs', len(octets)))\n"
            "def register(): codecs.register(search)\n"
            f"{order}\n"
            "assert all('ç'.encode(name) == b'theirs' for name in names)\n"
            "assert '€'.encode('gsm03.38') == b'\\x1be'\n"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(septet.__file__).parent.parent)}
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)

    def test_it_is_there_once_septet_is_imported(self) -> None:
        code = (
            "import codecs\ntry: codecs.lookup('gsm03.38')\nexcept LookupError: print('absent')\n"
            "import septet; print(codecs.lookup('gsm03.38').name)"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(septet.__file__).parent.parent)}
        result = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
        )
        assert result.stdout.split() == ["absent", "gsm03.38"]


class TestErrors:
    def test_encoding_names_the_first_run_without_septets(self) -> None:
        with pytest.raises(UnicodeEncodeError) as caught:
            "10 € ça œuvre".encode("gsm03.38")
        error = caught.value
        assert (error.encoding, error.object, error.start, error.end) == ("gsm03.38", "10 € ça œuvre", 5, 6)
        assert error.__context__ is None
        with pytest.raises(UnicodeEncodeError) as caught:
            encode_septets("abçœ😀d")
        assert (caught.value.start, caught.value.end) == (2, 5)

    @pytest.mark.parametrize("character", ["\x1b", "\ud83d", UNDEFINED, "`", "ç", "\0", "\t", "\x7f"])
    def test_what_is_in_no_table_does_not_encode(self, character: str) -> None:
        with pytest.raises(UnicodeEncodeError) as caught:
            f"a€{character}".encode("gsm03.38")
        assert (caught.value.start, caught.value.end) == (2, 3)

    def test_decoding_names_the_byte(self) -> None:
        with pytest.raises(UnicodeDecodeError) as caught:
            b"ab\x1be\x80\x81".decode("gsm03.38")
        error = caught.value
        assert (error.encoding, error.object) == ("gsm03.38", b"ab\x1be\x80\x81")
        assert (error.start, error.end) == (4, 5)

    @pytest.mark.parametrize(
        ("handler", "septets"),
        [
            ("ignore", b"a\x1bez"),
            ("replace", b"a??\x1bez"),
            ("backslashreplace", b"a\x1b/xe7\x1b/u0153\x1bez"),
            ("xmlcharrefreplace", b"a&#231;&#339;\x1bez"),
            ("namereplace", "a\\N{LATIN SMALL LETTER C WITH CEDILLA}\\N{LATIN SMALL LIGATURE OE}€z"),
        ],
    )
    def test_standard_handlers_encode(self, handler: str, septets: bytes | str) -> None:
        expected = septets if isinstance(septets, bytes) else septets.encode("gsm03.38")
        assert "açœ€z".encode("gsm03.38", handler) == expected
        encoder = codecs.getincrementalencoder("gsm03.38")(handler)
        assert b"".join(encoder.encode(character) for character in "açœ€z") == expected

    @pytest.mark.parametrize(
        ("handler", "text"),
        [
            ("ignore", "a €"),
            ("replace", "a \ufffd\ufffd€"),
            ("backslashreplace", "a \\x80\\xff€"),
            ("surrogateescape", "a \udc80\udcff€"),
        ],
    )
    def test_standard_handlers_decode(self, handler: str, text: str) -> None:
        # An escape before a byte that is no septet opens nothing.
        octets = b"a\x1b\x80\xff\x1be"
        assert octets.decode("gsm03.38", handler) == text
        decoder = codecs.getincrementaldecoder("gsm03.38")(handler)
        assert "".join(decoder.decode(octets[place : place + 1]) for place in range(len(octets))) == text

    @given(st.lists(st.integers(0, 255).filter(lambda octet: octet != 0x1B)).map(bytes))
    def test_surrogateescape_brings_every_byte_back(self, octets: bytes) -> None:
        assert octets.decode("gsm03.38", "surrogateescape").encode("gsm03.38", "surrogateescape") == octets

    def test_an_unknown_handler_is_a_lookup_error_where_it_is_needed(self) -> None:
        with pytest.raises(LookupError, match="no-such-handler"):
            "ç".encode("gsm03.38", "no-such-handler")
        with pytest.raises(LookupError, match="no-such-handler"):
            b"\x80".decode("gsm03.38", "no-such-handler")

    def test_a_replacement_without_septet_is_the_error_of_what_it_replaces(self) -> None:
        codecs.register_error("septet-cedilla", lambda error: ("ç", error.end))
        with pytest.raises(UnicodeEncodeError) as caught:
            "aœ".encode("gsm03.38", "septet-cedilla")
        assert (caught.value.object, caught.value.start, caught.value.end) == ("aœ", 1, 2)


class TestHandlersThatReturnPlaces:
    """As Python's own codecs take them: any place of the text, counted from the end when negative."""

    def encode(
        self, text: str, answers: list[Any], codec: str = "gsm03.38"
    ) -> tuple[bytes, list[tuple[int, int]]]:
        seen: list[tuple[int, int]] = []

        def handler(error: UnicodeError) -> Any:
            assert isinstance(error, UnicodeEncodeError)
            seen.append((error.start, error.end))
            return answers[len(seen) - 1]

        codecs.register_error("septet-answers", handler)
        return text.encode(codec, "septet-answers"), seen

    def decode(
        self, octets: bytes, answers: list[Any], codec: str = "gsm03.38"
    ) -> tuple[str, list[tuple[int, int]]]:
        seen: list[tuple[int, int]] = []

        def handler(error: UnicodeError) -> Any:
            assert isinstance(error, UnicodeDecodeError)
            seen.append((error.start, error.end))
            return answers[len(seen) - 1]

        codecs.register_error("septet-answers", handler)
        return octets.decode(codec, "septet-answers"), seen

    # Python's own codecs are the reference: œ and Œ are not in Latin-1 either, bytes above 0x7F not in ASCII.
    @pytest.mark.parametrize(
        ("text", "answers"),
        [
            ("aœŒb", [("-", 3)]),
            ("aœŒb", [("-", 2), ("+", 3)]),
            ("aœŒb", [("-", -1)]),
            ("aœŒb", [("-", 4)]),
            ("aœŒb", [("-", 0), ("+", 3)]),
            ("aœbŒc", [("-", 2), ("+", 0), ("*", -1)]),
            ("aœ", [("", 2)]),
            ("aœŒb", [(b"\x01", 3)]),
        ],
    )
    def test_encoding_goes_on_where_they_say(self, text: str, answers: list[Any]) -> None:
        assert self.encode(text, answers) == self.encode(text, answers, "latin-1")

    @pytest.mark.parametrize(
        ("octets", "answers"),
        [
            (b"a\x80\x81b", [("-", 2), ("+", 3)]),
            (b"a\x80\x81b", [("-", -1)]),
            (b"a\x80\x81b", [("-", 4)]),
            (b"a\x80b", [("-", 0), ("+", 2)]),
            (b"a\x80b\x81c", [("-", 2), ("œ", 0), ("*", -1)]),
        ],
    )
    def test_decoding_goes_on_where_they_say(self, octets: bytes, answers: list[Any]) -> None:
        assert self.decode(octets, answers) == self.decode(octets, answers, "ascii")

    @pytest.mark.parametrize("place", [5, -5, 10**6])
    def test_a_place_outside_is_an_index_error(self, place: int) -> None:
        for codec in ("gsm03.38", "latin-1"):
            with pytest.raises(IndexError, match=r"position .* from error handler out of bounds"):
                self.encode("aœŒb", [("-", place)], codec)
        for codec in ("gsm03.38", "ascii"):
            with pytest.raises(IndexError, match=r"position .* from error handler out of bounds"):
                self.decode(b"a\x80\x81b", [("-", place)], codec)

    @pytest.mark.parametrize("answer", [None, "-", ("-",), ("-", "1"), (1, 1), ("-", 1, 1), ["-", 1]])
    def test_another_answer_is_a_type_error(self, answer: Any) -> None:
        with pytest.raises(TypeError, match=r"\(str/bytes, int\), found "):
            self.encode("œ", [answer])
        with pytest.raises(TypeError, match=r"\(str, int\), found "):
            self.decode(b"\x80", [answer])
        with pytest.raises(TypeError):
            self.encode("œ", [answer], "latin-1")
        with pytest.raises(TypeError):
            self.decode(b"\x80", [answer], "ascii")

    def test_bytes_are_no_decoded_text(self) -> None:
        with pytest.raises(TypeError):
            self.decode(b"\x80", [(b"-", 1)])


class TestIncremental:
    @given(SEPTETS, st.data())
    def test_pieces_decode_to_the_same_text(self, septets: bytes, data: st.DataObject) -> None:
        cuts = sorted(data.draw(st.lists(st.integers(0, len(septets)), max_size=8)))
        pieces = [septets[start:end] for start, end in zip([0, *cuts], [*cuts, len(septets)], strict=True)]
        decoder = codecs.getincrementaldecoder("gsm03.38")()
        text = "".join(decoder.decode(piece) for piece in pieces) + decoder.decode(b"", final=True)
        assert text == decode_septets(septets)
        assert "".join(codecs.iterdecode(pieces, "gsm03.38")) == text

    @given(TEXTS)
    def test_characters_one_by_one_encode_to_the_same_septets(self, text: str) -> None:
        assert b"".join(codecs.iterencode(text, "gsm03.38")) == encode_septets(text)

    def test_an_escape_waits_for_what_it_opens(self) -> None:
        decoder = codecs.getincrementaldecoder("gsm03.38")()
        assert decoder.decode(b"a\x1b") == "a"
        assert decoder.getstate() == (b"\x1b", 0)
        assert decoder.decode(b"e") == "€"
        assert decoder.decode(b"\x1b\x1b") == " "
        assert decoder.decode(b"\x1b", final=True) == " "
        decoder.decode(b"\x1b")
        state = decoder.getstate()
        decoder.reset()
        assert decoder.decode(b"e") == "e"
        decoder.setstate(state)
        assert decoder.decode(b"e") == "€"


class TestStreams:
    @pytest.mark.parametrize("size", [-1, 1, 2, 3, 7])
    @pytest.mark.parametrize(
        "septets", [b"a\x1bez", b"\x1b\x1b\x1b", b"\x1b", b"a\x1b", b"1\x1be\x1bea\x1b\x1b\x1be"]
    )
    def test_a_reader_reads_to_the_end(self, septets: bytes, size: int) -> None:
        reader = codecs.getreader("gsm03.38")(io.BytesIO(septets))
        text = "".join(iter(lambda: reader.read(size), ""))
        assert text == decode_septets(septets)

    def test_a_reader_gives_lines_and_starts_again(self) -> None:
        reader = codecs.getreader("gsm03.38")(io.BytesIO(b"1\x1be\n2\x1be\n"))
        assert list(reader) == ["1€\n", "2€\n"]
        reader.seek(0)
        assert reader.readline() == "1€\n"

    def test_a_writer_writes(self) -> None:
        stream = io.BytesIO()
        writer = codecs.getwriter("gsm03.38")(stream, "replace")
        writer.write("1 €")
        writer.writelines(["ç", "\n"])
        assert stream.getvalue() == b"1 \x1be?\n"

    def test_a_file_opens_in_it(self, tmp_path: Path) -> None:
        path, lines = tmp_path / "text.gsm", [f"{number} € @ {{é}}\n" for number in range(5000)]
        with open(path, "w", encoding="gsm03.38", newline="") as file:
            file.writelines(lines)
        assert path.read_bytes() == "".join(lines).encode("gsm03.38")
        with open(path, encoding="gsm03.38") as file:
            assert list(file) == lines
        info = codecs.lookup("gsm03.38")
        with codecs.StreamReaderWriter(open(path, "rb"), info.streamreader, info.streamwriter) as both:
            assert both.read() == "".join(lines)

    def test_a_file_returns_to_every_place_that_it_told(self, tmp_path: Path) -> None:
        path, text = tmp_path / "text.gsm", "€a€€b" * 20
        path.write_text(text, "gsm03.38")
        with open(path, encoding="gsm03.38", newline="") as file:
            places = []
            while True:
                places.append(file.tell())
                if not file.read(1):
                    break
            for number, place in enumerate(places):
                file.seek(place)
                assert file.read() == text[number:]

    def test_a_file_that_ends_in_an_escape(self, tmp_path: Path) -> None:
        path = tmp_path / "text.gsm"
        path.write_bytes(b"a\x1b")
        assert path.read_text("gsm03.38") == "a "
