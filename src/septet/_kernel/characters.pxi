# Characters: the different ones of a text, another for each, runs, and groups. Its twin is
# python/characters.py.

def different(str text not None, /):
    """The different characters of a text, in the order of the first of each, with how often each occurs."""
    cdef characters read
    cdef character_counts counts
    cdef Py_ssize_t place
    cdef dict answer = {}
    _read(text, &read)
    memset(&counts, 0, sizeof(counts))
    try:
        if count_characters(&counts, read.kind, read.text, read.length) < 0:
            raise MemoryError
        for place in range(counts.count):
            answer[PyUnicode_FromOrdinal(counts.found[place].character)] = counts.found[place].times
    finally:
        counts_free(&counts)
    return answer


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


def joined(str codes not None, bytes weights not None, list spans not None, known not None, /):
    """A text of codes in which each group has one code: `known` says which, by what the group has now.

    `spans` are the groups, as `Groups.spans` gives them; what one has is (its codes, the weights of the same
    characters, whether it is one of `lone`). ValueError for other places, lengths and codes.
    """
    cdef characters read
    cdef Py_ssize_t start, end, place
    cdef uint32_t code
    cdef uint32_t *written = NULL
    _read(codes, &read)
    if read.length != PyBytes_GET_SIZE(weights):
        raise ValueError(f"{read.length} codes, {len(weights)} weights")
    # One more than there are: no size is 0.
    written = <uint32_t *> malloc((read.length + 1) * sizeof(uint32_t))
    if written is NULL:
        raise MemoryError
    try:
        for place in range(read.length):
            written[place] = character_at(read.kind, read.text, place)
        for start, end, is_lone in spans:
            if not 0 <= start <= end <= read.length:
                raise ValueError(f"{read.length} codes: {start} to {end}")
            key = (
                PyUnicode_Substring(codes, start, end),
                PyBytes_FromStringAndSize(PyBytes_AS_STRING(weights) + start, end - start),
                is_lone,
            )
            # A subclass may make what is missing.
            code = ord(PyObject_GetItem(known, key))
            for place in range(start, end):
                written[place] = code
        return PyUnicode_FromKindAndData(4, written, read.length)
    finally:
        free(written)


def runs(
    str text not None, str codes not None, bytes weights not None, Py_ssize_t start, Py_ssize_t end,
    dict patterns not None, str part not None, str weight not None, /
):
    """The parts of ``text[start:end]`` with one code each, as long as possible.

    For each a copy of the dict that `patterns` has for its code, with the part under the key `part`, and the
    sum of the weights of its characters under the key `weight`. `codes` and `weights` have one for each
    character of the text. ValueError for other places and lengths, KeyError for a code without a pattern.
    """
    cdef characters read
    cdef Py_ssize_t stop
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
        run = (<dict?> patterns[PyUnicode_Substring(codes, start, start + 1)]).copy()
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

    def spans(self, str letters not None, /):
        """The groups of a text, in their order, as (start, end, whether it is one of `lone`)."""
        cdef characters read
        cdef int64_t at = 0, end
        _read(letters, &read)
        found = []
        while True:
            end = next_group(&self.rules, read.kind, read.text, read.length, &at)
            if end == 0:
                return found
            found.append((at, end, end - at == 1))
            at = end


cdef int _ascii_letter(str letter) except -1:
    cdef uint32_t character = ord(letter)
    if not 0 < character < 128:
        raise ValueError(f"no letter of ASCII: {character:#x}")
    return character


cdef int _flag_letters(uint8_t *flags, str letters) except -1:
    for letter in letters:
        flags[_ascii_letter(letter)] = 1
    return 0
