# The census: which marked characters the rows of a column hold. Its twin is python/census.py.

@cython.final
cdef class Census:
    """Measures columns, and counts for each marked character the rows that hold it.

    `marks` has, for each candidate of the meter, the marks of its characters in place of codes: one
    whose mark is not 0 is looked for in the rows of that candidate, and counted unless the mark has
    the bit `CUT`. No mark has the bit `UNCOUNTED`. Where the meter has one line break, so does the
    census. Where units alone do not say what a row costs, that is what it is billed more than the
    meter would bill it that `instead` has for its candidate.

    `near` has six strings of octets, and stems of words; with it the bit 0x20 of a mark holds for a row
    only where its character has around it, words being parted by the octets up to 0x20: one of the first
    in its word before it; of the second in its word behind it; of the third there, but not at the end; of
    the fourth at the end of the word before, if one of the six last words holds a stem (capitals of ASCII
    are its small letters); or of the sixth in the word before, if just one of the fifth stands before it
    in its own. What is more than 64 octets long has each. Of a mark with the bits 0x60, that one is
    near as well whose word only blanks part from one of the sixth: in the word before, in the one before
    that if what is between has two octets at most, or at the beginning of the word behind.

    Both methods answer a list of (group, candidate, code point, rows, amount, rows alone, amount
    alone). A row adds its amount to each character it holds. `groups` (int64) says which group a
    row is of, from 0 to below `group_count`; None: all are of the first.
    """

    cdef const kernel_path *path
    cdef Meter meter
    cdef tuple instead
    cdef tuple marks
    cdef census_question prepared
    cdef near_rules near
    cdef bytes stems

    def __cinit__(self, Meter meter not None, tuple marks not None, tuple instead=None, tuple near=None):
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
        if near is not None:
            before, behind, inner, ending, single, held, stems = near
            _add_octets(&self.near.before, before)
            _add_octets(&self.near.behind, behind)
            _add_octets(&self.near.inner, inner)
            _add_octets(&self.near.ending, ending)
            _add_octets(&self.near.single, single)
            _add_octets(&self.near.held, held)
            for stem in stems:
                _add_octets(&self.near.stem_first, stem[:1] + stem[:1].upper())
                _add_octets(
                    &self.near.stem_second, stem[1:2] + stem[1:2].upper() if len(stem) > 1 else bytes(range(256))
                )
                for second in stem[1:2] or range(256):
                    self.near.stem_pairs[stem_hash(stem[0], second)] = 1
            _add_octets(&self.near.beside, before + behind + inner)
            self.near.continues = any(0x80 <= octet < 0xC0 for octet in behind + inner)
            listed = bytearray()
            begun = {}
            for stem in sorted(stems):
                begun.setdefault(stem[0], len(listed))
                listed += bytes((len(stem),)) + stem
            for first, begin in begun.items():
                self.near.stem_at[<uint8_t> first] = begin
            self.stems = bytes(listed)
            self.near.stems = <const uint8_t *> PyBytes_AS_STRING(self.stems)
            self.prepared.near = &self.near
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
        encodings, units, billed, transmitted, alone, flags, Pairs pairs=None, marks=None, /, *,
        bint is_utf8=False,
    ):
        """Measures rows as `Meter.measure_column` does; what is counted of those whose cost is known.

        That of a row is what it is billed more because its marked characters take more than one unit
        each. Written as well are `transmitted` (int64), the segments on the air, `alone` (int64),
        those that would be billed without the mention, both as billed where weights did not decide
        (the latter where clusters did, too), and `flags` (uint8), the marks that were met, or-ed. A row
        has the flag `UNCOUNTED` where its cost is for `count` to be told. `marks` are what
        `Pairs.mark` writes, where `pairs` are given. The caller may vouch for all rows with `is_utf8`, too.
        """
        cdef text_column column
        cdef census_question question = self.prepared
        cdef _Buffers buffers = _Buffers()
        if rows < 0 or rows >= INT64_MAX - 1:
            raise ValueError(f"no rows: {rows}")
        if rows == 0:
            return []
        buffers.take_column(&column, data, offsets, validity, 0, rows)
        column.is_utf8 = is_utf8
        column.candidates = <int8_t *> buffers.take(encodings, 1, rows, True)
        column.units = buffers.take(units, 8, rows, True)
        column.billed = buffers.take(billed, 8, rows, True)
        column.transmitted = buffers.take(transmitted, 8, rows, True)
        column.alone = buffers.take(alone, 8, rows, True)
        question.flags = <uint8_t *> buffers.take(flags, 1, rows, True)
        if pairs is not None:
            question.pairs = &pairs.rules
            question.pair_marks = buffers.take(marks, 2, rows, True)
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
        question.near = NULL
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
            for page in range(question.counts[place].pages):
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
