# cython: language_level=3, binding=False, boundscheck=False, wraparound=False
# cython: freethreading_compatible=True, subinterpreters_compatible=own_gil
"""The kernel, compiled: the same names and answers as its twin, ``python``.

Texts are read in place. What a call needs of the tables is prepared once, and used by plain C
(the headers beside this file) that is compiled for several instruction sets: `PATHS`
names those of this processor, the best one first, and `PATH` the one that new objects use. The
environment variable ``SEPTET_KERNEL_PATH`` names another one.
"""

from os import environ

cimport cython
from cpython.buffer cimport PyBUF_ND, PyBUF_WRITABLE, PyBuffer_Release, PyObject_GetBuffer
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.unicode cimport (
    PyUnicode_Check, PyUnicode_DATA, PyUnicode_DecodeUTF8,
    PyUnicode_GET_LENGTH, PyUnicode_KIND,
)
from libc.stdint cimport INT64_MAX, int8_t, int64_t, uint8_t, uint32_t
from libc.stdlib cimport calloc, free


NAME = "cython"

OUTSIDE = CODE_OUTSIDE
CUT = CODE_CUT
UNCOUNTED = ROW_UNCOUNTED


cdef tuple _paths():
    cdef int place = 0
    names = []
    while kernel_path_at(place) is not NULL:
        names.append(kernel_path_at(place).name.decode())
        place += 1
    return tuple(names)


PATHS = _paths()
PATH = environ.get("SEPTET_KERNEL_PATH") or PATHS[0]
if PATH not in PATHS:
    raise ImportError(f"SEPTET_KERNEL_PATH is {PATH!r}; possible here: {', '.join(PATHS)}")


cdef const kernel_path *_path() except NULL:
    return kernel_path_at(PATHS.index(PATH))


def is_utf8(octets, /):
    """Whether the octets of a buffer are UTF-8, from its beginning to its end."""
    cdef const kernel_path *path = _path()
    cdef _Buffers buffers = _Buffers()
    cdef const uint8_t *first = <const uint8_t *> buffers.take(octets, 0, 0, False)
    cdef int64_t length = buffers.views[0].len
    with nogil:
        found = path.is_utf8(first, length)
    return found


def count_octet(octets, uint8_t octet, /):
    """How often one octet is in a buffer."""
    cdef const kernel_path *path = _path()
    cdef _Buffers buffers = _Buffers()
    cdef const uint8_t *first = <const uint8_t *> buffers.take(octets, 0, 0, False)
    cdef int64_t length = buffers.views[0].len
    with nogil:
        length = path.count_octet(first, length, octet)
    return length


def quotes_torn(octets, uint8_t delimiter, /):
    """Whether text follows at once on a quoted cell of several lines, in rows of delimited text."""
    cdef _Buffers buffers = _Buffers()
    cdef const uint8_t *first = <const uint8_t *> buffers.take(octets, 0, 0, False)
    cdef int64_t length = buffers.views[0].len
    with nogil:
        found = quotes_are_torn(first, length, delimiter)
    return found


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
        cdef uint8_t code = self.code(read, place)
        return 1 if code == CODE_OUTSIDE else code & CODE_UNITS

    def codes(self, str text not None, /):
        """One code per character; perhaps fewer where one is `OUTSIDE`, and that one among them."""
        cdef characters read
        cdef Py_ssize_t place
        cdef uint8_t *code
        _read(text, &read)
        answer = PyBytes_FromStringAndSize(NULL, read.length)
        code = <uint8_t *> PyBytes_AS_STRING(answer)
        for place in range(read.length):
            code[place] = self.code(&read, place)
        return answer

    def units(self, str text not None, /):
        """The units of a text; -1 when a character of it is `OUTSIDE`."""
        cdef characters read
        _read(text, &read)
        return self.path.text_units(self.table, read.kind, read.text, read.length)

    def segments(self, str text not None, int64_t capacity, bytes tail not None=b""):
        """How many segments of `capacity` units the text takes, then the codes of `tail`."""
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
                room = max(capacity, units)  # one heavier than a segment has one to itself
            room -= units
        return starts

    def prefix(self, str text not None, int64_t budget):
        """How many characters the longest prefix of at most `budget` units has."""
        cdef characters read
        cdef Py_ssize_t place
        _read(text, &read)
        for place in range(read.length):
            budget -= self.weight(&read, place)
            if budget < 0:
                return place
        return read.length


