# Pairs: which pairs of octets the rows of a column hold. Its twin is python/pairs.py.

@cython.final
cdef class Pairs:
    """Tells of each row of a column which pairs of octets it holds, one right behind the other.

    `pairs` are up to 14, each of the octets that may stand first and of those that may stand behind;
    `ends` are up to 32 characters of the BMP that a row may begin and end with. A pair whose bit is in `led`
    counts only behind one of the `leading` pairs, up to 8 that are not told themselves: its first octet is
    behind that one's first, in one word. Words are parted by the octets up to 0x20.
    """

    cdef const kernel_path *path
    cdef pair_rules rules

    def __cinit__(
        self, tuple pairs not None, str ends not None="", tuple leading=(), led=0
    ):
        cdef int place
        cdef bytes octets
        for some, most, what in (
            (pairs, PAIRS_MOST, "pairs"), (leading, LEADING_MOST, "pairs"), (ends, ENDS_MOST, "ends")
        ):
            if len(some) > most:
                raise ValueError(f"{len(some)} {what}, more than {most}")
        if not 0 <= led < 1 << len(pairs):
            raise ValueError(f"no such pairs: {led}")
        self.path = _path()
        self.rules.led = led
        for place in range(len(pairs)):
            first, second = pairs[place]
            pairs_add(
                &self.rules, place,
                <const uint8_t *> PyBytes_AS_STRING(<bytes?> first), PyBytes_GET_SIZE(first),
                <const uint8_t *> PyBytes_AS_STRING(<bytes?> second), PyBytes_GET_SIZE(second),
            )
        for place in range(len(leading)):
            first, second = leading[place]
            pairs_add_leading(
                &self.rules, place,
                <const uint8_t *> PyBytes_AS_STRING(<bytes?> first), PyBytes_GET_SIZE(first),
                <const uint8_t *> PyBytes_AS_STRING(<bytes?> second), PyBytes_GET_SIZE(second),
            )
        for character in ends:
            octets = (<str> character).encode("utf-8")
            if len(octets) > 3:
                raise ValueError(f"beyond the BMP: {character!r}")
            pairs_add_end(&self.rules, <const uint8_t *> PyBytes_AS_STRING(octets), PyBytes_GET_SIZE(octets))

    def mark(self, data, offsets, int64_t rows, marks, /):
        """Writes for each row (uint16) a bit for each pair that it holds, from the lowest one on; 0x4000
        where it begins with one of `ends`, 0x8000 where it ends with one.

        ValueError for a buffer that is too short and for an offset that decreases or leads out of the
        data.
        """
        cdef text_column column
        cdef int64_t end
        cdef void *written
        cdef _Buffers buffers = _Buffers()
        if rows < 0 or rows >= INT64_MAX - 1:
            raise ValueError(f"no rows: {rows}")
        if rows == 0:
            return
        buffers.take_column(&column, data, offsets, None, 0, rows)
        written = buffers.take(marks, 2, rows, True)
        with nogil:
            end = self.path.mark_pairs(&self.rules, &column, written)
        if end < 0:
            raise ValueError(f"row {-1 - end}: its offsets lead out of the data")
