# Digits: the numbers that the rows of a column spell. Its twin is python/digits.py.

def digits(
    data, offsets, validity, int64_t rows, bytes between not None, int64_t most, int64_t longest,
    values, lengths, plus, /,
):
    """Writes for each row the number that its digits spell (int64), how many digits there are, and whether
    a plus comes first (an octet each); leading zeros count as digits.

    `between` are the octets that may stand between digits, and do not count; none is a digit. All is 0 for
    null, and for a row with anything else, with more than `most` digits, with more than `longest` octets,
    or without a digit.

    ValueError for a buffer that is too short, for an offset that decreases or leads out of the data, and
    for more digits than 18, which 64 bits hold.
    """
    cdef text_column column
    cdef digit_rules rules
    cdef int64_t end
    cdef void *numbers
    cdef uint8_t *counts
    cdef uint8_t *signs
    cdef _Buffers buffers = _Buffers()
    if rows < 0 or rows >= INT64_MAX - 1:
        raise ValueError(f"no rows: {rows}")
    if not 0 <= most <= DIGITS_MOST:
        raise ValueError(f"{most} digits, more than {DIGITS_MOST}")
    if rows == 0:
        return
    digit_rules_begin(&rules, <const uint8_t *> PyBytes_AS_STRING(between), PyBytes_GET_SIZE(between))
    rules.most, rules.longest = most, longest
    buffers.take_column(&column, data, offsets, validity, 0, rows)
    numbers = buffers.take(values, 8, rows, True)
    counts = <uint8_t *> buffers.take(lengths, 1, rows, True)
    signs = <uint8_t *> buffers.take(plus, 1, rows, True)
    with nogil:
        end = read_digits(&rules, &column, numbers, counts, signs)
    if end < 0:
        raise ValueError(f"row {-1 - end}: its offsets lead out of the data")