@cython.final
cdef class Candidate:
    """What one encoding of a planner is made of: weights, capacities, the mention's codes.

    The characters that are `OUTSIDE` of `joining` may be of a cluster that must not be cut; None:
    any cluster may.
    """

    cdef readonly Weights weights
    cdef readonly Weights joining
    cdef readonly int single
    cdef readonly int part
    cdef readonly bytes mention
    cdef readonly int64_t mention_units
    cdef measure_candidate prepared

    def __cinit__(
        self, Weights weights not None, int single, int part, bytes mention not None=b"", Weights joining=None
    ):
        if single < 1 or part < 1:
            raise ValueError(f"no capacity: {min(single, part)}")
        self.weights = weights
        self.joining = joining
        self.single = single
        self.part = part
        self.mention = mention
        self.mention_units = 0
        self.prepared.mention_together = False
        for code in mention:
            self.mention_units += code & CODE_UNITS
            if code_keeps_together(code):
                self.prepared.mention_together = True
        self.prepared.weights = weights.table
        self.prepared.joining = NULL if joining is None else joining.table
        self.prepared.single = single
        self.prepared.part = part
        self.prepared.mention = <const uint8_t *> PyBytes_AS_STRING(mention)
        self.prepared.mention_length = len(mention)
        self.prepared.mention_units = self.mention_units


