"""What the compiled kernel uses of the plain C beside it."""

from libc.stdint cimport int8_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t


cdef extern from *:
    """
    /* From Python 3.12 on, there is no text that is not ready to be read. */
    #if PY_VERSION_HEX < 0x030C0000
    #define KERNEL_READY(text) PyUnicode_READY(text)
    #else
    #define KERNEL_READY(text) 0
    #endif
    """
    int KERNEL_READY(object text) except -1
    bint PyUnicode_IS_ASCII(object text)


cdef extern from "paths.h" nogil:
    int CODE_OUTSIDE, CODE_CUT, CODE_UNITS, ROW_UNCOUNTED
    int PAIRS_MOST
    int LEADING_MOST
    int ENDS_MOST
    int ROW_NULL, ROW_CLUSTERS
    int64_t COLUMN_NO_MEMORY

    ctypedef struct octet_set:
        pass
    ctypedef struct octet_classes:
        pass
    ctypedef struct weight_table:
        pass
    ctypedef struct segment_walk:
        int64_t part, room, segments
    ctypedef struct measure_candidate:
        const weight_table *weights
        int64_t single, part
        const uint8_t *mention
        int64_t mention_length, mention_units
        bint mention_together
        const weight_table *joining
    ctypedef struct needle_string:
        const uint8_t *octets
        const octet_set *places
        int64_t length
        octet_set first
        bint last
    ctypedef struct needle_strings:
        int count
        needle_string *strings
        const weight_table *singles
    ctypedef struct measure_rules:
        const measure_candidate *candidates
        int candidate_count, second, rivals, rivals_end
        bint physical, one_line_break, mention_together
        int64_t limit, most
        const needle_strings *needles
    ctypedef struct measurement:
        int64_t candidate, units, billed, transmitted, alone
    ctypedef struct text_column:
        const uint8_t *data
        int64_t data_length
        const void *offsets
        bint wide_offsets
        const uint8_t *validity
        bint is_utf8
        int64_t first, count
        int8_t *candidates
        void *units
        void *billed
        void *transmitted
        void *alone
    ctypedef struct pair_rules:
        uint16_t led
    ctypedef struct text_views:
        const uint8_t *views
        const uint8_t **data
        const int64_t *sizes
        int64_t data_count
    ctypedef struct viewed:
        const uint8_t *text
        int64_t length
    ctypedef enum measure_end:
        MEASURE_DONE
        MEASURE_CLUSTERS
    ctypedef struct kernel_path:
        const char *name
        measure_end (*measure[5])(
            const measure_rules *, const void *text, int64_t length, measurement *) noexcept nogil
        bint (*is_longer)(int kind, const void *text, int64_t length, int64_t most) noexcept nogil
        bint (*hold_needle)(
            const needle_strings *, int kind, const void *text, int64_t length) noexcept nogil
        int64_t (*measure_rows)(const measure_rules *, const text_column *) noexcept nogil
        int64_t (*measure_views)(
            const measure_rules *, const text_column *, const text_views *) noexcept nogil
        int64_t (*survey_rows)(const measure_rules *, const text_column *, census_question *) noexcept nogil
        int64_t (*text_units)(
            const weight_table *, int kind, const void *text, int64_t length) noexcept nogil
        int64_t (*census_rows)(const text_column *, census_question *) noexcept nogil
        int64_t (*mark_pairs)(const pair_rules *, const text_column *, void *marks) noexcept nogil
        bint (*is_utf8)(const uint8_t *octets, int64_t length) noexcept nogil
        int64_t (*count_octet)(const uint8_t *octets, int64_t length, uint8_t octet) noexcept nogil
    ctypedef struct census_entry:
        int64_t rows, amount, rows_alone, amount_alone
    ctypedef struct census_counts:
        int pages
        census_entry **entries
    ctypedef struct near_rules:
        octet_set before, behind, inner, ending, single, held, beside, stem_first, stem_second
        bint continues
        uint8_t stem_pairs[256]
        const uint8_t *stems
        uint16_t stem_at[256]
    ctypedef struct census_question:
        int candidate_count
        const weight_table **marks
        const weight_table **weights
        octet_classes *classes
        bint one_line_break
        const near_rules *near
        const measure_rules **instead
        const pair_rules *pairs
        void *pair_marks
        const void *groups
        census_counts *counts
        const void *amounts
        uint8_t *flags
        census_entry **met
        int64_t room

    ctypedef struct number_set:
        uint64_t *table
        int bits
        int64_t count
        uint64_t seed

    int DIGITS_MOST
    ctypedef struct digit_rules:
        int64_t most
        int64_t longest

    ctypedef struct character_numbers:
        pass
    ctypedef struct character_count:
        uint32_t character
        uint32_t code
        int64_t times
    ctypedef struct group_rules:
        uint8_t head[128]
        uint8_t mark[128]
        uint8_t lone[128]
        uint8_t second[128]
        int64_t most
    ctypedef struct group_walk:
        const group_rules *rules
        int kind
        const void *text
        int64_t length
        const int64_t *starts
        const int64_t *starts_end
        int64_t begin, end
        bint is_lone
    ctypedef struct character_counts:
        character_count *found
        int64_t count

    const kernel_path *kernel_path_at(int place)
    weight_table *weights_new(uint8_t by_default, uint8_t astral)
    int weights_add(weight_table *, uint32_t character, uint8_t code)
    void weights_seal(weight_table *)
    void weights_free(weight_table *)
    uint8_t code_of(const weight_table *, uint32_t character)
    void weights_codes(const weight_table *, int kind, const void *text, int64_t length, uint8_t *codes)
    bint code_keeps_together(uint8_t code)
    uint32_t character_at(int kind, const void *text, int64_t place)
    void walk_code(segment_walk *, uint8_t code)
    void octet_set_add(octet_set *, unsigned octet)
    void put_before(measure_candidate *, const uint8_t *codes, int64_t length)
    measure_end settle_clusters(const measure_rules *, int64_t segments, measurement *)
    int64_t column_offset(const text_column *, int64_t row)
    bint view_at(const text_views *, int64_t row, viewed *)
    int64_t int64_at(const void *, int64_t place)
    void column_write(const text_column *, int64_t place, const measurement *)
    int numbers_again(number_set *, const void *numbers, int64_t count, uint8_t *again)
    void digit_rules_begin(digit_rules *, const uint8_t *between, int64_t count)
    int64_t read_digits(
        const digit_rules *, const text_column *, void *values, uint8_t *lengths, uint8_t *plus)
    bint quotes_are_torn(const uint8_t *octets, int64_t length, uint8_t delimiter)
    void numbers_free(character_numbers *)
    uint32_t *number_at(character_numbers *, uint32_t character)
    void counts_free(character_counts *)
    int count_characters(character_counts *, int kind, const void *text, int64_t length)
    void write_counted(
        const character_counts *, int kind, const void *text, int64_t length, uint32_t *codes)
    void write_codes(
        const character_numbers *, int kind, const void *text, int64_t length, uint32_t unlisted,
        uint32_t *codes)
    int64_t end_of_alike(int kind, const void *text, int64_t at, int64_t end)
    bint next_piece(group_walk *)
    uint8_t stem_hash(uint8_t first, uint8_t second)
    void census_prepare(census_question *)
    void census_free(census_counts *)
    void pairs_add(
        pair_rules *, int place, const uint8_t *first, int64_t firsts, const uint8_t *second, int64_t seconds)
    void pairs_add_leading(
        pair_rules *, int place, const uint8_t *first, int64_t firsts, const uint8_t *second, int64_t seconds)
    void pairs_add_end(pair_rules *, const uint8_t *octets, int64_t length)
