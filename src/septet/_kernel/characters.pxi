# Characters: a code for each of a text, the different ones of each code, runs, and groups. Its twin is
# python/characters.py.

def grouped(str text not None, known not None, str plain not None, /):
    """The code that `known` has for each character of a text, and the characters of each code but `plain`.

    The first is a text; the second is a dict of dicts with how often each character occurs, all in the
    order of the first of each. `known` is a dict. ValueError for a code that is not one character.
    """
    cdef characters read
    cdef character_counts counts
    cdef character_count *found
    cdef Py_ssize_t place
    cdef uint32_t *written = NULL
    cdef uint32_t unlisted = ord(plain)
    cdef dict groups = {}
    cdef dict alike
    _read(text, &read)
    memset(&counts, 0, sizeof(counts))
    try:
        if count_characters(&counts, read.kind, read.text, read.length) < 0:
            raise MemoryError
        for place in range(counts.count):
            found = &counts.found[place]
            character = PyUnicode_FromOrdinal(found.character)
            # A subclass may make what is missing.
            code = PyObject_GetItem(known, character)
            found.code = ord(code)
            if found.code != unlisted:
                alike = <dict> groups.get(code)
                if alike is None:
                    alike = groups[code] = {}
                alike[character] = found.times
        # One more than there are: no size is 0.
        written = <uint32_t *> malloc((read.length + 1) * sizeof(uint32_t))
        if written is NULL:
            raise MemoryError
        write_counted(&counts, read.kind, read.text, read.length, written)
        return PyUnicode_FromKindAndData(4, written, read.length), groups
    finally:
        counts_free(&counts)
        free(written)


def recoded(str text not None, dict codes not None, str unlisted not None, /):
    """A text with another character for each: the one that `codes` has for it, otherwise `unlisted`.

    ValueError for what is not one character.
    """
    cdef characters read
    cdef character_numbers numbers
    cdef uint32_t *number
    cdef uint32_t *written = NULL
    cdef uint32_t otherwise = ord(unlisted)
    _read(text, &read)
    memset(&numbers, 0, sizeof(numbers))
    try:
        for character, code in codes.items():
            number = number_at(&numbers, ord(character))
            if number is NULL:
                raise MemoryError
            number[0] = ord(code) + 1
        # One more than there are: no size is 0.
        written = <uint32_t *> malloc((read.length + 1) * sizeof(uint32_t))
        if written is NULL:
            raise MemoryError
        write_codes(&numbers, read.kind, read.text, read.length, otherwise, written)
        return PyUnicode_FromKindAndData(4, written, read.length)
    finally:
        numbers_free(&numbers)
        free(written)


def runs(
    str text not None, str codes not None, bytes weights not None, Py_ssize_t start, Py_ssize_t end,
    list patterns not None, str part not None, str weight not None, /
):
    """The parts of ``text[start:end]`` with one code each, as long as possible.

    For each a copy of the dict that `patterns` has at the place that its code is, with the part under the key
    `part`, and the sum of the weights of its characters under the key `weight`. `codes` and `weights` have
    one for each character of the text. ValueError for other places and lengths, IndexError for a code without
    a pattern.
    """
    cdef characters read
    cdef Py_ssize_t stop
    cdef uint32_t code
    cdef int64_t units
    cdef const uint8_t *weighed = <const uint8_t *> PyBytes_AS_STRING(weights)
    cdef list found = []
    cdef dict run
    _read(codes, &read)
    if not (
        read.length == PyUnicode_GET_LENGTH(text) == PyBytes_GET_SIZE(weights)
        and 0 <= start <= end <= read.length
    ):
        raise ValueError(f"{read.length} codes: {start} to {end} of {len(text)} characters")
    while start < end:
        stop = end_of_alike(read.kind, read.text, start, end)
        code = character_at(read.kind, read.text, start)
        if code >= <size_t> len(patterns):
            raise IndexError(f"{len(patterns)} patterns, code {code}")
        run = (<dict?> patterns[code]).copy()
        run[part] = PyUnicode_Substring(text, start, stop)
        units = 0
        while start < stop:
            units += weighed[start]
            start += 1
        run[weight] = units
        found.append(run)
    return found


