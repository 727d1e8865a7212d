# Buffers: those of a call, held while it is answered, and let go at its end.

@cython.final
cdef class _Buffers:
    """Buffers that stay where they are until this is gone."""

    cdef Py_buffer views[12]
    cdef int taken
    # Those of a column of views, of which there may be any number.
    cdef Py_buffer *data
    cdef const uint8_t **starts
    cdef int64_t *sizes
    cdef Py_ssize_t data_taken

    cdef int take_column(
        self, text_column *column, data, offsets, validity, int64_t first, int64_t rows
    ) except -1:
        """The column of `rows` rows from `first` in these buffers, with nothing to write to."""
        column.first, column.count = first, rows
        column.is_utf8 = False
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

    cdef int take_views(
        self, text_column *column, text_views *found, views, tuple data, validity, int64_t first, int64_t rows
    ) except -1:
        """The same of a column of views."""
        column.first, column.count = first, rows
        column.is_utf8 = False
        found.views = <const uint8_t *> self.take(views, 0, 16 * (first + rows), False)
        column.validity = NULL
        if validity is not None:
            column.validity = <const uint8_t *> self.take(validity, 0, (first + rows - 1) // 8 + 1, False)
        column.transmitted, column.alone = NULL, NULL
        self.data = <Py_buffer *> calloc(len(data) + 1, sizeof(Py_buffer))
        self.starts = <const uint8_t **> calloc(len(data) + 1, sizeof(uint8_t *))
        self.sizes = <int64_t *> calloc(len(data) + 1, sizeof(int64_t))
        if self.data is NULL or self.starts is NULL or self.sizes is NULL:
            raise MemoryError
        for owner in data:
            PyObject_GetBuffer(owner, &self.data[self.data_taken], PyBUF_ND)
            self.starts[self.data_taken] = <const uint8_t *> self.data[self.data_taken].buf
            self.sizes[self.data_taken] = self.data[self.data_taken].len
            self.data_taken += 1
        found.data, found.sizes, found.data_count = self.starts, self.sizes, self.data_taken
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
        for place in range(self.data_taken):
            PyBuffer_Release(&self.data[place])
        free(self.data)
        free(self.starts)
        free(self.sizes)
