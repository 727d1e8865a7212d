# cython: language_level=3, binding=False, boundscheck=False, wraparound=False
# cython: freethreading_compatible=True, subinterpreters_compatible=own_gil
"""The kernel, compiled: the same names and answers as its twin, ``python``.

Texts are read in place. What a call needs of the tables is prepared once, and used by plain C
(the headers beside this file) that is compiled for several instruction sets: `PATHS`
names those of this processor, the best one first, and `PATH` the one that new objects use. The
environment variable ``SEPTET_KERNEL_PATH`` names another one.
"""

from os import environ, urandom

cimport cython
from cpython.buffer cimport PyBUF_ND, PyBUF_WRITABLE, PyBuffer_Release, PyObject_GetBuffer
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.object cimport PyObject_GetItem
from cpython.unicode cimport (
    PyUnicode_Check, PyUnicode_DATA, PyUnicode_DecodeUTF8, PyUnicode_FromKindAndData, PyUnicode_FromOrdinal,
    PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_Substring,
)
from libc.stdint cimport INT64_MAX, int8_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memset


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


include "buffers.pxi"
include "octets.pxi"
include "weighing.pxi"
include "measuring.pxi"
include "pairs.pxi"
include "number_sets.pxi"
include "digits.pxi"
include "census.pxi"
include "characters.pxi"
