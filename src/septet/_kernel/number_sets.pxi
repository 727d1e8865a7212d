# Number sets: which numbers were met before. Its twin is python/number_sets.py.

@cython.final
cdef class NumberSet:
    """Whole numbers of 64 bits, with 11 to 22 octets for each. Not for several threads at once."""

    cdef number_set numbers

    def __cinit__(self):
        self.numbers.seed = int.from_bytes(urandom(8), "little")

    def __dealloc__(self):
        free(self.numbers.table)

    def __len__(self):
        return self.numbers.count

    def __sizeof__(self):
        return sizeof(number_set) + (sizeof(uint64_t) << self.numbers.bits if self.numbers.bits else 0)

    def again(self, numbers, again, /):
        """Writes for each of the numbers (int64) whether it is repeated (an octet, 1 or 0): it is in the
        set, or earlier among these. The set holds all of them afterwards.

        ValueError for a buffer that is too short.
        """
        cdef _Buffers buffers = _Buffers()
        cdef const void *first = buffers.take(numbers, 8, 0, False)
        cdef int64_t count = buffers.views[0].len // 8
        cdef uint8_t *written = <uint8_t *> buffers.take(again, 1, count, True)
        cdef int end
        with nogil:
            end = numbers_again(&self.numbers, first, count, written)
        if end < 0:
            raise MemoryError
