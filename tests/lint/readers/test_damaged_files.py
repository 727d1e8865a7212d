"""A damaged file: it is read or it is refused, and everything that is read has its places."""

from __future__ import annotations

import random

import message_files

from septet.lint.readers.reading import read

BITS = [
    *(
        b'"',
        b"'",
        b"\\",
        b"{",
        b"}",
        b"<",
        b">",
        b"&",
        b"\n",
        b"\r",
        b" ",
        b"%",
        b"$",
        b"|",
        b"#",
        b":",
        b"=",
    ),
    *(
        b"&a ",
        b"\xff",
        b"\x00",
        b"<!--",
        b"<![CDATA[",
        b"]]>",
        b"\\u",
        b"\xed\xa0\x80",
        b"/*",
        b'"""',
        b"[",
        b"(",
    ),
]


def damaged(octets: bytes, generator: random.Random) -> bytes:
    for _ in range(generator.randint(1, 3)):
        place = generator.randrange(len(octets))
        kind = generator.random()
        if kind < 0.5:
            octets = octets[:place] + generator.choice(BITS) + octets[place:]
        elif kind < 0.8:
            octets = octets[:place] + octets[place + generator.randint(1, 6) :]
        else:
            again = generator.randrange(len(octets))
            octets = octets[:place] + octets[min(place, again) : max(place, again)] + octets[place:]
    return octets


def test_a_damaged_file_is_read_or_refused() -> None:
    generator = random.Random(2338)
    refused = 0
    for path, whole in (*message_files.FILES.items(), *message_files.WITH_CRLF.items()):
        for _ in range(6):
            octets = damaged(whole, generator)
            reading = read(path, octets)
            if reading.broken is not None:
                refused += 1
                assert str(reading.broken).isprintable()
                assert reading.entries == ()
            for entry in reading.entries:
                last = -1
                for index in range(len(entry.text)):
                    start, end = entry.spots.offsets(index)
                    assert last <= start < end
                    last = start
                assert entry.spots.place(len(entry.text)) >= entry.place
                for variant in entry.message.variants:
                    assert all(0 <= piece.start <= piece.end <= len(entry.text) for piece in variant.pieces)
    assert refused > 30
