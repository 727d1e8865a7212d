/* Columns of views, as Arrow has them: 16 octets say of each row where its text is. */
#ifndef SEPTET_KERNEL_VIEWS_H
#define SEPTET_KERNEL_VIEWS_H

#include "measure.h"

#define VIEW_OCTETS 16
/* A text of so many octets stands in its view. */
#define VIEW_HOLDS 12

typedef struct {
    const uint8_t *views;
    const uint8_t **data; /* where the texts are that are longer */
    const int64_t *sizes;
    int64_t data_count;
} text_views;

/* A text, and how far the octets behind it may be read. */
typedef struct {
    const uint8_t *text;
    int64_t length;
    const uint8_t *readable;
} viewed;

/* The text of a row; 0 where its view leads out of the data. */
KERNEL_INLINE int view_at(const text_views *column, int64_t row, viewed *found)
{
    const uint8_t *view = column->views + row * VIEW_OCTETS;
    int32_t length, number, start;
    memcpy(&length, view, 4);
    if (length < 0) {
        return 0;
    }
    found->length = length;
    if (length <= VIEW_HOLDS) {
        found->text = view + 4;
        found->readable = view + VIEW_OCTETS;
        return 1;
    }
    memcpy(&number, view + 8, 4);
    memcpy(&start, view + 12, 4);
    if (number < 0 || number >= column->data_count || start < 0 || start > column->sizes[number] - length) {
        return 0;
    }
    found->text = column->data[number] + start;
    found->readable = column->data[number] + column->sizes[number];
    return 1;
}

#endif