@cython.final
cdef class Groups:
    """Finds groups in a text of ASCII letters.

    A group is one of `heads` or two letters that are one of `pairs`, with up to `most` of `marks` behind it,
    of which the second letter of a pair is one; one of `heads` has a mark. All others of `lone` are groups
    of one letter. The leftmost group is taken first, as long as possible. ValueError for other letters, for
    two pairs that begin alike, and for fewer than one mark at most.

    A group is split where one of `starts` lies within it, which are places in their order: the last piece is
    one of `lone` then, and an earlier one of a single letter is none.
    """

    cdef group_rules rules

    def __cinit__(self, str heads not None, tuple pairs not None, str marks not None, str lone not None, int most):
        _flag_letters(self.rules.head, heads)
        _flag_letters(self.rules.mark, marks)
        _flag_letters(self.rules.lone, lone)
        for pair in pairs:
            first, second = pair
            first, second = _ascii_letter(first), _ascii_letter(second)
            if self.rules.second[<int> first]:
                raise ValueError(f"two pairs begin with {chr(first)}")
            self.rules.second[<int> first] = second
        if most < 1:
            raise ValueError(f"no marks: {most}")
        self.rules.most = most

    def spans(self, str letters not None, list starts not None, /):
        """The groups of a text, in their order, as (start, end, whether it is one of `lone`)."""
        cdef group_walk walk
        cdef int64_t *places = NULL
        found = []
        try:
            places = self.begin(&walk, letters, starts)
            while next_piece(&walk):
                found.append((walk.begin, walk.end, walk.is_lone))
        finally:
            free(places)
        return found

    def joined(
        self, str letters not None, list starts not None, str codes not None, bytes weights not None,
        bytes ranks not None, known not None, /
    ):
        """A text of codes in which each group of `letters` has one code.

        Of the codes that it has now that is the first of the least rank; `ranks` has the rank of each code.
        One of `lone`, or with a weight above 1, has the code of `known`, a dict, for (that code, the sum of
        its weights, but 0 if none is above 1, whether it is one of `lone`). ValueError for other lengths, and
        for a code that has no rank, or is not one character.
        """
        cdef group_walk walk
        cdef characters read
        cdef int64_t *places = NULL
        cdef uint32_t *written = NULL
        cdef const uint8_t *weighed = <const uint8_t *> PyBytes_AS_STRING(weights)
        cdef const uint8_t *ranked = <const uint8_t *> PyBytes_AS_STRING(ranks)
        cdef int64_t place, units
        cdef uint32_t code
        cdef bint is_heavy
        _read(codes, &read)
        if not read.length == PyUnicode_GET_LENGTH(letters) == PyBytes_GET_SIZE(weights):
            raise ValueError(f"{len(letters)} letters, {read.length} codes, {len(weights)} weights")
        # One more than there are: no size is 0.
        written = <uint32_t *> malloc((read.length + 1) * sizeof(uint32_t))
        if written is NULL:
            raise MemoryError
        try:
            for place in range(read.length):
                written[place] = character_at(read.kind, read.text, place)
                if written[place] >= <size_t> PyBytes_GET_SIZE(ranks):
                    raise ValueError(f"{len(ranks)} ranks, code {written[place]}")
            places = self.begin(&walk, letters, starts)
            while next_piece(&walk):
                code, units, is_heavy = written[walk.begin], 0, False
                for place in range(walk.begin, walk.end):
                    if ranked[written[place]] < ranked[code]:
                        code = written[place]
                    units += weighed[place]
                    is_heavy |= weighed[place] > 1
                if walk.is_lone or is_heavy:
                    # A subclass may make what is missing.
                    key = PyUnicode_FromOrdinal(code), units if is_heavy else 0, walk.is_lone
                    code = ord(PyObject_GetItem(known, key))
                for place in range(walk.begin, walk.end):
                    written[place] = code
            return PyUnicode_FromKindAndData(4, written, read.length)
        finally:
            free(places)
            free(written)

    cdef int64_t *begin(self, group_walk *walk, str letters, list starts) except NULL:
        """The starts, to be let go, for a walk through the letters."""
        cdef characters read
        cdef Py_ssize_t place, count = len(starts)
        cdef int64_t *places
        _read(letters, &read)
        memset(walk, 0, sizeof(walk[0]))
        # One more than there are: no size is 0.
        places = <int64_t *> malloc((count + 1) * sizeof(int64_t))
        if places is NULL:
            raise MemoryError
        try:
            for place in range(count):
                places[place] = starts[place]
        except BaseException:
            free(places)
            raise
        walk.rules = &self.rules
        walk.kind, walk.text, walk.length = read.kind, read.text, read.length
        walk.starts, walk.starts_end = places, places + count
        return places


cdef int _ascii_letter(str letter) except -1:
    cdef uint32_t character = ord(letter)
    if not 0 < character < 128:
        raise ValueError(f"no letter of ASCII: {character:#x}")
    return character


cdef int _flag_letters(uint8_t *flags, str letters) except -1:
    for letter in letters:
        flags[_ascii_letter(letter)] = 1
    return 0
