/* Stretches of a column: rows that follow each other, looked at together before each is measured. */
#ifndef SEPTET_KERNEL_STRETCH_H
#define SEPTET_KERNEL_STRETCH_H

#include <stddef.h>

#include "measure.h"

/* The octets of a stretch, unless one row has more: what stays in the nearest cache meanwhile. */
#define STRETCH_OCTETS 8192

/* What is near a character is asked of all those at once in rows up to so many octets. */
#define NEAR_AT_ONCE 256

/* Rows up to so many octets are looked at for ASCII as a whole. */
#define SHORT_ROW 192

/* In place of a number of rows. */
#define COLUMN_NO_MEMORY INT64_MIN

/* Rows of a column, from one place to before another: where their octets are. */
typedef struct {
    int64_t first, last;
    int64_t start, end;
    int is_utf8;     /* as a whole, as far as is known */
    int is_searched; /* a row may hold a needle */
} stretch;

/* Of 32 octets of UTF-8, which are what; a character stands where its first octet does. */
typedef struct {
    uint32_t characters;
    uint32_t special, rare, plain, near; /* below U+0100, as in the octet classes asked for */
    uint32_t wide, astral;  /* from U+0100 and from U+10000 on */
} block_marks;

/* Where a row has what is special or wide; a bit for each octet where nothing is asked of it but what is
 * near, in rows that are not longer. */
typedef struct {
    int count;
    int over; /* there is more than there is room for */
    uint32_t any_near, near[NEAR_AT_ONCE / 32];
    int64_t places[64];
} noted_places;

KERNEL_INLINE void note_places(noted_places *noted, int64_t start, uint32_t places)
{
    for (; places && noted->count < 64; places &= places - 1) {
        noted->places[noted->count++] = start + lowest_place(places);
    }
    noted->over |= places != 0;
}

/* The stretch that begins with a row; 0 when an offset of its last one leads out of the data. */
static int stretch_of(stretch *rows, const text_column *column, int64_t first)
{
    rows->first = rows->last = first;
    rows->start = rows->end = column_offset(column, column->first + first);
    do {
        const int64_t end = column_offset(column, column->first + ++rows->last);
        if (rows->end < 0 || end < rows->end || end > column->data_length) {
            return 0;
        }
        rows->end = end;
    } while (rows->last < column->count && rows->end - rows->start < STRETCH_OCTETS);
    return 1;
}

/* Whether a row of a stretch that is UTF-8 as a whole begins and ends with a character. */
KERNEL_INLINE int stretch_is_cut_well(const stretch *rows, const uint8_t *data, int64_t start, int64_t end)
{
    return !(start < rows->end && utf8_continues(data[start])) && !(end < rows->end && utf8_continues(data[end]));
}

#endif
