/* Which pairs of octets the rows of a column hold: what is asked for. */
#ifndef SEPTET_KERNEL_PAIRS_H
#define SEPTET_KERNEL_PAIRS_H

#include "stretch.h"

/* So many pairs at most: the bits behind theirs are for the ends of a row. */
#define PAIRS_MOST 14
#define PAIRS_OPENING 0x4000
#define PAIRS_CLOSING 0x8000

/* So many leading pairs at most. */
#define LEADING_MOST 8

/* No word has an octet up to this one. */
#define PAIRS_BLANK 0x20

/* So many characters at most that a row may begin and end with. */
#define ENDS_MOST 32

typedef struct {
    uint16_t first[256], second[256]; /* of each octet, the pairs that it is such a one of */
    uint8_t leading_first[256], leading_second[256]; /* the same of the leading pairs */
    uint16_t led;      /* the pairs that count only behind a leading one, in its word */
    octet_set keys;    /* one octet of each pair, the rarer one, but of pairs of blanks and those in `behind` */
    octet_set behind;  /* the second ones of pairs whose first ones are all from 0x80 on: rarer still */
    octet_set leading; /* the first ones of leading pairs */
    int any_blank;     /* there are pairs of blanks */
    int any_wide;      /* a key from 0x80 on is not only of pairs that count behind a leading one */
    int any;           /* there are pairs */
    int end_count;
    uint32_t ends[ENDS_MOST];   /* the characters that a row may begin and end with: the octets of each */
    octet_set opening, closing; /* their first octets, and their last ones */
} pair_rules;

/* Sorts one pair in, whose octets are listed. Where one place has fewer octets, these are looked for. */
static void pairs_add(
    pair_rules *rules, int place, const uint8_t *first, int64_t firsts, const uint8_t *second, int64_t seconds)
{
    const int by_first = firsts < seconds, is_led = rules->led >> place & 1;
    const uint8_t *keys = by_first ? first : second;
    int blank = 1, wide = !by_first && !is_led;
    for (int64_t at = 0; at < firsts; at++) {
        blank &= first[at] <= PAIRS_BLANK;
        wide &= first[at] >= 0x80;
        rules->first[first[at]] |= (uint16_t)(1u << place);
    }
    for (int64_t at = 0; at < seconds; at++) {
        blank &= second[at] <= PAIRS_BLANK;
        rules->second[second[at]] |= (uint16_t)(1u << place);
    }
    rules->any = 1;
    rules->any_blank |= blank;
    for (int64_t at = 0; !blank && at < (by_first ? firsts : seconds); at++) {
        octet_set_add(wide ? &rules->behind : &rules->keys, keys[at]);
        rules->any_wide |= !wide && !is_led && keys[at] >= 0x80;
    }
}

/* The same for a leading pair. */
static void pairs_add_leading(
    pair_rules *rules, int place, const uint8_t *first, int64_t firsts, const uint8_t *second, int64_t seconds)
{
    for (int64_t at = 0; at < firsts; at++) {
        rules->leading_first[first[at]] |= (uint8_t)(1u << place);
        octet_set_add(&rules->leading, first[at]);
    }
    for (int64_t at = 0; at < seconds; at++) {
        rules->leading_second[second[at]] |= (uint8_t)(1u << place);
    }
}

/* The octets of a character of the BMP, as a number. */
KERNEL_INLINE uint32_t octets_number(const uint8_t *octets, int64_t length)
{
    uint32_t number = 0;
    for (int64_t at = 0; at < length; at++) {
        number = number << 8 | octets[at];
    }
    return number;
}

/* Adds a character that a row may begin and end with. */
static void pairs_add_end(pair_rules *rules, const uint8_t *octets, int64_t length)
{
    rules->ends[rules->end_count++] = octets_number(octets, length);
    octet_set_add(&rules->opening, octets[0]);
    octet_set_add(&rules->closing, octets[length - 1]);
}

static int is_end(const pair_rules *rules, const uint8_t *octets, int64_t length)
{
    const uint32_t number = octets_number(octets, length);
    int found = 0;
    for (int place = 0; place < rules->end_count; place++) {
        found |= rules->ends[place] == number;
    }
    return found;
}

/* The marks of a row with octets for the characters that it begins and ends with. */
KERNEL_INLINE uint16_t marks_of_ends(const pair_rules *rules, const uint8_t *row, int64_t length)
{
    const uint8_t first = row[0], last = row[length - 1];
    const int opens = rules->opening.holds[first], closes = rules->closing.holds[last];
    uint16_t found = (uint16_t)(opens * PAIRS_OPENING | closes * PAIRS_CLOSING);
    if (opens & (first >= 0x80)) {
        const int64_t octets = first < 0xE0 ? 2 : 3;
        if (octets > length || !is_end(rules, row, octets)) {
            found &= (uint16_t)~PAIRS_OPENING;
        }
    }
    if (closes & (last >= 0x80)) {
        int64_t octets = 1;
        while (octets < 3 && octets < length && utf8_continues(row[length - octets])) {
            octets++;
        }
        if (!is_end(rules, row + length - octets, octets)) {
            found &= (uint16_t)~PAIRS_CLOSING;
        }
    }
    return found;
}

/* How far a column was looked at for leading pairs, and whether the last octet has one before it in its word. */
typedef struct {
    int64_t place;
    int is_led;
} led_walk;

/* Whether an octet, of a row that starts somewhere, stands behind a leading pair in its word, or is the last
 * one of it. Places are asked in their order, so that no octet is looked at twice. */
KERNEL_APART static int is_led(led_walk *walk, const pair_rules *rules, const uint8_t *data, int64_t start, int64_t at)
{
    int64_t place = at;
    int led = 0;
    while (!led) {
        if (place == walk->place) {
            led = walk->is_led;
            break;
        }
        if (place <= start || data[place] <= PAIRS_BLANK) {
            break;
        }
        led = (rules->leading_first[data[place - 1]] & rules->leading_second[data[place]]) != 0;
        place--;
    }
    walk->place = at;
    walk->is_led = led;
    return led;
}

#endif
