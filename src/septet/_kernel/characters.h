/* The different characters of a text, and a code for each character of one. */
#ifndef SEPTET_KERNEL_CHARACTERS_H
#define SEPTET_KERNEL_CHARACTERS_H

#include "weights.h"

/* A number for some characters; 0 for all others. A block has 128 numbers, or 128 places of other blocks:
 * of the first two levels, by the highest bits of a character. So each look-up takes the same time,
 * whatever a text holds. */
typedef uint32_t number_block[128];

typedef struct {
    number_block *blocks; /* the first one is where each look-up begins */
    uint32_t count, room;
} character_numbers;

typedef struct {
    uint32_t character;
    uint32_t code;
    int64_t times;
} character_count;

/* The different characters of a text, in the order of the first of each. */
typedef struct {
    character_numbers places; /* one more than the place in `found` */
    character_count *found;
    int64_t count, room;
} character_counts;

static void numbers_free(character_numbers *numbers)
{
    free(numbers->blocks);
}

/* The place of one more block, of zeros; 0 when memory is short, or for the first one, which needs no place. */
static uint32_t block_new(character_numbers *numbers)
{
    if (numbers->count == numbers->room) {
        const uint32_t room = numbers->room ? numbers->room * 2 : 64;
        number_block *blocks = (number_block *)realloc(numbers->blocks, room * sizeof *blocks);
        if (!blocks) {
            return 0;
        }
        numbers->blocks = blocks;
        numbers->room = room;
    }
    memset(numbers->blocks[numbers->count], 0, sizeof *numbers->blocks);
    return numbers->count++;
}

/* Where the number of a character stands, to be written; NULL when memory is short. `numbers` begin as zeros. */
KERNEL_INLINE uint32_t *number_at(character_numbers *numbers, uint32_t character)
{
    uint32_t block = 0;
    if (!numbers->count) {
        block_new(numbers);
        if (!numbers->count) {
            return NULL;
        }
    }
    for (int shift = 14; shift; shift -= 7) {
        const uint32_t place = character >> shift & 127;
        uint32_t next = numbers->blocks[block][place];
        if (!next) {
            next = block_new(numbers);
            if (!next) {
                return NULL;
            }
            numbers->blocks[block][place] = next;
        }
        block = next;
    }
    return &numbers->blocks[block][character & 127];
}

static void counts_free(character_counts *counts)
{
    numbers_free(&counts->places);
    free(counts->found);
}

/* Counts the different characters of a text; -1 when memory is short. `counts` begin as zeros. */
static int count_characters(character_counts *counts, int kind, const void *text, int64_t length)
{
    for (int64_t at = 0; at < length; at++) {
        const uint32_t character = character_at(kind, text, at);
        uint32_t *place = number_at(&counts->places, character);
        if (!place) {
            return -1;
        }
        if (!*place) {
            if (counts->count == counts->room) {
                const int64_t room = counts->room ? counts->room * 2 : 64;
                character_count *found =
                    (character_count *)realloc(counts->found, (size_t)room * sizeof *found);
                if (!found) {
                    return -1;
                }
                counts->found = found;
                counts->room = room;
            }
            counts->found[counts->count].character = character;
            counts->found[counts->count].times = 0;
            *place = (uint32_t)++counts->count;
        }
        counts->found[*place - 1].times += 1;
    }
    return 0;
}

/* Writes the code of each character of a text that was counted. */
static void write_counted(
    const character_counts *counts, int kind, const void *text, int64_t length, uint32_t *codes)
{
    const number_block *blocks = counts->places.blocks;
    for (int64_t at = 0; at < length; at++) {
        const uint32_t character = character_at(kind, text, at);
        const uint32_t block = blocks[blocks[0][character >> 14]][character >> 7 & 127];
        codes[at] = counts->found[blocks[block][character & 127] - 1].code;
    }
}

/* Writes a code for each character of a text: one less than its number, or `unlisted` where it has none. */
static void write_codes(
    const character_numbers *numbers, int kind, const void *text, int64_t length, uint32_t unlisted,
    uint32_t *codes)
{
    for (int64_t at = 0; at < length; at++) {
        const uint32_t character = character_at(kind, text, at);
        const uint32_t within = numbers->count ? numbers->blocks[0][character >> 14] : 0;
        const uint32_t block = within ? numbers->blocks[within][character >> 7 & 127] : 0;
        const uint32_t number = block ? numbers->blocks[block][character & 127] : 0;
        codes[at] = number ? number - 1 : unlisted;
    }
}

/* The end of the characters alike that begin at a place of a text. */
static int64_t end_of_alike(int kind, const void *text, int64_t at, int64_t end)
{
    const uint32_t character = character_at(kind, text, at);
    do {
        at++;
    } while (at < end && character_at(kind, text, at) == character);
    return at;
}

/* What the letters of a text say about groups; only letters of ASCII say anything. */
typedef struct {
    uint8_t head[128], mark[128], lone[128];
    uint8_t second[128]; /* of a pair, by its first letter */
    int64_t most;        /* so many marks are taken at most */
} group_rules;

KERNEL_INLINE int letter_at(int kind, const void *text, int64_t at, int64_t length)
{
    const uint32_t letter = at < length ? character_at(kind, text, at) : 0;
    return letter < 128 ? (int)letter : 0;
}

/* The end of the next group, which begins at or behind a place, and that beginning; 0 where there is none. */
static int64_t next_group(const group_rules *rules, int kind, const void *text, int64_t length, int64_t *at)
{
    for (; *at < length; ++*at) {
        const int letter = letter_at(kind, text, *at, length), next = letter_at(kind, text, *at + 1, length);
        int64_t end = *at + 1, most = rules->most;
        if (rules->second[letter] && rules->second[letter] == next) {
            end++;
            most--;
        } else if (!(rules->head[letter] && rules->mark[next])) {
            if (rules->lone[letter]) {
                return end;
            }
            continue;
        }
        for (; most > 0 && rules->mark[letter_at(kind, text, end, length)]; most--) {
            end++;
        }
        return end;
    }
    return 0;
}

/* Goes through the groups of a text, which are split where parts of the text start. It begins with zeros behind
 * `starts_end`. */
typedef struct {
    const group_rules *rules;
    int kind;
    const void *text;
    int64_t length;
    const int64_t *starts, *starts_end; /* those to come */
    int64_t group, group_end;
    int64_t begin, end; /* of the piece of the group that was found */
    int is_lone;
} group_walk;

/* Finds the next piece of a group; 0 where there is none. A piece of one letter before a part is none; at the
 * start of a part, the rest of a group is a lone piece. */
static int next_piece(group_walk *walk)
{
    int is_last;
    do {
        if (walk->end == walk->group_end) {
            walk->begin = walk->group_end;
            walk->group_end =
                next_group(walk->rules, walk->kind, walk->text, walk->length, &walk->begin);
            if (!walk->group_end) {
                return 0;
            }
            walk->group = walk->begin;
            while (walk->starts < walk->starts_end && *walk->starts <= walk->group) {
                walk->starts++;
            }
        } else {
            walk->begin = walk->end;
        }
        is_last = walk->starts == walk->starts_end || *walk->starts >= walk->group_end;
        walk->end = is_last ? walk->group_end : *walk->starts++;
    } while (!is_last && walk->end - walk->begin == 1);
    walk->is_lone = is_last && (walk->group_end - walk->group == 1 || walk->begin > walk->group);
    return 1;
}

#endif
