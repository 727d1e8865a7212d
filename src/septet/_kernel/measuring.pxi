# Candidates and the meter: texts and columns measured by weights. Its twin is python/measuring.py.

@cython.final
cdef class Candidate:
    """What one encoding of a planner is made of: weights, capacities, the mention's codes.

    The characters that are `OUTSIDE` of `joining` may be of a cluster that must not be cut; None:
    any cluster may. `before` are the codes of what stands before each text, none of them `OUTSIDE`.
    """

    cdef readonly Weights weights
    cdef readonly Weights joining
    cdef readonly int single
    cdef readonly int part
    cdef readonly bytes mention
    cdef readonly int64_t mention_units
    cdef measure_candidate prepared

    def __cinit__(
        self, Weights weights not None, int single, int part, bytes mention not None=b"", Weights joining=None,
        bytes before not None=b"",
    ):
        if single < 1 or part < 1:
            raise ValueError(f"no capacity: {min(single, part)}")
        if CODE_OUTSIDE in before:
            raise ValueError("what stands before a text is outside")
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
        put_before(&self.prepared, <const uint8_t *> PyBytes_AS_STRING(before), len(before))


@cython.final
cdef class Meter:
    """Measures texts for as long as weights alone decide, and hands the others on.

    The first candidate is taken unless a character is `OUTSIDE` of it, then the next. From the place
    `second` on they are a group of their own (0: there is one group), which is taken instead of the
    first one where it needs fewer billed segments, or where the first one holds no such text.

    The candidates from the first place of `rivals` to before the second one hold a text each in its own
    way: of those that hold all of it, that with the fewest billed segments is taken, then the one with
    most units left in these, then the first. No cluster keeps them from being cut.

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
    cdef Weights singles
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
        tuple rivals not None=(0, 0),
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
        self.rules.rivals, self.rules.rivals_end = rivals
        if not 0 <= self.rules.rivals <= self.rules.rivals_end <= (second or len(candidates)):
            raise ValueError(f"no candidates: {rivals}")
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
            if candidate.joining is not None and self.rules.rivals <= place < self.rules.rivals_end:
                raise ValueError(f"clusters are kept whole in the rival {place}")
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
        needles = self._without_singles(needles)
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

    cdef list _without_singles(self, list needles):
        """The needles but those of one character, which weights find all at once."""
        others = []
        codes = {}
        for needle in needles:
            string = needle[0]
            if len(needle) == 1 and len(string) == 1:
                if isinstance(string, tuple):
                    string = (<str?> string[0]).encode("ascii").decode("ascii")
                codes.update(dict.fromkeys(map(ord, <str?> string), CODE_OUTSIDE))
            else:
                others.append(needle)
        if codes:
            self.singles = Weights(codes, 1, 2)
            self.searched.singles = self.singles.table
        return others

    def __dealloc__(self):
        free(self.prepared)
        free(self.searched.strings)
        free(self.places)

    cdef int _holds_needle(self, str text, const characters *read) except -1:
        cdef bytes octets
        if self.singles is not None and self.path.text_units(
            self.singles.table, read.kind, read.text, read.length
        ) < 0:
            return True
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
        if (self.searched.count or self.singles is not None) and self._holds_needle(<str> text, &read):
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
        self, data, offsets, validity, int64_t first, int64_t rows, encodings, units, billed, /, *,
        bint is_utf8=False,
    ):
        """Measure `rows` rows of a UTF-8 column, from row `first`; answers those that are no UTF-8.

        `offsets` (int32 or int64) and `validity` (a bit per row, least significant first, or
        None) are laid out as Arrow does. Rows are written from place 0: int8, int64, int64; a
        null row and one that is not UTF-8 get -1 as their candidate and 0 twice. ValueError for
        a buffer that is too short and for an offset that decreases or leads out of the data.

        With `is_utf8` the caller vouches for all rows, and none is checked. Other octets then get any
        answer, but nothing beyond the data is read.
        """
        cdef text_column column
        cdef _Buffers buffers = _Buffers()
        if first < 0 or rows < 0 or first >= INT64_MAX - rows:
            raise ValueError(f"no rows: {rows} from {first}")
        if rows == 0:
            return []
        buffers.take_column(&column, data, offsets, validity, first, rows)
        column.is_utf8 = is_utf8
        column.candidates = <int8_t *> buffers.take(encodings, 1, rows, True)
        column.units = buffers.take(units, 8, rows, True)
        column.billed = buffers.take(billed, 8, rows, True)
        return self._measure_column(&column, NULL)

    def measure_views(
        self, views, tuple data not None, validity, int64_t first, int64_t rows, encodings, units, billed, /, *,
        bint is_utf8=False,
    ):
        """The same of a column of views, of which `data` are the buffers that Arrow has behind the views.

        ValueError for a view that leads out of them, too.
        """
        cdef text_column column
        cdef text_views found
        cdef int64_t marked
        cdef _Buffers buffers = _Buffers()
        if first < 0 or rows < 0 or first >= INT64_MAX // 16 - rows:
            raise ValueError(f"no rows: {rows} from {first}")
        if rows == 0:
            return []
        buffers.take_views(&column, &found, views, data, validity, first, rows)
        column.is_utf8 = is_utf8
        column.candidates = <int8_t *> buffers.take(encodings, 1, rows, True)
        column.units = buffers.take(units, 8, rows, True)
        column.billed = buffers.take(billed, 8, rows, True)
        with nogil:
            marked = self.path.measure_views(&self.rules, &column, &found)
        if marked < 0:
            raise ValueError(f"row {column.first - 1 - marked}: its view leads out of the data")
        return self._measure_marked(&column, &found, NULL) if marked else []

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
        if not marked:
            return []
        return self._measure_marked(column, NULL, question.flags if question is not NULL else NULL)

    cdef list _measure_marked(self, const text_column *column, const text_views *views, uint8_t *flags):
        """Measures the rows that are marked; answers the places of those that are no UTF-8.

        Of a row that goes the long way no mark was met, wherever it was left.
        """
        cdef int64_t place, end
        cdef viewed row
        cdef measurement answer
        refused = []
        for place in range(column.count):
            if column.candidates[place] >= ROW_NULL:
                continue
            if views is NULL:
                _row_at(column, column.first + place, &row)
            elif not view_at(views, column.first + place, &row):  # it did not, but others may write there
                raise ValueError(f"row {column.first + place}: its view leads out of the data")
            answer = [ROW_NULL, 0, 0, 0, 0]
            try:
                text = PyUnicode_DecodeUTF8(<const char *> row.text, row.length, NULL)
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


cdef int _row_at(const text_column *column, int64_t row, viewed *found) except -1:
    """The text of a row of a column with offsets."""
    cdef int64_t start = column_offset(column, row), end = column_offset(column, row + 1)
    if not 0 <= start <= end <= column.data_length:  # they were, but others may write there
        raise ValueError(f"row {row}: its offsets lead out of the data")
    found.text, found.length = column.data + start, end - start
    return 0
