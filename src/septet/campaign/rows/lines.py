"""Files of lines: read in blocks of whole lines, worked on in threads, taken in their order.

Where a block may be cut is a guess of the kind of file; what it leaves over goes before the next
one. A file is taken as it is; one in an eight-bit encoding is made UTF-8 block by block, and one in
ASCII so far may turn out to be such a file at any block.
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

#: The octets of a block: so many that what each one costs beside its rows is little.
BLOCK = 1 << 23
#: The same where each row is planned by itself: what takes seconds could not say how far it has come.
_BLOCK_OF_PLANS = 1 << 18
#: The first block is small, and each one behind it twice as large: so that rows are seen from the beginning.
_FIRST_BLOCK = 1 << 19
#: What is not whole within so many octets counts as broken.
LONGEST_ROW = 1 << 24
_SAMPLE = 1 << 18
_BOM = b"\xef\xbb\xbf"


class Block(NamedTuple):
    """Some whole rows, if the guess is right, with room behind them."""

    octets: memoryview
    length: int
    #: How far the file was read.
    done: int
    #: Whether it begins the file, and whether it ends it.
    first: bool
    last: bool

    @property
    def plain(self) -> bytes:
        """The octets alone."""
        return bytes(self.octets[: self.length])


class Attempt(NamedTuple):
    """What became of a block."""

    outcome: Outcome
    #: Their lines count from 0, the block's first.
    rejects: list[Reject]
    lines: int
    #: What stands at the end of the block and is no whole row.
    rest: bytes
    is_ascii: bool
    is_utf8: bool
    #: The eight-bit encoding that it was taken to be in.
    encoding: str | None
    #: The first row with each problem that is shown; lines as those of the rejects.
    findings: list[Finding]


class Parser(Protocol):
    """Measures the rows of blocks, in any thread."""

    def attempt(self, block: Block, encoding: str | None) -> Attempt:
        """Measures what is whole in a block in UTF-8 or an eight-bit encoding."""
        ...


class LineFile:
    """A file of lines, in an encoding that is given or found."""

    #: What stands behind a block, beside what was read.
    room = 0
    #: Whether it may be in an encoding of eight bits without saying so.
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
        #: Whether nothing beyond ASCII was seen; once False, it stays so.
        self.is_ascii_so_far = sample.isascii()
        #: Whether a guess where to cut was wrong.
        self._closely = False
        #: Memory of blocks that nobody reads any more, for those to come: fresh pages take long to be had.
        self._spare: list[memoryview] = []
        self._source: Any = octets
        if self.file_encoding not in ("utf-8", "utf-8-sig", "ascii"):
            if encodings.is_single_byte(self.file_encoding):
                self.eight_bit = self.file_encoding
            else:
                self._source = Recoded(octets, self.file_encoding, self.name)
        buffer = memoryview(bytearray(_SAMPLE))
        start = buffer[: self._source.fill(buffer)]
        self._start = start[len(_BOM) :] if bytes(start[: len(_BOM)]) == _BOM else start
        #: How the file begins, in UTF-8.
        self.sample = bytes(self._start)
        if self.eight_bit:
            self.sample = encodings.as_utf8(self.sample, self.eight_bit)
        if encodings.is_binary(self.sample):
            raise CampaignError(f"{self.name}: expected a file of text, found octets that are none")
        self.line_end = b"\r" if b"\r" in self.sample and b"\n" not in self.sample else b"\n"

    @property
    def octet_encoding(self) -> str:
        """What the octets of a block are in: UTF-8, or ASCII where that was asked for."""
        return "ascii" if self.file_encoding == "ascii" else "utf-8"

    def cut(self, octets: memoryview, closely: bool) -> int:
        """How much of a block is whole rows: a guess, or a better one that takes longer."""
        raise NotImplementedError

    def parser(self, estimator: Estimator, whole_rows: bool) -> Parser:
        """What measures the blocks of this file."""
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
            outcome = attempt.outcome
            yield Part(outcome.tally, rejects, outcome.batch, block.done, found, outcome.people)

    def _settled(self, parser: Parser, block: Block, future: Future[Attempt], carried: bytes) -> Attempt:
        """What became of a block, with what the one before left over, and in the encoding it is in."""
        if carried:
            future.cancel()
            block = _behind(carried, block)
            attempt = parser.attempt(block, self.eight_bit)
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
        import numpy as np

        rest, first, octets = self._start, True, min(most, _FIRST_BLOCK)
        while True:
            size = max(octets, 2 * len(rest))
            octets = min(most, 2 * octets)
            buffer = self._spare.pop() if self._spare else memoryview(b"")
            if len(buffer) < size + self.room:
                buffer = memoryview(np.empty(size + self.room, np.uint8))  # type: ignore[arg-type]
            buffer[: len(rest)] = rest
            with campaign_errors():
                filled = len(rest) + self._source.fill(buffer[len(rest) : size])
            if filled < size:
                yield Block(buffer, filled, self.octets.done, first, True)
                return
            cut = self.cut(buffer[:filled], self._closely)
            # Before anyone may write behind the block.
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
    """What is wrong with a file, said as an error of the campaign that was to be read from it."""
    try:
        yield
    except CampaignError:
        raise
    except FileError as error:
        raise CampaignError(str(error)) from None


def _behind(carried: bytes, block: Block) -> Block:
    import numpy as np

    length = len(carried) + block.length
    octets = memoryview(np.empty(len(carried) + len(block.octets), np.uint8))  # type: ignore[arg-type]
    octets[: len(carried)] = carried
    octets[len(carried) : length] = block.octets[: block.length]
    return block._replace(octets=octets, length=length)


def in_utf8(block: Block, encoding: str | None, room: int) -> Block:
    """A block as it is, or made UTF-8 where it is in an eight-bit encoding."""
    if encoding is None:
        return block
    recoded = encodings.as_utf8(block.plain, encoding)
    return block._replace(octets=memoryview(bytearray(recoded) + bytes(room)), length=len(recoded))


def last_line_end(octets: memoryview, line_end: bytes) -> int:
    """Behind the last line end; 0 without any."""
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
