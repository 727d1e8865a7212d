# Weights: what each character costs in one coding, and the units of a text. Its twin is python/weighing.py.

ctypedef struct characters:
    int kind
    const void *text
    Py_ssize_t length


cdef inline int _read(str text, characters *read) except -1:
    KERNEL_READY(text)
    read.kind = PyUnicode_KIND(text)
    read.text = PyUnicode_DATA(text)
    read.length = PyUnicode_GET_LENGTH(text)
    return 0


@cython.final
cdef class Weights:
    """One candidate (an alphabet, or UCS-2): a code for every character.

    `codes` maps code points to codes; every other character of the Basic Multilingual Plane
    has the code `default`, and every other one above it the code `astral`.
    """

    cdef weight_table *table
    cdef const kernel_path *path

    def __cinit__(self, dict codes not None, uint8_t default, uint8_t astral):
        cdef uint32_t character
        cdef uint8_t code
        self.path = _path()
        self.table = weights_new(default, astral)
        if self.table is NULL:
            raise MemoryError
        for character, code in codes.items():
            if character > 0x10FFFF:
                raise ValueError(f"no code point: {character:#x}")
            if weights_add(self.table, character, code) < 0:
                raise MemoryError
        weights_seal(self.table)

    def __dealloc__(self):
        weights_free(self.table)

    cdef inline uint8_t code(self, const characters *read, Py_ssize_t place) noexcept:
        return code_of(self.table, character_at(read.kind, read.text, place))

    cdef inline int64_t weight(self, const characters *read, Py_ssize_t place) noexcept:
        return self.code(read, place) & CODE_UNITS

    def codes(self, str text not None, /):
        """One code per character; perhaps fewer where one is `OUTSIDE`, and that one among them."""
        cdef characters read
        _read(text, &read)
        answer = PyBytes_FromStringAndSize(NULL, read.length)
        weights_codes(self.table, read.kind, read.text, read.length, <uint8_t *> PyBytes_AS_STRING(answer))
        return answer

    def units(self, str text not None, /):
        """The units of a text; -1 when a character of it is `OUTSIDE`."""
        cdef characters read
        _read(text, &read)
        return self.path.text_units(self.table, read.kind, read.text, read.length)

    def segments(self, str text not None, int64_t capacity, bytes tail not None=b""):
        """How many segments of `capacity` units a text without `OUTSIDE` takes, then the codes of `tail`."""
        cdef characters read
        cdef segment_walk walk = [max(capacity, 1), 0, 0]
        cdef Py_ssize_t place
        cdef const uint8_t *code = <const uint8_t *> PyBytes_AS_STRING(tail)
        _read(text, &read)
        for place in range(read.length):
            walk_code(&walk, self.code(&read, place))
        for place in range(PyBytes_GET_SIZE(tail)):
            walk_code(&walk, code[place])
        return walk.segments

    def starts(self, str text not None, int64_t capacity):
        """Where each segment of `capacity` units starts; for a text that is shown as it is.

        So no character of it is deleted, and none may be cut.
        """
        cdef characters read
        cdef Py_ssize_t place
        cdef int64_t room = 0, units
        _read(text, &read)
        starts = []
        for place in range(read.length):
            units = self.weight(&read, place)
            if place == 0 or units > room:
                starts.append(place)
                room = capacity  # one heavier than a segment has one to itself
            room -= units
        return starts

    def prefix(self, str text not None, int64_t budget):
        """How many characters the longest prefix of `budget` units without `OUTSIDE` has."""
        cdef characters read
        cdef Py_ssize_t place
        cdef uint8_t code
        _read(text, &read)
        for place in range(read.length):
            code = self.code(&read, place)
            budget -= code & CODE_UNITS
            if budget < 0 or code == CODE_OUTSIDE:
                return place
        return read.length
