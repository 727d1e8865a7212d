/* Which pairs of octets the rows of a column hold: what is asked for. */
#ifndef SEPTET_KERNEL_PAIRS_H
#define SEPTET_KERNEL_PAIRS_H

#include "stretch.h"

/* So many pairs at most: the bits behind theirs are for the ends of a row. */
#define PAIRS_MOST 14
#define PAIRS_OPENING 0x4000
#define PAIRS_CLOSING 0x8000

/* No word has an octet up to this one. */
#define PAIRS_BLANK 0x20

/* The first octets of some pairs, and the second ones. */
typedef struct {
    octet_set first, second;
} pair_sieve;

typedef struct {
    uint16_t first[256], second[256]; /* of each octet, the pairs that it is such a one of */
    uint16_t leading, led;            /* pairs behind which, in one word, others have to stand */
    pair_sieve beyond;                /* of pairs beyond ASCII */
    pair_sieve others;
    octet_set parted;                 /* the first octets of others behind which a blank may stand */
    int any_blank;                    /* there are pairs of blanks */
    octet_set opening, closing;
} pair_rules;

/* Sorts one pair in, whose octets are listed. A place where no sieve holds both octets has none. */
static void pairs_add(
    pair_rules *rules, int place, const uint8_t *first, int64_t firsts, const uint8_t *second, int64_t seconds)
{
    int blank = 1, beyond = 1;
    for (int64_t at = 0; at < firsts + seconds; at++) {
        const uint8_t octet = at < firsts ? first[at] : second[at - firsts];
        blank &= octet <= PAIRS_BLANK;
        beyond &= octet >= 0x80;
    }
    rules->any_blank |= blank;
    for (int64_t at = 0; at < firsts; at++) {
        rules->first[first[at]] |= (uint16_t)(1u << place);
        if (!blank) {
            octet_set_add(beyond ? &rules->beyond.first : &rules->others.first, first[at]);
        }
    }
    for (int64_t at = 0; at < seconds; at++) {
        rules->second[second[at]] |= (uint16_t)(1u << place);
        if (second[at] <= PAIRS_BLANK) { /* blanks are often behind others that are first of other pairs */
            for (int64_t one = 0; !blank && one < firsts; one++) {
                octet_set_add(&rules->parted, first[one]);
            }
        } else {
            octet_set_add(beyond ? &rules->beyond.second : &rules->others.second, second[at]);
        }
    }
}

#endif
