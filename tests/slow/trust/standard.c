/* The second oracle: what TS 23.038 and TS 23.040 make of a text, in another language than the library's.
 *
 * It shares nothing with the library and nothing with tests/oracle: the alphabets are written out anew in
 * standard_alphabets.h, room and cuts are worked out here from 140 octets, one character after the other.
 * Knows the standard alone: no vendor, no replacement, no mention.
 */
#include <stdlib.h>
#include <string.h>

#include "standard_alphabets.h"

enum { GSM7 = 0, UCS2 = 1 };
enum { ASK_AUTO = 0, ASK_GSM7 = 1, ASK_UCS2 = 2 };

#define USER_DATA_OCTETS 140 /* TS 23.040, 9.2.3.24 */

/* What one text comes to. `ends` are places in code points. */
typedef struct {
    int encoding, locking, single;
    int64_t units, segments, free_letters;
} Verdict;

/* Septets of each character up to U+FFFF with a pair of tables, 0 where they do not have it. */
static uint8_t *costs_of[LANGUAGES][LANGUAGES];

static int has_locking_table(int language) { return language != 2; } /* Spanish, annex A.3.2, has none. */

static const uint8_t *costs(int locking, int single) {
    if (costs_of[locking][single] == NULL) {
        uint8_t *found = calloc(0x10000, 1);
        /* An escape and a code of the single shift table; the basic table is asked first where both have it. */
        for (int code = 0; code < 128; code++)
            if (SINGLE[single][code] != NONE) found[SINGLE[single][code]] = 2;
        for (int code = 0; code < 128; code++)
            if (LOCKING[locking][code] != NONE) found[LOCKING[locking][code]] = 1;
        costs_of[locking][single] = found;
    }
    return costs_of[locking][single];
}

/* The next code point of well-formed UTF-8 (RFC 3629, section 3). */
static uint32_t next_character(const uint8_t **place) {
    const uint8_t *at = *place;
    uint32_t first = at[0];
    if (first < 0x80) {
        *place = at + 1;
        return first;
    }
    int more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    uint32_t character = first & (0x3F >> more);
    for (int number = 1; number <= more; number++) character = character << 6 | (at[number] & 0x3F);
    *place = at + 1 + more;
    return character;
}

/* The units of a character, 0 where GSM-7 with these tables does not have it. */
static int units_of(uint32_t character, int encoding, const uint8_t *septets) {
    if (encoding == UCS2) return character > 0xFFFF ? 2 : 1;
    return character > 0xFFFF ? 0 : septets[character];
}

/* The units that fit beside a header: its own length, what joins the segments, what else is in it. */
static int64_t room(int encoding, int joined, int elements) {
    int octets = (joined ? 5 : 0) + elements; /* TS 23.040, 9.2.3.24.1 */
    if (octets > 0) octets += 1;              /* the length of the header */
    int bits = (USER_DATA_OCTETS - octets) * 8;
    return encoding == GSM7 ? bits / 7 : bits / 16;
}

/* Where each segment ends. No character is cut: neither an escape and its code nor a surrogate pair. What GSM-7
 * does not have is one septet, a question mark, where GSM-7 was asked for. */
static Verdict cut(const uint8_t *text, const uint8_t *stop, int encoding, int locking, int single, int further,
                   int32_t *ends) {
    const uint8_t *septets = costs(locking, single);
    /* TS 23.040, 9.2.3.24.15 and .16: identifier, length and language, for each table that is not the default. */
    int elements = further + 3 * (locking != 0) + 3 * (single != 0);
    Verdict found = {encoding, locking, single, 0, 0, 0};
    for (const uint8_t *at = text; at < stop;) {
        int units = units_of(next_character(&at), encoding, septets);
        found.units += units ? units : 1;
    }
    int64_t whole = room(encoding, 0, elements), part = room(encoding, 1, elements);
    int64_t capacity = found.units <= whole ? whole : part, used = 0;
    int32_t place = 0;
    for (const uint8_t *at = text; at < stop; place++) {
        int units = units_of(next_character(&at), encoding, septets);
        if (units == 0) units = 1;
        if (found.segments == 0) found.segments = 1;
        if (used + units > capacity) {
            if (ends) ends[found.segments - 1] = place;
            found.segments++;
            used = 0;
        }
        used += units;
    }
    if (found.segments && ends) ends[found.segments - 1] = place;
    found.free_letters = capacity - used;
    return found;
}

static int holds(const uint8_t *text, const uint8_t *stop, int locking, int single) {
    const uint8_t *septets = costs(locking, single);
    while (text < stop)
        if (units_of(next_character(&text), GSM7, septets) == 0) return 0;
    return 1;
}

/* The answers for `count` texts, each from one offset to the next; `ends` has room for all characters of them,
 * and `first_end` says where those of each text begin. */
void answer_all(const uint8_t *data, const int32_t *offsets, int64_t count, int asked, int further, int8_t *encodings,
                int64_t *units, int64_t *segments, int64_t *free_letters, int64_t *first_end, int32_t *ends) {
    int64_t written = 0;
    for (int64_t number = 0; number < count; number++) {
        const uint8_t *text = data + offsets[number], *stop = data + offsets[number + 1];
        int encoding = asked == ASK_GSM7   ? GSM7
                       : asked == ASK_UCS2 ? UCS2
                       : holds(text, stop, 0, 0) ? GSM7
                                                 : UCS2;
        Verdict found = cut(text, stop, encoding, 0, 0, further, ends + written);
        encodings[number] = (int8_t)encoding;
        units[number] = found.units;
        segments[number] = found.segments;
        free_letters[number] = found.free_letters;
        first_end[number] = written;
        written += found.segments;
    }
    first_end[count] = written;
}

/* One text with the national tables of some languages (a bit for each identifier): the fewest segments that any
 * pair of tables allows, then the most letters that are still free; {-1} where no pair holds the text.
 * Then what the pair (`locking`, `single`) comes to by itself, for whoever chose that one, and its cuts. */
void answer_languages(const uint8_t *text, int64_t length, int languages, int locking, int single, int64_t *best,
                      int64_t *own, int32_t *ends) {
    const uint8_t *stop = text + length;
    best[0] = -1;
    for (int one = 0; one < LANGUAGES; one++) {
        if (one && !(languages >> one & 1 && has_locking_table(one))) continue;
        for (int other = 0; other < LANGUAGES; other++) {
            if (other && !(languages >> other & 1)) continue;
            if (!holds(text, stop, one, other)) continue;
            Verdict found = cut(text, stop, GSM7, one, other, 0, NULL);
            if (best[0] < 0 || found.segments < best[0] ||
                (found.segments == best[0] && found.free_letters > best[1])) {
                best[0] = found.segments;
                best[1] = found.free_letters;
            }
        }
    }
    own[0] = -1;
    if (locking >= 0 && has_locking_table(locking) && holds(text, stop, locking, single)) {
        Verdict found = cut(text, stop, GSM7, locking, single, 0, ends);
        own[0] = found.segments;
        own[1] = found.free_letters;
        own[2] = found.units;
    }
}

/* The identifier of a language, 0 for the default, -1 for none that the standard has. */
int language_identifier(const char *code) {
    for (int number = 0; number < LANGUAGES; number++)
        if (strcmp(LANGUAGE_NAMES[number], code) == 0) return number;
    return -1;
}
