# Questions about octets: UTF-8, how often one is there, torn quotes. Its twin is python/octets.py.

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


cdef int _add_octets(octet_set *found, bytes octets) except -1:
    cdef uint8_t octet
    for octet in octets:
        octet_set_add(found, octet)
    return 0
