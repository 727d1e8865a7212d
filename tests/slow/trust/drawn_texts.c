/* Draws texts in UTF-8 that sit on the edges of segments: the same ones for the same seed, on any machine. */
#include <stdint.h>
#include <string.h>

#include "standard_alphabets.h"

static uint64_t state;

/* splitmix64, Sebastiano Vigna, public domain: https://prng.di.unimi.it/splitmix64.c */
static uint64_t next(void) {
    uint64_t z = (state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

static uint32_t below(uint32_t number) { return (uint32_t)(((next() >> 32) * number) >> 32); }

static uint8_t *write_character(uint8_t *at, uint32_t character) {
    if (character < 0x80) {
        *at++ = (uint8_t)character;
    } else if (character < 0x800) {
        *at++ = (uint8_t)(0xC0 | character >> 6);
        *at++ = (uint8_t)(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        *at++ = (uint8_t)(0xE0 | character >> 12);
        *at++ = (uint8_t)(0x80 | (character >> 6 & 0x3F));
        *at++ = (uint8_t)(0x80 | (character & 0x3F));
    } else {
        *at++ = (uint8_t)(0xF0 | character >> 18);
        *at++ = (uint8_t)(0x80 | (character >> 12 & 0x3F));
        *at++ = (uint8_t)(0x80 | (character >> 6 & 0x3F));
        *at++ = (uint8_t)(0x80 | (character & 0x3F));
    }
    return at;
}

/* What looks like the alphabet and is not in it, and what is in it and looks foreign. */
static const uint32_t ALIKE[] = {
    0xE7,   0xC7,   0x60,   0xB4,   0x2019, 0x201C, 0x2013, 0x2026, 0xA0,   0x202F, 0x09,   0x0B,    0x1B,   0x00,  0x7F,
    0xEA,   0xFB,   0x153,  0xB0,   0xAB,   0xBB,   0x391,  0x392,  0x394,  0x3A9,  0x2126, 0x3BC,   0xB5,   0x131, 0x130,
    0x15F,  0x11F,  0xC1,   0xCD,   0xFF,   0x100,  0x20AB, 0x20AD, 0xFF21, 0xFEFF, 0x200B, 0x200D,  0xFE0F, 0x301, 0x2028,
    0xE000, 0xFFFD, 0xFFFF, 0xD7FF, 0x800,  0x7FF,  0x80,   0x212B, 0x41,   0x43F,  0x5B57, 0x10000, 0x1F600,
};

static const uint32_t WIDE[] = {0x43F, 0x44F, 0x5B57, 0x639, 0x928, 0xE01, 0xD55C, 0x20, 0x61, 0x39A};
static const uint32_t ASTRAL[] = {0x1F600, 0x1F468, 0x200D, 0x1F3FD, 0xFE0F, 0x1F1EB, 0x10FFFF, 0x10000, 0x61, 0x20AC};
static const uint32_t TWICE[] = {0x0C, 0x5E, 0x7B, 0x7D, 0x5C, 0x5B, 0x7E, 0x5D, 0x7C, 0x20AC};

#define ANY(from) ((from)[below(sizeof(from) / sizeof *(from))])

static uint32_t of_default_alphabet(void) {
    uint32_t code = below(127);
    return LOCKING[0][code + (code >= 0x1B)]; /* not the escape */
}

static uint32_t any_scalar(void) {
    uint32_t number = below(0x110000 - 0x800);
    return number < 0xD800 ? number : number + 0x800;
}

/* The kinds that are no national language; behind them come those, in the order of their identifiers. */
#define KINDS 14

static uint32_t of_language(uint32_t language) {
    if (below(6) == 0) return SINGLE[language][below(128)];
    return language == 2 ? of_default_alphabet() : LOCKING[language][below(128)];
}

/* A character of one kind of writing. */
static uint32_t of_kind(uint32_t kind) {
    switch (kind) {
        case 0: return 0x20 + below(0x5F);
        case 1: return of_default_alphabet();
        case 2: return below(8) ? of_default_alphabet() : ANY(TWICE);
        case 3: return below(2) ? 'a' : ANY(TWICE);
        case 4: return ANY(TWICE);
        case 5: return below(3) ? ANY(WIDE) : of_default_alphabet();
        case 6: return ANY(ASTRAL);
        case 7: return below(40) ? of_default_alphabet() : ANY(ALIKE);
        case 8: return ANY(ALIKE);
        case 9: return any_scalar();
        case 10: return below(3) ? 'a' : below(2) ? '\r' : '\n';
        case 11: return 'e';
        case 12: return 0x1F600;
        case 13: return 0x44F;
        default: return of_language(kind - KINDS + 1);
    }
}

/* Any kind; or a language, by its identifier. */
static uint32_t any_kind(void) {
    uint32_t kind = below(KINDS + 1);
    return kind < KINDS ? kind : KINDS + below(LANGUAGES - 1);
}

/* The room of one segment and of each of several: in septets, then in 16-bit units. */
typedef struct {
    int32_t whole[2], part[2];
} Rooms;

/* Whether a text of this kind is likely to travel in UCS-2. */
static int is_wide(uint32_t kind) {
    return kind == 5 || kind == 6 || kind == 7 || kind == 8 || kind == 9 || kind == 12 || kind == 13;
}

static int32_t rough_units(uint32_t character, int wide) {
    if (wide) return character > 0xFFFF ? 2 : 1;
    for (uint32_t place = 0; place < sizeof TWICE / sizeof *TWICE; place++)
        if (TWICE[place] == character) return 2;
    return 1;
}

static int32_t near_an_edge(const Rooms *rooms, int wide) {
    int32_t segments = below(4000) == 0 ? 250 + below(8) : 1 + below(5);
    int32_t units = segments == 1 ? rooms->whole[wide] : segments * rooms->part[wide];
    return units + (int32_t)below(11) - 8;
}

/* Writes `count` texts, one behind the other, and where each begins; how many there was room for. Where a language
 * is given (its identifier, 0 for none), most of the characters are of its tables. */
int64_t draw_texts(uint64_t seed, int64_t count, int language, const Rooms *rooms, uint8_t *data, int64_t capacity,
                   int32_t *offsets) {
    state = seed;
    uint8_t *at = data;
    offsets[0] = 0;
    for (int64_t number = 0; number < count; number++) {
        uint32_t kind = language ? KINDS - 1 + (uint32_t)language : any_kind(), other = below(2) ? kind : any_kind();
        int wide = is_wide(kind) || is_wide(other);
        int32_t target = below(5) < 3 ? near_an_edge(rooms, wide) : (int32_t)(below(4) ? below(200) : below(12));
        if (data + capacity - at < ((int64_t)target + 32) * 4) return number;
        /* One character of a text of one kind may be of another; often where a segment ends. */
        int32_t place = 0;
        if (target > 0) place = (int32_t)(below(2) ? below(target) : target - 1 - below(target < 12 ? target : 12));
        for (int32_t used = 0; used < target;) {
            uint32_t character = of_kind(kind);
            if (used >= place) {
                character = of_kind(other);
                place = INT32_MAX;
            }
            if (character == NONE) character = ' ';
            at = write_character(at, character);
            used += rough_units(character, wide);
        }
        /* A tail that decides: what costs two where one is left. */
        for (uint32_t more = below(4); more; more--) at = write_character(at, below(2) ? ANY(TWICE) : 'a');
        offsets[number + 1] = (int32_t)(at - data);
    }
    return count;
}
