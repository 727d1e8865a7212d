"""The kernel in Python: the rows of columns, as their buffers hold them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer

#: A view has so many octets, and holds only texts of at most so many within itself.
_VIEW, _HOLDS = 16, 12


def rows_of(
    data: Buffer,
    offsets: memoryview,
    validity: Buffer | None,
    first: int,
    rows: int,
    others: tuple[memoryview, ...],
) -> Iterator[tuple[int, memoryview | None]]:
    """The octets of each row of a column, by their places; None for null.

    ValueError for a buffer that is too short, `others` among them, and for an offset that decreases
    or leads out of the data.
    """
    octets = memoryview(data).cast("B")
    needed = (len(offsets), first + rows + 1)
    for place, row, null in _places(needed, validity, first, rows, others):
        start, end = offsets[row], offsets[row + 1]
        if not 0 <= start <= end <= len(octets):
            raise ValueError(f"row {row}: its offsets lead out of the data")
        yield place, None if null else octets[start:end]


def viewed(
    views: Buffer,
    data: tuple[Buffer, ...],
    validity: Buffer | None,
    first: int,
    rows: int,
    others: tuple[memoryview, ...],
) -> Iterator[tuple[int, memoryview | None]]:
    """The same of a column of views; ValueError as well for a view that leads out of the data."""
    octets = memoryview(views).cast("B")
    parts = [memoryview(buffer).cast("B") for buffer in data]
    needed = (len(octets), _VIEW * (first + rows))
    for place, row, null in _places(needed, validity, first, rows, others):
        if null:
            yield place, None
            continue
        view = octets[_VIEW * row : _VIEW * (row + 1)]
        length, _, number, start = view.cast("i")
        if 0 <= length <= _HOLDS:
            yield place, view[4 : 4 + length]
            continue
        if length < 0 or not 0 <= number < len(parts) or not 0 <= start <= len(parts[number]) - length:
            raise ValueError(f"row {row}: its view leads out of the data")
        yield place, parts[number][start : start + length]


def _places(
    buffer: tuple[int, int], validity: Buffer | None, first: int, rows: int, others: tuple[memoryview, ...]
) -> Iterator[tuple[int, int, bool]]:
    """Each place with its row, and whether that is null; `buffer` has so many items, and needs so many."""
    if first < 0 or rows < 0:
        raise ValueError(f"no rows: {rows} from {first}")
    bits = None if validity is None else memoryview(validity).cast("B")
    if rows == 0:
        return
    sizes = [buffer, (min(map(len, others)), rows)]
    if bits is not None:
        sizes.append((len(bits), (first + rows - 1) // 8 + 1))
    for items, needed in sizes:
        if items < needed:
            raise ValueError(f"{items} items, not {needed}")
    for place, row in enumerate(range(first, first + rows)):
        yield place, row, bits is not None and not bits[row >> 3] >> (row & 7) & 1
