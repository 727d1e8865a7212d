"""The second oracle, in C (`standard.c`), and the texts that it draws (`drawn_texts.c`): built, and asked."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

HERE = Path(__file__).parent
SOURCES = ("standard.c", "drawn_texts.c")
WARNINGS = ("-Wall", "-Wextra", "-Werror", "-std=c11")

ENCODINGS = ("gsm7", "ucs2")
ASKED = {"auto": 0, "gsm7": 1, "ucs2": 2}

#: What the answers of one batch have room for: a text is 150 characters long on average, few are 40,000.
OCTETS = 64 << 20


class Texts(NamedTuple):
    """A column of texts in UTF-8, as Arrow has it."""

    data: np.ndarray[Any, Any]
    offsets: np.ndarray[Any, Any]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def text(self, row: int) -> str:
        return bytes(self.data[self.offsets[row] : self.offsets[row + 1]]).decode()


class Answers(NamedTuple):
    """What the standard makes of each text; the ends of the segments of row n, places in code points, are
    `ends[first_end[n]:first_end[n + 1]]`."""

    encodings: np.ndarray[Any, Any]
    units: np.ndarray[Any, Any]
    segments: np.ndarray[Any, Any]
    free_letters: np.ndarray[Any, Any]
    first_end: np.ndarray[Any, Any]
    ends: np.ndarray[Any, Any]


class WithLanguages(NamedTuple):
    """The fewest segments that any pair of tables allows (-1 for none) and the letters then free.

    Then the segments, free letters, units and cuts of the pair that was asked about.
    """

    fewest: int
    most_free: int
    segments: int
    free: int
    units: int
    ends: list[int]


def built(folder: str) -> ctypes.CDLL:
    """The library of both sources, compiled anew; ends the program where there is no compiler."""
    target = Path(folder, "standard.so")
    command = [*os.environ.get("CC", "cc").split(), "-O2", *WARNINGS, "-shared", "-fPIC", "-o", str(target)]
    try:
        subprocess.run([*command, *(str(HERE / name) for name in SOURCES)], check=True)
    except FileNotFoundError:
        sys.exit("the second oracle is in C: install a C compiler, or name one with CC")
    return ctypes.CDLL(str(target))


def _pointer(array: np.ndarray[Any, Any]) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


class Standard:
    """The oracle. Its answers are views of buffers that the next question writes over."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self._library = built(folder)
        self._library.draw_texts.restype = ctypes.c_int64
        self._data = np.empty(OCTETS, np.uint8)
        self._ends = np.empty(OCTETS, np.int32)

    def drawn(
        self, seed: int, count: int, whole: tuple[int, int], part: tuple[int, int], language: str = ""
    ) -> Texts:
        """Texts at the limits of segments, given in septets and in 16-bit units.

        Where a language is named, most characters are of its tables.
        """
        rooms = np.array([*whole, *part], np.int32)
        offsets = np.zeros(count + 1, np.int32)
        found = self._library.draw_texts(
            ctypes.c_uint64(seed),
            ctypes.c_int64(count),
            ctypes.c_int(self._identifier(language)),
            _pointer(rooms),
            _pointer(self._data),
            ctypes.c_int64(OCTETS),
            _pointer(offsets),
        )
        return Texts(self._data[: offsets[found]], offsets[: found + 1])

    def answers(self, texts: Texts, encoding: str = "auto", further: int = 0) -> Answers:
        """The answers, where `further` octets of other elements are in the header of each segment."""
        rows = len(texts)
        encodings = np.empty(rows, np.int8)
        units, segments, free = (np.empty(rows, np.int64) for _ in range(3))
        first_end = np.empty(rows + 1, np.int64)
        self._library.answer_all(
            _pointer(texts.data),
            _pointer(texts.offsets),
            ctypes.c_int64(rows),
            ctypes.c_int(ASKED[encoding]),
            ctypes.c_int(further),
            *map(_pointer, (encodings, units, segments, free, first_end, self._ends)),
        )
        return Answers(encodings, units, segments, free, first_end, self._ends)

    def with_languages(self, text: str, languages: tuple[str, ...], tables: Any) -> WithLanguages:
        """What the national tables of some languages make of a text, and what one pair of them does."""
        octets = text.encode()
        best, own = np.zeros(2, np.int64), np.zeros(3, np.int64)
        locking, single = (self._identifier(name) for name in tables) if tables else (-1, 0)
        self._library.answer_languages(
            octets,
            ctypes.c_int64(len(octets)),
            ctypes.c_int(sum(1 << self._identifier(name) for name in languages)),
            ctypes.c_int(locking),
            ctypes.c_int(single),
            _pointer(best),
            _pointer(own),
            _pointer(self._ends),
        )
        return WithLanguages(*map(int, (*best, *own)), self._ends[: max(own[0], 0)].tolist())

    def _identifier(self, language: str | None) -> int:
        return int(self._library.language_identifier((language or "").encode()))