@cython.final
cdef class Meter:
    """Measures texts for as long as weights alone decide, and hands the others on.

    The first candidate is taken unless a character is `OUTSIDE` of it, then the next. From the place
    `second` on they are a group of their own (0: there is one group), which is taken instead of the
    first one where it needs fewer billed segments, or where the first one holds no such text.

    Where characters may join clusters that must not be cut, `clusters` is asked how many segments a
    text takes, by the place of its candidate and the text; with two groups `long_way` is.

    `long_way` answers (candidate, units, billed segments) for what this one leaves alone:
    anything that is no `str`, a text that shows nothing, one that takes more than `limit`
    segments (0: no limit), one of more than `most` units, of its candidate or of UTF-16 (0: no
    limit); and, where a mention is to be added, one that may already hold it: any text when
    `needles` is None, otherwise one with all the strings of one of the needles in it, or with a
    deleted character. A string is a `str`, or a tuple with the characters of ASCII that may stand at
    each of its places.
    """

    cdef const kernel_path *path
    cdef measure_rules rules
    cdef measure_candidate *prepared
    cdef needle_strings searched
    cdef octet_set *places
    cdef tuple candidates
    cdef list octets
    cdef bint ascii_needles
    cdef object long_way
    cdef object clusters

    def __cinit__(
        self,
        tuple candidates not None,
        long_way,
        *,
        bint physical,
        bint one_line_break,
        int64_t limit,
        tuple needles,
        int second=0,
        int64_t most=0,
        clusters=None,
    ):
        cdef Py_ssize_t place
        cdef Candidate candidate
        self.path = _path()
        self.candidates = candidates
        self.long_way = long_way
        self.clusters = clusters
        self.rules.physical = physical
        self.rules.one_line_break = one_line_break
        self.rules.limit = limit
        if not 0 <= second < max(1, len(candidates)):
            raise ValueError(f"no candidate: {second}")
        self.rules.second = second
        self.rules.most = most
        # One more than there are: a first one can be looked at even when there is none.
        self.prepared = <measure_candidate *> calloc(len(candidates) + 1, sizeof(measure_candidate))
        if self.prepared is NULL:
            raise MemoryError
        for place in range(len(candidates)):
            candidate = candidates[place]
            self.prepared[place] = candidate.prepared
            if candidate.prepared.mention_together:
                self.rules.mention_together = True
        self.rules.candidates = self.prepared
        self.rules.candidate_count = len(candidates)
        if needles is not None:
            # One that stands there twice is looked for once; one without strings is in every text.
            self._prepare_needles([<tuple?> needle or ("",) for needle in dict.fromkeys(needles)])

    cdef int _prepare_needles(self, list needles) except -1:
        cdef int count = 0
        cdef needle_string *string = NULL
        cdef octet_set *free_place
        cdef bytes octets
        # One more than there are: no size is 0.
        self.searched.strings = <needle_string *> calloc(
            sum([len(needle) for needle in needles]) + 1, sizeof(needle_string))
        self.places = free_place = <octet_set *> calloc(
            sum([len(text) for needle in needles for text in needle]) + 1, sizeof(octet_set))
        if self.searched.strings is NULL or self.places is NULL:
            raise MemoryError
        self.octets = []
        self.ascii_needles = True
        for needle in needles:
            for text in needle:
                string = &self.searched.strings[count]
                count += 1
                if isinstance(text, tuple):
                    string.places = free_place
                    string.length = len(text)
                    for characters in text:
                        for octet in (<str?> characters).encode("ascii"):
                            octet_set_add(free_place, octet)
                        free_place += 1
                    if text:
                        string.first = string.places[0]
                    continue
                octets = (<str?> text).encode("utf-8", "surrogatepass")
                self.octets.append(octets)
                self.ascii_needles = self.ascii_needles and text.isascii()
                string.octets = <const uint8_t *> PyBytes_AS_STRING(octets)
                string.length = len(octets)
                if octets:
                    octet_set_add(&string.first, octets[0])
            string.last = True
        self.searched.count = count
        self.rules.needles = &self.searched
        return 0

    def __dealloc__(self):
        free(self.prepared)
        free(self.searched.strings)
        free(self.places)

    cdef int _holds_needle(self, str text, const characters *read) except -1:
        cdef bytes octets
        if PyUnicode_IS_ASCII(text) or self.ascii_needles:
            return self.path.hold_needle(&self.searched, read.kind, read.text, read.length)
        octets = text.encode("utf-8", "surrogatepass")
        return self.path.hold_needle(&self.searched, 1, PyBytes_AS_STRING(octets), len(octets))

    cdef inline int _measure(self, object text, measurement *answer) except -1:
        """Whether the short way answers."""
        cdef characters read
        if not PyUnicode_Check(text) or self.rules.needles is NULL:
            return False
        _read(<str> text, &read)
        if self.searched.count and self._holds_needle(<str> text, &read):
            return False
        if self.rules.most and self.path.is_longer(read.kind, read.text, read.length, self.rules.most):
            return False
        end = self.path.measure[read.kind](&self.rules, read.text, read.length, answer)
        if end == MEASURE_CLUSTERS:
            end = settle_clusters(&self.rules, self.clusters(answer.candidate, text), answer)
        return end == MEASURE_DONE

    def measure(self, text, /):
        """(candidate, units, billed segments) of a text."""
        cdef measurement answer
        if self._measure(text, &answer):
            return answer.candidate, answer.units, answer.billed
        return self.long_way(text)

    def quick(self, text, /):
        """(candidate, units, billed segments) where weights and clusters decide; None for the long way."""
        cdef measurement answer
        if self._measure(text, &answer):
            return answer.candidate, answer.units, answer.billed
        return None

    def count(self, text, /):
        """The billed segments of a text."""
        cdef measurement answer
        if self._measure(text, &answer):
            return answer.billed
        return self.long_way(text)[2]

    def count_many(self, texts, /):
        """The billed segments of each text."""
        cdef measurement answer
        counts = []
        for text in texts:
            if self._measure(text, &answer):
                counts.append(answer.billed)
            else:
                counts.append(self.long_way(text)[2])
        return counts

    def measure_column(
        self, data, offsets, validity, int64_t first, int64_t rows, encodings, units, billed, /
    ):
        """Measure `rows` rows of a UTF-8 column, from row `first`; answers those that are no UTF-8.

        `offsets` (int32 or int64) and `validity` (a bit per row, least significant first, or
        None) are laid out as Arrow does. Rows are written from place 0: int8, int64, int64; a
        null row and one that is not UTF-8 get -1 as their candidate and 0 twice. ValueError for
        a buffer that is too short and for an offset that decreases or leads out of the data.
        """
        cdef text_column column
        cdef _Buffers buffers = _Buffers()
        if first < 0 or rows < 0 or first >= INT64_MAX - rows:
            raise ValueError(f"no rows: {rows} from {first}")
        if rows == 0:
            return []
        buffers.take_column(&column, data, offsets, validity, first, rows)
        column.candidates = <int8_t *> buffers.take(encodings, 1, rows, True)
        column.units = buffers.take(units, 8, rows, True)
        column.billed = buffers.take(billed, 8, rows, True)
        return self._measure_column(&column, NULL)

    cdef list _measure_column(self, text_column *column, census_question *question):
        cdef int64_t marked
        with nogil:
            if question is NULL:
                marked = self.path.measure_rows(&self.rules, column)
            else:
                marked = self.path.survey_rows(&self.rules, column, question)
        if marked == COLUMN_NO_MEMORY:
            raise MemoryError
        if marked < 0:
            raise ValueError(f"row {column.first - 1 - marked}: its offsets lead out of the data")
        return self._measure_marked(column, question.flags if question is not NULL else NULL) if marked else []

    cdef list _measure_marked(self, const text_column *column, uint8_t *flags):
        """Measures the rows that are marked; answers the places of those that are no UTF-8.

        Of a row that goes the long way no mark was met, wherever it was left.
        """
        cdef int64_t place, start, end
        cdef measurement answer
        refused = []
        for place in range(column.count):
            if column.candidates[place] >= ROW_NULL:
                continue
            start = column_offset(column, column.first + place)
            end = column_offset(column, column.first + place + 1)
            if not 0 <= start <= end <= column.data_length:  # they were, but others may write there
                raise ValueError(f"row {column.first + place}: its offsets lead out of the data")
            answer = [ROW_NULL, 0, 0, 0, 0]
            try:
                text = PyUnicode_DecodeUTF8(<const char *> column.data + start, end - start, NULL)
            except UnicodeDecodeError:
                refused.append(place)
            else:
                end = ROW_CLUSTERS - column.candidates[place]
                if 0 <= end < self.rules.candidate_count:
                    answer.candidate, answer.units = end, int64_at(column.units, place)
                if end < 0 or settle_clusters(&self.rules, self.clusters(end, text), &answer) != MEASURE_DONE:
                    answer.candidate, answer.units, answer.billed = self.long_way(text)
                    answer.transmitted = answer.alone = answer.billed
                    if flags is not NULL:
                        flags[place] = ROW_UNCOUNTED
            column_write(column, place, &answer)
        return refused


