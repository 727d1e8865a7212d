/* Which marked characters the rows of a column hold: what a census needs and answers. */
#ifndef SEPTET_KERNEL_CENSUS_H
#define SEPTET_KERNEL_CENSUS_H

#include "_kernel_measure.h"

/* Of one character: the rows that hold it, and their amounts; the same of those that hold no other. */
typedef struct {
    int64_t rows, amount, rows_alone, amount_alone;
    int64_t last_row; /* the place behind the last row that was counted, so that 0 is none */
} census_entry;

/* A mark that is noted for its row, but not counted for its character. */
#define MARK_UNCOUNTED 0x80

/* The characters to look for in the rows of one candidate: those whose mark is not 0. */
typedef struct {
    const weight_table *marks;
    const weight_table *weights; /* what they weigh */
    octet_set leads;             /* the first octets in UTF-8 of those in ASCII and above U+00FF */
    int any_latin;               /* one of U+0080 to U+00FF is among them: */
    octet_set latin;             /* those up to U+00FF */
    octet_set latin_leads;       /* the first octets of U+0080 to U+00FF */
} census_marks;

/* What was counted of the rows of one candidate. */
typedef struct {
    census_marks looked_for;
    census_entry *entries[UNICODE_PAGES]; /* of 256 code points each; NULL: none of them was met */
} census_candidate;

typedef struct {
    const text_column *rows; /* whose candidates say what to look for; units and billed are not used */
    const void *amounts;     /* of 64 bits */
    uint8_t *flags;          /* for each row, the marks that were met, or-ed together */
    void *excess;            /* of 64 bits: the units beyond one of each marked character of a row */
    census_candidate *candidates;
    int candidate_count;
} census_question;

/* What is met in one row. */
typedef struct {
    census_entry *only;
    int64_t row, amount, excess;
    int distinct;
    uint8_t flags;
} census_row;

/* Whether any of the code points from `first` to `last` has a mark. */
static int census_any(const weight_table *marks, uint32_t first, uint32_t last)
{
    for (uint32_t character = first; character <= last; character++) {
        if (code_of(marks, character)) {
            return 1;
        }
    }
    return 0;
}

/* To be called once for many columns: it looks through all of Unicode. */
static void census_prepare(census_marks *prepared, const weight_table *marks, const weight_table *weights)
{
    prepared->marks = marks;
    prepared->weights = weights;
    for (unsigned octet = 0; octet < 0x100; octet++) {
        if (code_of(marks, octet)) {
            octet_set_add(&prepared->latin, octet);
            if (octet < 0x80) {
                octet_set_add(&prepared->leads, octet);
            } else {
                prepared->any_latin = 1;
            }
        }
    }
    octet_set_add(&prepared->latin_leads, 0xC2);
    octet_set_add(&prepared->latin_leads, 0xC3);
    for (uint32_t lead = 0xC4; lead <= 0xF4; lead++) {
        uint32_t first, last;
        if (lead < 0xE0) {
            first = (lead & 0x1F) << 6, last = first + 0x3F;
        } else if (lead < 0xF0) {
            first = (lead & 0x0F) << 12, last = first + 0xFFF;
        } else {
            first = (lead & 0x07) << 18, last = first + 0x3FFFF;
        }
        if (census_any(marks, first, last < 0x10FFFF ? last : 0x10FFFF)) {
            octet_set_add(&prepared->leads, lead);
        }
    }
}

static void census_free(census_candidate *candidate)
{
    for (int page = 0; page < UNICODE_PAGES; page++) {
        free(candidate->entries[page]);
    }
}

/* Takes one marked character; 0 when memory is short. */
KERNEL_INLINE int census_take(census_candidate *candidate, census_row *row, uint32_t character, uint8_t mark)
{
    const uint8_t code = code_of(candidate->looked_for.weights, character);
    census_entry **page = &candidate->entries[character >> 8], *entry;
    row->flags |= mark;
    row->excess += code == CODE_OUTSIDE ? 0 : (code & CODE_UNITS) - 1;
    if (mark & MARK_UNCOUNTED) {
        return 1;
    }
    if (!*page) {
        *page = (census_entry *)calloc(256, sizeof **page);
        if (!*page) {
            return 0;
        }
    }
    entry = *page + (character & 0xFF);
    if (entry->last_row != row->row + 1) {
        entry->last_row = row->row + 1;
        entry->rows += 1;
        entry->amount += row->amount;
        row->only = entry;
        row->distinct += 1;
    }
    return 1;
}

#endif
