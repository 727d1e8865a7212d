/* Numbers that rows spell: digits, perhaps behind a plus, with signs between them that do not count. Plain C,
 * the same on every processor. */
#ifndef SEPTET_KERNEL_DIGITS_H
#define SEPTET_KERNEL_DIGITS_H

#include <stdint.h>
#include <string.h>

/* As many as any number of 64 bits has. */
#define DIGITS_MOST 18

enum { OCTET_OTHER, OCTET_BETWEEN, OCTET_DIGIT };

typedef struct {
    uint8_t kinds[256];
    int64_t most;    /* digits, up to DIGITS_MOST */
    int64_t longest; /* the octets of a row */
} digit_rules;

KERNEL_INLINE void digit_rules_begin(digit_rules *rules, const uint8_t *between, int64_t count)
{
    memset(rules->kinds, OCTET_OTHER, sizeof rules->kinds);
    for (int64_t at = 0; at < count; at++) {
        rules->kinds[between[at]] = OCTET_BETWEEN;
    }
    memset(rules->kinds + '0', OCTET_DIGIT, 10);
}

/* The first octet is the lowest one, on every processor. */
KERNEL_INLINE uint64_t eight_octets(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24
           | (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

KERNEL_INLINE int are_digits(uint64_t octets)
{
    return !(((octets + 0x4646464646464646u) | (octets - 0x3030303030303030u)) & 0x8080808080808080u);
}

/* The number of eight digits, each an octet from 0 to 9: pairs, fours, all. */
KERNEL_INLINE uint64_t number_of_eight(uint64_t digits)
{
    digits = digits * 10 + (digits >> 8);
    digits = (digits & 0x00FF00FF00FF00FFu) * 100 + ((digits >> 16) & 0x00FF00FF00FF00FFu);
    return (digits & 0xFFFFu) * 10000 + ((digits >> 32) & 0xFFFFu);
}

/* The number of 8 to 16 octets; -1 if one of them is no digit. */
KERNEL_INLINE int64_t number_of_some(const uint8_t *octets, int64_t length)
{
    static const int64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    const uint64_t first = eight_octets(octets), last = eight_octets(octets + length - 8);
    const unsigned both = (unsigned)(16 - length) * 8; /* the bits of `last` that are in `first`, too */
    if (!are_digits(first) || !are_digits(last)) {
        return -1;
    }
    return (int64_t)number_of_eight(first - 0x3030303030303030u) * powers[length - 8]
           + (both < 64 ? (int64_t)number_of_eight((last - 0x3030303030303030u) >> both << both) : 0);
}

/* How many digits a row has, and their number; 0 if it has none, too many, or anything else. */
KERNEL_INLINE int64_t digits_of(const digit_rules *rules, const uint8_t *row, int64_t length, int64_t *value)
{
    uint8_t digits[DIGITS_MOST];
    int64_t count = 0;
    *value = 0;
    if (length >= 8 && length <= 16 && length <= rules->most) {
        const int64_t found = number_of_some(row, length);
        if (found >= 0) {
            *value = found;
            return length;
        }
    }
    for (int64_t at = 0; at < length; at++) {
        const uint8_t kind = rules->kinds[row[at]];
        if (kind == OCTET_OTHER || (kind == OCTET_DIGIT && count == rules->most)) {
            return 0;
        }
        if (kind == OCTET_DIGIT) {
            digits[count++] = row[at];
        }
    }
    if (count >= 8 && count <= 16) {
        *value = number_of_some(digits, count);
        return count;
    }
    for (int64_t at = 0; at < count; at++) {
        *value = *value * 10 + (digits[at] - '0');
    }
    return count;
}

/* Writes for each row the number of its digits (int64), how many they are and whether a plus comes first (an
 * octet each): all 0 for a row that holds anything else. 0, or -1 - place when an offset leads out of the data. */
static int64_t read_digits(
    const digit_rules *rules, const text_column *column, void *values, uint8_t *lengths, uint8_t *plus)
{
    int64_t start = column->count ? column_offset(column, column->first) : 0;
    for (int64_t place = 0; place < column->count; place++) {
        const int64_t row = column->first + place, end = column_offset(column, row + 1);
        int64_t value = 0, count = 0;
        int has_plus = 0;
        if (start < 0 || end < start || end > column->data_length) {
            return -1 - place;
        }
        if (end - start <= rules->longest
            && (!column->validity || column->validity[row >> 3] >> (row & 7) & 1)) {
            has_plus = start < end && column->data[start] == '+';
            count = digits_of(rules, column->data + start + has_plus, end - start - has_plus, &value);
        }
        memcpy((char *)values + place * 8, &value, 8);
        lengths[place] = (uint8_t)count;
        plus[place] = (uint8_t)(has_plus && count);
        start = end;
    }
    return 0;
}

#endif
