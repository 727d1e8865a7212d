/* Quoted cells in delimited text: plain C, the same on every processor. */
#ifndef SEPTET_KERNEL_QUOTES_H
#define SEPTET_KERNEL_QUOTES_H

#include <stdint.h>
#include <string.h>

KERNEL_INLINE int ends_cell(uint8_t octet, uint8_t delimiter)
{
    return octet == delimiter || octet == '\r' || octet == '\n';
}

/* Whether text follows at once on a quoted cell of several lines. Rows begin where the octets do. */
static int quotes_are_torn(const uint8_t *octets, int64_t length, uint8_t delimiter)
{
    const uint8_t *place = octets, *const end = octets + length;
    while (place < end) {
        const uint8_t *opening = (const uint8_t *)memchr(place, '"', (size_t)(end - place));
        if (!opening) {
            return 0;
        }
        place = opening + 1;
        if (opening > octets && !ends_cell(opening[-1], delimiter)) {
            continue; /* it stands within a cell */
        }
        for (;;) {
            place = (const uint8_t *)memchr(place, '"', (size_t)(end - place));
            if (!place) {
                return 0; /* it is never closed, which shows otherwise */
            }
            place += 1;
            if (place == end || *place != '"') {
                break;
            }
            place += 1; /* two quotes are one */
        }
        if (place < end && !ends_cell(*place, delimiter)
            && (memchr(opening, '\n', (size_t)(place - opening))
                || memchr(opening, '\r', (size_t)(place - opening)))) {
            return 1;
        }
    }
    return 0;
}

#endif
