/* UTF-8, as strictly as the standard has it: no overlong form, no surrogate, nothing above U+10FFFF. */
#ifndef SEPTET_KERNEL_UTF8_H
#define SEPTET_KERNEL_UTF8_H

#include "_kernel_weights.h"

/* Decodes one sequence that is not ASCII; its length, or 0. */
KERNEL_INLINE unsigned utf8_decode(const uint8_t *octets, int64_t left, uint32_t *character)
{
    uint32_t lead = octets[0];
#define CONTINUES(place) ((octets[place] & 0xC0) == 0x80)
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

/* What the octets of UTF-8 before a block ask of those in it. */
typedef struct {
    uint32_t expected;       /* the places that must continue a character */
    uint32_t e0, ed, f0, f4; /* whether the last octet was this lead, which bounds the next one */
} utf8_state;

/* Checks a block of `count` octets. `bits` holds, for each bit of an octet, the places where it is
 * set; only octets that are not ASCII are in it. */
KERNEL_INLINE int utf8_check(utf8_state *state, const uint32_t bits[8], unsigned count)
{
    const uint32_t lead = bits[6], three = lead & bits[5], four = three & bits[4];
    const uint64_t expected =
        (uint64_t)lead << 1 | (uint64_t)three << 2 | (uint64_t)four << 3 | state->expected;
    uint32_t wrong = (bits[7] & ~lead) ^ ((uint32_t)expected & low_bits(count));
    wrong |= lead & ~(bits[5] | bits[4] | bits[3] | bits[2] | bits[1]);   /* C0 and C1 */
    wrong |= four & (bits[3] | (bits[2] & (bits[1] | bits[0])));          /* F5 and above */
    state->expected = (uint32_t)(expected >> count);
    if (three | state->e0 | state->ed | state->f0 | state->f4) {
        const uint32_t e0 = three & ~(bits[4] | bits[3] | bits[2] | bits[1] | bits[0]);
        const uint32_t ed = three & ~bits[4] & bits[3] & bits[2] & ~bits[1] & bits[0];
        const uint32_t f0 = four & ~(bits[3] | bits[2] | bits[1] | bits[0]);
        const uint32_t f4 = four & ~bits[3] & bits[2] & ~(bits[1] | bits[0]);
        wrong |= (e0 << 1 | state->e0) & ~bits[5];             /* overlong below A0 */
        wrong |= (ed << 1 | state->ed) & bits[5];              /* surrogates from A0 */
        wrong |= (f0 << 1 | state->f0) & ~(bits[5] | bits[4]); /* overlong below 90 */
        wrong |= (f4 << 1 | state->f4) & (bits[5] | bits[4]);  /* above U+10FFFF from 90 */
        state->e0 = e0 >> 31;
        state->ed = ed >> 31;
        state->f0 = f0 >> 31;
        state->f4 = f4 >> 31;
    }
    return !wrong;
}

#endif
