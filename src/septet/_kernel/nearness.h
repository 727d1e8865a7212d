/* What is near a character of a row: octets and words around it, words being parted by blanks. */
#ifndef SEPTET_KERNEL_NEARNESS_H
#define SEPTET_KERNEL_NEARNESS_H

#include "stretch.h"

/* So far from a character its surroundings are looked at; what is longer is near. */
#define NEAR_MOST 64

/* No word has an octet up to this one. */
#define WORDS_BLANK 0x20

/* What is near a character: an octet before it in its word, or behind it, or behind it but not at the end; at
 * the end of the word before, if a stem stands not far before that; or anywhere in the word before if a single
 * octet stands before it in its own. */
typedef struct {
    octet_set before, behind, inner, ending, single, held;
    octet_set beside; /* the first three */
    int continues; /* what is asked for behind a character may be in one of several octets */
    octet_set stem_first, stem_second; /* what stems begin with, and what is behind that; capitals too */
    uint8_t stem_pairs[256]; /* by a hash of its first two octets, whether a stem begins so */
    const uint8_t *stems; /* sorted, one behind the other, each with its length before it, and 0 at the end */
    uint16_t stem_at[256]; /* of each octet, where the stems begin that begin with it */
} near_rules;

/* What goes on from one block of a row to the next, as its first bit. */
typedef struct {
    uint64_t word, beside, led, some, behind, inner, end, blank, next, announced, single;
} near_walk;

/* Where the word begins that ends before a place; before it by more than NEAR_MOST where it is longer. */
KERNEL_INLINE int64_t word_before(const uint8_t *text, int64_t end)
{
    int64_t start = end;
    while (start > 0 && text[start - 1] > WORDS_BLANK && end - start <= NEAR_MOST) {
        start--;
    }
    return start;
}

/* Where the blanks begin that end before a place. */
KERNEL_INLINE int64_t blanks_before(const uint8_t *text, int64_t end)
{
    int64_t start = end;
    while (start > 0 && text[start - 1] <= WORDS_BLANK && end - start <= NEAR_MOST) {
        start--;
    }
    return start;
}

/* Whether one of some octets is in a part of a text, or that is too long to be looked at. */
KERNEL_INLINE int is_held(const octet_set *set, const uint8_t *text, int64_t start, int64_t end)
{
    if (end - start > NEAR_MOST) {
        return 1;
    }
    for (; start < end; start++) {
        if (set->holds[text[start]]) {
            return 1;
        }
    }
    return 0;
}

/* So many words before a character a stem may be. */
#define NEAR_WORDS 6

KERNEL_INLINE uint8_t stem_hash(uint8_t first, uint8_t second)
{
    return (uint8_t)(first * 31 + second);
}

KERNEL_INLINE uint8_t lower(uint8_t octet)
{
    return octet >= 'A' && octet <= 'Z' ? (uint8_t)(octet | 0x20) : octet;
}

/* Whether a stem stands at a place, all of it before another one. */
KERNEL_INLINE int stem_stands(const near_rules *near, const uint8_t *text, int64_t place, int64_t end)
{
    const uint8_t first = lower(text[place]), second = place + 1 < end ? lower(text[place + 1]) : 0;
    const uint8_t *stem;
    if (!near->stem_pairs[stem_hash(first, second)]) {
        return 0;
    }
    stem = near->stems + near->stem_at[first];
    for (; *stem && stem[1] == first; stem += *stem + 1) {
        int64_t same = 1;
        while (same < *stem && place + same < end && lower(text[place + same]) == stem[1 + same]) {
            same++;
        }
        if (same == *stem) {
            return 1;
        }
    }
    return 0;
}

/* Whether a stem is in one of the last words before a place, or one of these is too long to be looked at. */
KERNEL_APART static int is_announced(const near_rules *near, const uint8_t *text, int64_t end)
{
    int64_t start = end;
    for (int word = 0; word < NEAR_WORDS && start > 0; word++) {
        const int64_t behind = start;
        start = word_before(text, start);
        if (behind - start > NEAR_MOST) {
            return 1;
        }
        if (start > 0) {
            const int64_t blank = start;
            start = blanks_before(text, start);
            if (blank - start > NEAR_MOST) {
                return 1;
            }
        }
    }
    for (; start < end; start++) {
        if (stem_stands(near, text, start, end)) {
            return 1;
        }
    }
    return 0;
}

/* Whether blanks alone part a character's word from an octet that is held: in the word before, in the one
 * before that if there are at most two octets between, or at the beginning of the word behind. */
KERNEL_APART static int is_parted(const near_rules *near, const uint8_t *text, int64_t length, int64_t place)
{
    int64_t end = blanks_before(text, word_before(text, place)), start = word_before(text, end);
    if (is_held(&near->held, text, start, end)) {
        return 1;
    }
    if (end - start <= 2) {
        end = blanks_before(text, start);
        if (is_held(&near->held, text, word_before(text, end), end)) {
            return 1;
        }
    }
    end = place;
    while (end < length && text[end] > WORDS_BLANK && end - place <= NEAR_MOST) {
        end++;
    }
    start = end;
    while (start < length && text[start] <= WORDS_BLANK && start - end <= NEAR_MOST) {
        start++;
    }
    return end - place > NEAR_MOST || start - end > NEAR_MOST
           || (start < length && near->held.holds[text[start]]);
}

/* Whether a character of a text is near what is asked for, stems left aside: these are to be looked for before
 * `announced`, where that is not 0. */
KERNEL_APART static int is_beside(
    const near_rules *near, const uint8_t *text, int64_t length, int64_t place, int64_t *announced)
{
    int64_t start = word_before(text, place), end = place + 1;
    if (is_held(&near->before, text, start, place)) {
        return 1;
    }
    while (end < length && (text[end] & 0xC0) == 0x80) {
        end++;
    }
    for (; end < length && text[end] > WORDS_BLANK; end++) {
        if (end - place > NEAR_MOST || near->behind.holds[text[end]]
            || (near->inner.holds[text[end]] && end + 1 < length && text[end + 1] > WORDS_BLANK)) {
            return 1;
        }
    }
    end = blanks_before(text, start);
    if (start - end > NEAR_MOST) {
        return 1;
    }
    *announced = end > 0 && near->ending.holds[text[end - 1]] ? end : 0;
    return place - start == 1 && near->single.holds[text[start]]
           && is_held(&near->held, text, word_before(text, end), end);
}

#endif