@cython.final
cdef class Census:
    """Measures columns, and counts for each marked character the rows that hold it.

    `marks` has, for each candidate of the meter, the marks of its characters in place of codes: one
    whose mark is not 0 is looked for in the rows of that candidate, and counted unless the mark has
    the bit `CUT`. No mark has the bit `UNCOUNTED`. Where the meter has one line break, so does the
    census. Where units alone do not say what a row costs, that is what it is billed more than the
    meter would bill it that `instead` has for its candidate.

    Both methods answer a list of (group, candidate, code point, rows, amount, rows alone, amount
    alone). A row adds its amount to each character it holds. `groups` (int64) says which group a
    row is of, from 0 to below `group_count`; None: all are of the first.
    """

    cdef const kernel_path *path
    cdef Meter meter
    cdef tuple instead
    cdef tuple marks
    cdef census_question prepared

    def __cinit__(self, Meter meter not None, tuple marks not None, tuple instead=None):
        cdef Py_ssize_t place
        cdef Candidate candidate
        instead = (None,) * len(marks) if instead is None else instead
        if not len(marks) == len(instead) == len(meter.candidates):
            raise ValueError(f"{len(meter.candidates)} candidates, not {len(marks)}, {len(instead)}")
        self.path = _path()
        self.meter, self.marks, self.instead = meter, marks, instead
        # One more than there are: no size is 0.
        self.prepared.marks = <const weight_table **> calloc(len(marks) + 1, sizeof(weight_table *))
        self.prepared.weights = <const weight_table **> calloc(len(marks) + 1, sizeof(weight_table *))
        self.prepared.classes = <octet_classes *> calloc(len(marks) + 1, sizeof(octet_classes))
        self.prepared.instead = <const measure_rules **> calloc(len(marks) + 1, sizeof(measure_rules *))
        if (
            self.prepared.marks is NULL or self.prepared.weights is NULL
            or self.prepared.classes is NULL or self.prepared.instead is NULL
        ):
            raise MemoryError
        for place in range(len(marks)):
            candidate = meter.candidates[place]
            self.prepared.marks[place] = (<Weights?> marks[place]).table
            self.prepared.weights[place] = candidate.weights.table
            if instead[place] is not None:
                self.prepared.instead[place] = &(<Meter?> instead[place]).rules
        self.prepared.candidate_count = len(marks)
        self.prepared.one_line_break = meter.rules.one_line_break
        census_prepare(&self.prepared)

    def __dealloc__(self):
        free(self.prepared.marks)
        free(self.prepared.weights)
        free(self.prepared.classes)
        free(self.prepared.instead)

    def measure(
        self, data, offsets, validity, int64_t rows, groups, int64_t group_count,
        encodings, units, billed, transmitted, alone, flags, /
    ):
        """Measures rows as `Meter.measure_column` does; what is counted of those whose cost is known.

        That of a row is what it is billed more because its marked characters take more than one unit
        each. Written as well are `transmitted` (int64), the segments on the air, `alone` (int64),
        those that would be billed without the mention, both as billed where weights did not decide
        (the latter where clusters did, too), and `flags` (uint8), the marks that were met, or-ed. A row
        has the flag `UNCOUNTED` where its cost is for `count` to be told.
        """
        cdef text_column column
        cdef census_question question = self.prepared
        cdef _Buffers buffers = _Buffers()
        if rows < 0 or rows >= INT64_MAX - 1:
            raise ValueError(f"no rows: {rows}")
        if rows == 0:
            return []
        buffers.take_column(&column, data, offsets, validity, 0, rows)
        column.candidates = <int8_t *> buffers.take(encodings, 1, rows, True)
        column.units = buffers.take(units, 8, rows, True)
        column.billed = buffers.take(billed, 8, rows, True)
        column.transmitted = buffers.take(transmitted, 8, rows, True)
        column.alone = buffers.take(alone, 8, rows, True)
        question.flags = <uint8_t *> buffers.take(flags, 1, rows, True)
        self._open(&question, buffers, groups, group_count, rows)
        try:
            self.meter._measure_column(&column, &question)
            return self._found(&question, group_count)
        finally:
            self._close(&question, group_count)

    def count(self, data, offsets, int64_t rows, groups, int64_t group_count, candidates, amounts, /):
        """What is counted of rows whose `candidates` (int8) and `amounts` (int64) are given.

        A row that has no such candidate is not looked at, and what is no UTF-8 is passed over.
        ValueError for a buffer that is too short and for an offset that decreases or leads out of
        the data.
        """
        cdef text_column column
        cdef census_question question = self.prepared
        cdef int64_t end
        cdef _Buffers buffers = _Buffers()
        if rows < 0 or rows >= INT64_MAX - 1:
            raise ValueError(f"no rows: {rows}")
        if rows == 0:
            return []
        buffers.take_column(&column, data, offsets, None, 0, rows)
        column.candidates = <int8_t *> buffers.take(candidates, 1, rows, False)
        question.amounts = buffers.take(amounts, 8, rows, False)
        self._open(&question, buffers, groups, group_count, rows)
        try:
            with nogil:
                end = self.path.census_rows(&column, &question)
            if end == COLUMN_NO_MEMORY:
                raise MemoryError
            if end < 0:
                raise ValueError(f"row {-1 - end}: its offsets lead out of the data")
            return self._found(&question, group_count)
        finally:
            self._close(&question, group_count)

    cdef int _open(
        self, census_question *question, _Buffers buffers, groups, int64_t group_count, int64_t rows
    ) except -1:
        """Makes room for what is counted of so many groups."""
        cdef int64_t place
        if group_count < 1:
            raise ValueError(f"no groups: {group_count}")
        if groups is not None:
            question.groups = buffers.take(groups, 8, rows, False)
            for place in range(rows):
                if not 0 <= int64_at(question.groups, place) < group_count:
                    raise ValueError(f"row {place}: no such group: {int64_at(question.groups, place)}")
        # One more than there are: no size is 0.
        question.counts = <census_counts *> calloc(
            group_count * question.candidate_count + 1, sizeof(census_counts))
        if question.counts is NULL:
            raise MemoryError
        return 0

    cdef void _close(self, census_question *question, int64_t group_count):
        cdef int64_t place
        for place in range(group_count * question.candidate_count):
            census_free(&question.counts[place])
        free(question.counts)
        free(question.met)

    cdef list _found(self, const census_question *question, int64_t group_count):
        cdef int64_t place
        cdef int page, character
        cdef const census_entry *entry
        found = []
        for place in range(group_count * question.candidate_count):
            for page in range(0x1100):
                if question.counts[place].entries[page] is NULL:
                    continue
                for character in range(256):
                    entry = &question.counts[place].entries[page][character]
                    if entry.rows:
                        found.append((
                            place // question.candidate_count, place % question.candidate_count,
                            page << 8 | character,
                            entry.rows, entry.amount, entry.rows_alone, entry.amount_alone,
                        ))
        return found


