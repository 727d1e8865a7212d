/* UTF-8, as strictly as the standard has it: no overlong form, no surrogate, nothing above U+10FFFF. */
#ifndef SEPTET_KERNEL_UTF8_H
#define SEPTET_KERNEL_UTF8_H

#include "weights.h"

KERNEL_INLINE int utf8_continues(uint8_t octet)
{
    return (octet & 0xC0) == 0x80;
}

/* Decodes one sequence that is not ASCII; its length, or 0. */
KERNEL_INLINE unsigned utf8_decode(const uint8_t *octets, int64_t left, uint32_t *character)
{
    uint32_t lead = octets[0];
#define CONTINUES(place) utf8_continues(octets[place])
#define SIX_BITS(place) ((uint32_t)octets[place] & 0x3F)
    if (lead < 0xE0) {
        if (lead < 0xC2 || left < 2 || !CONTINUES(1)) {
            return 0;
        }
        *character = (lead & 0x1F) << 6 | SIX_BITS(1);
        return 2;
    }
    if (lead < 0xF0) {
        if (left < 3 || !CONTINUES(1) || !CONTINUES(2)) {
            return 0;
        }
        *character = (lead & 0x0F) << 12 | SIX_BITS(1) << 6 | SIX_BITS(2);
        return *character < 0x800 || (*character & 0xF800) == 0xD800 ? 0 : 3;
    }
    if (lead > 0xF4 || left < 4 || !CONTINUES(1) || !CONTINUES(2) || !CONTINUES(3)) {
        return 0;
    }
    *character = (lead & 0x07) << 18 | SIX_BITS(1) << 12 | SIX_BITS(2) << 6 | SIX_BITS(3);
    return *character < 0x10000 || *character > 0x10FFFF ? 0 : 4;
#undef CONTINUES
#undef SIX_BITS
}

/* What can be wrong with two octets that follow each other. By the high half of the first, its low
 * half, and the high half of the second, the tables below say what is possible; what all three say
 * is so. That an octet continues a second or third time is wrong unless the one two or three
 * places before it asks for that. After J. Keiser, D. Lemire, « Validating UTF-8 In Less Than One
 * Instruction Per Byte », 2021. */
#define UTF8_TOO_SHORT 0x01  /* a lead, then no continuation */
#define UTF8_TOO_LONG 0x02   /* ASCII, then a continuation */
#define UTF8_OVERLONG_3 0x04 /* E0, then below A0 */
#define UTF8_TOO_LARGE 0x08  /* F4, then from 90; or F5 and above */
#define UTF8_SURROGATE 0x10  /* ED, then from A0 */
#define UTF8_OVERLONG_2 0x20 /* C0 or C1 */
#define UTF8_OVERLONG_4 0x40 /* F0, then below 90; or F5 and above, then below 90 */
#define UTF8_TWO_MORE 0x80   /* two continuations */
#define UTF8_ANY_LOW (UTF8_TOO_SHORT | UTF8_TOO_LONG | UTF8_TWO_MORE)
#define UTF8_FROM_F5 (UTF8_ANY_LOW | UTF8_TOO_LARGE | UTF8_OVERLONG_4)
#define UTF8_CONTINUES (UTF8_TOO_LONG | UTF8_OVERLONG_2 | UTF8_TWO_MORE)

static const uint8_t UTF8_AFTER_HIGH[16] = {
    UTF8_TOO_LONG, UTF8_TOO_LONG, UTF8_TOO_LONG, UTF8_TOO_LONG,
    UTF8_TOO_LONG, UTF8_TOO_LONG, UTF8_TOO_LONG, UTF8_TOO_LONG,
    UTF8_TWO_MORE, UTF8_TWO_MORE, UTF8_TWO_MORE, UTF8_TWO_MORE,
    UTF8_TOO_SHORT | UTF8_OVERLONG_2,
    UTF8_TOO_SHORT,
    UTF8_TOO_SHORT | UTF8_OVERLONG_3 | UTF8_SURROGATE,
    UTF8_TOO_SHORT | UTF8_TOO_LARGE | UTF8_OVERLONG_4,
};
static const uint8_t UTF8_AFTER_LOW[16] = {
    UTF8_ANY_LOW | UTF8_OVERLONG_2 | UTF8_OVERLONG_3 | UTF8_OVERLONG_4,
    UTF8_ANY_LOW | UTF8_OVERLONG_2,
    UTF8_ANY_LOW, UTF8_ANY_LOW,
    UTF8_ANY_LOW | UTF8_TOO_LARGE,
    UTF8_FROM_F5, UTF8_FROM_F5, UTF8_FROM_F5, UTF8_FROM_F5,
    UTF8_FROM_F5, UTF8_FROM_F5, UTF8_FROM_F5, UTF8_FROM_F5,
    UTF8_FROM_F5 | UTF8_SURROGATE,
    UTF8_FROM_F5, UTF8_FROM_F5,
};
static const uint8_t UTF8_BY_HIGH[16] = {
    UTF8_TOO_SHORT, UTF8_TOO_SHORT, UTF8_TOO_SHORT, UTF8_TOO_SHORT,
    UTF8_TOO_SHORT, UTF8_TOO_SHORT, UTF8_TOO_SHORT, UTF8_TOO_SHORT,
    UTF8_CONTINUES | UTF8_OVERLONG_3 | UTF8_OVERLONG_4,
    UTF8_CONTINUES | UTF8_OVERLONG_3 | UTF8_TOO_LARGE,
    UTF8_CONTINUES | UTF8_SURROGATE | UTF8_TOO_LARGE,
    UTF8_CONTINUES | UTF8_SURROGATE | UTF8_TOO_LARGE,
    UTF8_TOO_SHORT, UTF8_TOO_SHORT, UTF8_TOO_SHORT, UTF8_TOO_SHORT,
};

#endif
