"""Files of lines: read in blocks of whole lines, worked on in threads, taken in their order.

Each kind of file guesses where a block may be cut; the rest of a block is added before the next one. A file
is read as it is. One in an eight-bit encoding is made UTF-8 block by block, and a file that was ASCII so
far may turn out to be such a file at any block.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from septet.campaign.rejects import Part, Reject
from septet.errors import CampaignError, FileError
from septet.files import encodings
from septet.files.encodings import Recoded

if TYPE_CHECKING:
    from concurrent.futures import Future

    from septet.campaign.estimators import Estimator, Outcome
    from septet.campaign.findings import Finding
    from septet.campaign.pipelines import Pool
    from septet.files.octets import Octets

#: The octets of a block: so many that the cost of a block itself is small.
BLOCK = 1 << 23
#: The same where each row is planned by itself: a block that takes seconds would report no progress.
_BLOCK_OF_PLANS = 1 << 18
#: The first block is small, and each next one twice as large, so that rows are seen from the beginning.
_FIRST_BLOCK = 1 << 19
#: A row that is not complete within this many octets counts as broken.
LONGEST_ROW = 1 << 24
_SAMPLE = 1 << 18
_BOM = b"\xef\xbb\xbf"


class Block(NamedTuple):
    """Some whole rows, if the guess is right, with room after them."""

    octets: memoryview
    length: int
    #: How far the file was read.
    done: int
    #: Whether it begins the file, and whether it ends it.
    first: bool
    last: bool

    @property
    def plain(self) -> bytes:
        """The octets without that room."""
        return bytes(self.octets[: self.length])


class Attempt(NamedTuple):
    """The result of a block."""

    #: Of its rows, piece by piece.
    outcomes: list[Outcome]
    #: Their lines count from 0, the first of the block.
    rejects: list[Reject]
    lines: int
    #: The incomplete row at the end of the block.
    rest: bytes
    is_ascii: bool
    is_utf8: bool
    #: The eight-bit encoding that was assumed.
    encoding: str | None
    #: The first row with each problem that has an example; lines count as in the rejects.
    findings: list[Finding]


class Parser(Protocol):
    """Measures the rows of blocks, in any thread."""

    def attempt(self, block: Block, encoding: str | None) -> Attempt:
        """Measures the whole rows of a block in UTF-8 or an eight-bit encoding."""
        ...


class LineFile:
    """A file of lines, in a given or detected encoding."""

    #: What is added after each block.
    room = 0
    #: Whether it may be in an undeclared eight-bit encoding.
    may_be_eight_bit = True

    def __init__(self, octets: Octets, file_encoding: str | None) -> None:
        self.octets = octets
        self.name = octets.where
        self.total = octets.total
        sample = octets.peek()
        if not sample:
            raise CampaignError(f"{self.name}: it is empty")
        self.file_encoding = (
            encodings.in_its_order(file_encoding, sample, self.name)
            if file_encoding
            else encodings.found_in(sample, self.may_be_eight_bit)
        )
        #: Whether a later block may still show which encoding it is.
        self._open = (
            self.may_be_eight_bit
            and file_encoding is None
            and self.file_encoding == "utf-8"
            and sample.isascii()
        )
        self.eight_bit: str | None = None
        #: Whether only ASCII was seen so far; once False, it stays so.
        self.is_ascii_so_far = sample.isascii()
        #: Whether a guess of where to cut was wrong.
        self._closely = False
        #: Memory of blocks that are no longer used, for later ones: new pages are slow to get.
        self._spare: list[memoryview] = []
        self._source: Any = octets
        if self.file_encoding not in ("utf-8", "utf-8-sig", "ascii"):
            if encodings.is_single_byte(self.file_encoding):
                self.eight_bit = self.file_encoding
            else:
                self._source = Recoded(octets, self.file_encoding, self.name)
        buffer = _memory(_SAMPLE)
        start = buffer[: self._source.fill(buffer)]
        self._start = start[len(_BOM) :] if bytes(start[: len(_BOM)]) == _BOM else start
        #: The beginning of the file, in UTF-8.
        self.sample = bytes(self._start)
        if self.eight_bit:
            self.sample = encodings.as_utf8(self.sample, self.eight_bit)
        if encodings.is_binary(self.sample):
            raise CampaignError(f"{self.name}: expected a file of text, found octets that are none")
        self.line_end = b"\r" if b"\r" in self.sample and b"\n" not in self.sample else b"\n"

    @property
    def octet_encoding(self) -> str:
        """The encoding of the octets of a block: UTF-8, or ASCII where that was asked for."""
        return "ascii" if self.file_encoding == "ascii" else "utf-8"

    def cut(self, octets: memoryview, closely: bool) -> int:
        """How much of a block is whole rows: a quick guess, or a better one that takes longer."""
        raise NotImplementedError

    def parser(self, estimator: Estimator, whole_rows: bool) -> Parser:
        """The parser of this file's blocks."""
        raise NotImplementedError

    def close(self) -> None:
        """Closes the file, if it was opened here."""
        self.octets.close()

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows of the file, measured, in their order."""
        parser = self.parser(estimator, whole_rows)
        carried, line = b"", 1
        blocks = self._blocks(BLOCK if estimator.is_quick else min(BLOCK, _BLOCK_OF_PLANS))
        ahead = pool.ahead(lambda block: parser.attempt(block, self.eight_bit), blocks)
        for block, future in ahead:
            attempt = self._settled(parser, block, future, carried)
            if not future.cancelled() and future.done():
                self._spare.append(block.octets)
            carried = attempt.rest
            self._closely = self._closely or bool(carried)
            rejects = [reject._replace(line=reject.line + line) for reject in attempt.rejects]
            found = [finding._replace(line=finding.line + line) for finding in attempt.findings]
            line += attempt.lines
            for outcome in attempt.outcomes:
                yield Part(outcome.tally, rejects, outcome.batch, block.done, found, outcome.people)
                rejects, found = [], []

    def _settled(self, parser: Parser, block: Block, future: Future[Attempt], carried: bytes) -> Attempt:
        """The result of a block, with the rest of the one before, and in its own encoding."""
        if carried:
            future.cancel()
            # The rest is UTF-8 by now, whatever the file is in.
            block = _behind(carried, in_utf8(block, self.eight_bit, self.room))
            attempt = parser.attempt(block, None)
        else:
            attempt = future.result()
            if attempt.encoding != self.eight_bit:
                attempt = parser.attempt(block, self.eight_bit)
        if not attempt.is_utf8 and self._open and encodings.is_eight_bit(block.plain):
            self.file_encoding = self.eight_bit = encodings.eight_bit(block.plain)
            attempt = parser.attempt(block, self.eight_bit)
        self.is_ascii_so_far = self.is_ascii_so_far and attempt.is_ascii
        self._open = self._open and attempt.is_ascii
        return attempt

    def _blocks(self, most: int) -> Iterator[Block]:
        rest, first, octets = self._start, True, min(most, _FIRST_BLOCK)
        while True:
            size = max(octets, 2 * len(rest))
            octets = min(most, 2 * octets)
            buffer = self._spare.pop() if self._spare else memoryview(b"")
            if len(buffer) < size + self.room:
                buffer = _memory(size + self.room)
            buffer[: len(rest)] = rest
            with campaign_errors():
                filled = len(rest) + self._source.fill(buffer[len(rest) : size])
            if filled < size:
                yield Block(buffer, filled, self.octets.done, first, True)
                return
            cut = self.cut(buffer[:filled], self._closely)
            # Before anything is written after the block.
            rest = memoryview(bytes(buffer[cut:filled]))
            if cut:
                yield Block(buffer, cut, self.octets.done, first, False)
                first = False
            elif filled > 16 * LONGEST_ROW:
                raise CampaignError(
                    f"{self.name}: no line ends within {filled} octets: expected lines of text"
                )


@contextmanager
def campaign_errors() -> Iterator[None]:
    """Turns errors of a file into errors of the campaign that is read from it."""
    try:
        yield
    except CampaignError:
        raise
    except FileError as error:
        raise CampaignError(str(error)) from None


def _memory(size: int) -> memoryview:
    """Memory of Arrow, which keeps it for the next file."""
    import pyarrow as pa

    return memoryview(pa.allocate_buffer(size)).cast("B")


def _behind(carried: bytes, block: Block) -> Block:
    length = len(carried) + block.length
    octets = _memory(len(carried) + len(block.octets))
    octets[: len(carried)] = carried
    octets[len(carried) : length] = block.octets[: block.length]
    return block._replace(octets=octets, length=length)


def in_utf8(block: Block, encoding: str | None, room: int) -> Block:
    """A block, made UTF-8 where it is in an eight-bit encoding."""
    if encoding is None:
        return block
    return in_own_memory(block, encodings.as_utf8(block.plain, encoding), room)


def in_own_memory(block: Block, octets: bytes | memoryview, room: int) -> Block:
    """The same block with a copy of other octets, and room after them."""
    return block._replace(octets=memoryview(bytearray(octets) + bytes(room)), length=len(octets))


def last_line_end(octets: memoryview, line_end: bytes) -> int:
    """The place after the last line end; 0 without any."""
    end, width = len(octets), 1 << 12
    while end > 0:
        start = max(0, end - width)
        found = bytes(octets[start:end]).rfind(line_end)
        if found >= 0:
            return start + found + 1
        end, width = start, width * 4
    return 0


def is_ascii(octets: memoryview) -> bool:
    """Whether all octets are ASCII."""
    import numpy as np

    return not len(octets) or bool(np.frombuffer(octets, np.int8).min() >= 0)