@cython.final
cdef class _Buffers:
    """Buffers that stay where they are until this is gone."""

    cdef Py_buffer views[12]
    cdef int taken

    cdef int take_column(
        self, text_column *column, data, offsets, validity, int64_t first, int64_t rows
    ) except -1:
        """The column of `rows` rows from `first` in these buffers, with nothing to write to."""
        column.first, column.count = first, rows
        column.data = <const uint8_t *> self.take(data, 0, 0, False)
        column.data_length = self.views[0].len
        column.wide_offsets = memoryview(offsets).itemsize == 8
        column.offsets = self.take(offsets, 8 if column.wide_offsets else 4, first + rows + 1, False)
        column.validity = NULL
        if validity is not None:
            column.validity = <const uint8_t *> self.take(validity, 0, (first + rows - 1) // 8 + 1, False)
        column.candidates, column.units, column.billed = NULL, NULL, NULL
        column.transmitted, column.alone = NULL, NULL
        return 0

    cdef void *take(self, owner, Py_ssize_t itemsize, int64_t items, bint written) except? NULL:
        """Where a buffer is, if it has so many items of that size (0: octets, whatever they are)."""
        cdef Py_buffer *view = &self.views[self.taken]
        PyObject_GetBuffer(owner, view, PyBUF_ND | (PyBUF_WRITABLE if written else 0))
        self.taken += 1
        if itemsize and view.itemsize != itemsize:
            raise ValueError(f"items of {view.itemsize} octets, not {itemsize}")
        if view.len // max(itemsize, 1) < items:
            raise ValueError(f"{view.len // max(itemsize, 1)} items, not {items}")
        return view.buf

    def __dealloc__(self):
        cdef int place
        for place in range(self.taken):
            PyBuffer_Release(&self.views[place])
