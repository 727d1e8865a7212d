/* Sets of whole numbers of 64 bits: a table in which each number stands at its place, or else as near behind it
 * as there is room. */
#ifndef SEPTET_KERNEL_NUMBER_SETS_H
#define SEPTET_KERNEL_NUMBER_SETS_H

#include <stdint.h>
#include <stdlib.h>

#if defined(__GNUC__)
#  define KERNEL_PREFETCH(address) __builtin_prefetch(address, 1)
#else
#  define KERNEL_PREFETCH(address) ((void)(address))
#endif

#define NUMBER_SET_FIRST_BITS 10

/* The memory for so many numbers is on its way to the processor while they wait. */
#define NUMBER_SET_AHEAD 32

typedef struct {
    uint64_t *table; /* of two to the power `bits`, at most three quarters of them taken; 0: there is room */
    int bits;
    int has_zero;
    int64_t count;
    uint64_t seed; /* drawn, so that nobody can choose numbers that all have one place */
} number_set;

KERNEL_INLINE uint64_t number_place(const number_set *set, uint64_t number)
{
    number = (number ^ set->seed) * 0x9E3779B97F4A7C15u;
    number = (number ^ number >> 32) * 0xD6E8FEB86659FD93u;
    return number >> (64 - set->bits);
}

/* Whether a number other than 0 is in the set, which has room for it and holds it afterwards. */
KERNEL_INLINE int number_again(number_set *set, uint64_t number, uint64_t place)
{
    const uint64_t last = ((uint64_t)1 << set->bits) - 1;
    while (set->table[place]) {
        if (set->table[place] == number) {
            return 1;
        }
        place = (place + 1) & last;
    }
    set->table[place] = number;
    return 0;
}

/* Makes room for so many more numbers; -1 where there is no memory, and the set is as it was. */
static int number_set_grow(number_set *set, int64_t more)
{
    number_set larger = *set;
    larger.bits = set->bits ? set->bits : NUMBER_SET_FIRST_BITS;
    while (larger.bits < 60 && (set->count + more) / 3 >= (int64_t)1 << (larger.bits - 2)) {
        larger.bits += 1;
    }
    if (larger.bits == set->bits) {
        return 0;
    }
    larger.table = (uint64_t *)calloc((size_t)1 << larger.bits, sizeof(uint64_t));
    if (!larger.table) {
        return -1;
    }
    for (uint64_t place = 0; set->table && place < (uint64_t)1 << set->bits; place++) {
        const uint64_t number = set->table[place];
        if (number) {
            number_again(&larger, number, number_place(&larger, number));
        }
    }
    free(set->table);
    *set = larger;
    return 0;
}

/* Says of each number whether it is in the set or earlier among these; the set holds all of them afterwards. */
static int numbers_again(number_set *set, const void *numbers, int64_t count, uint8_t *again)
{
    if (number_set_grow(set, count) < 0) {
        return -1;
    }
    for (int64_t first = 0; first < count; first += NUMBER_SET_AHEAD) {
        const int64_t behind = count - first < NUMBER_SET_AHEAD ? count : first + NUMBER_SET_AHEAD;
        uint64_t places[NUMBER_SET_AHEAD];
        for (int64_t at = first; at < behind; at++) {
            places[at - first] = number_place(set, (uint64_t)int64_at(numbers, at));
            KERNEL_PREFETCH(&set->table[places[at - first]]);
        }
        for (int64_t at = first; at < behind; at++) {
            const uint64_t number = (uint64_t)int64_at(numbers, at);
            again[at] = (uint8_t)(number ? number_again(set, number, places[at - first]) : set->has_zero);
            set->has_zero |= !number;
            set->count += !again[at];
        }
    }
    return 0;
}

#endif
