/* What measuring needs and answers, the same for every instruction set. */
#ifndef SEPTET_KERNEL_MEASURE_H
#define SEPTET_KERNEL_MEASURE_H

#include "segments.h"
#include "utf8.h"

#define KIND_UTF8 0

/* In place of a candidate, in a column. */
#define ROW_NULL (-1)
#define ROW_LONG_WAY (-2)
#define ROW_NO_UTF8 (-3)
/* Down from here: clusters decide how many segments a row takes with the first candidate, the second … */
#define ROW_CLUSTERS (-4)

typedef enum { SCAN_DONE, SCAN_OUTSIDE } scan_end;
typedef enum {
    MEASURE_DONE,
    MEASURE_LONG_WAY,
    MEASURE_CLUSTERS, /* all is known but where clusters let it be cut */
    MEASURE_OUTSIDE   /* no candidate holds the text */
} measure_end;

typedef struct {
    int64_t units;
    int deleted; /* a character of the text is deleted */
    segment_walk walk;
} tally;

/* One text, read with the weights of one candidate. */
typedef struct {
    const weight_table *weights;
    const void *text;
    int64_t length;      /* in characters, or in octets of UTF-8 */
    int one_line_break;  /* CRLF weighs as LF, and so does a lone CR */
    int64_t part;        /* the segments to fill; 0: do not walk */
    const tally *before; /* of what stands before each text; NULL: nothing does */
} text_reading;

typedef struct {
    const weight_table *weights;
    int64_t single, part;
    const uint8_t *mention; /* codes */
    int64_t mention_length, mention_units;
    int mention_together; /* a weight in it, or before a text, must not be cut */
    tally before;         /* of what stands before each text, once it fills segments of `part` */
    int has_before;
    const weight_table *joining; /* what is outside may join a cluster; NULL: clusters may be cut */
} measure_candidate;

/* A string to look for, as UTF-8, or what of ASCII may stand at each of its places; and whether it is
 * the last one of its needle. */
typedef struct {
    const uint8_t *octets;
    const octet_set *places; /* NULL: the octets are the string */
    int64_t length;
    octet_set first; /* what may stand at its first place */
    int last;
} needle_string;

KERNEL_INLINE int may_stand(const needle_string *string, int64_t place, uint32_t character)
{
    return string->places ? character < 0x80 && string->places[place].holds[character]
                          : character == string->octets[place];
}

typedef struct {
    int count;
    needle_string *strings;
    const weight_table *singles; /* what is outside is a needle by itself; NULL: nothing is */
} needle_strings;

typedef struct {
    const measure_candidate *candidates;
    int candidate_count;
    int second; /* where the candidates begin that are taken if they need fewer segments; 0: none are */
    int rivals, rivals_end; /* from the one to before the other, that with most room left is taken */
    int physical, one_line_break;
    int mention_together; /* of any candidate */
    int64_t limit;
    int64_t most; /* the units that are certainly allowed, of a candidate and of UTF-16; 0: any */
    const needle_strings *needles; /* NULL: any text may hold the mention */
} measure_rules;

typedef struct {
    int64_t candidate, units, billed;
    int64_t transmitted; /* the segments on the air */
    int64_t alone;       /* the segments that would be billed without the mention */
    int64_t left;        /* the units that the last segment still holds, unless clusters decide */
} measurement;

typedef struct {
    const uint8_t *data;
    int64_t data_length;
    const void *offsets;
    int wide_offsets; /* of 64 bits, not 32 */
    const uint8_t *validity;
    int is_utf8; /* whoever filled it has seen to that */
    int64_t first, count;
    int8_t *candidates;
    void *units, *billed;       /* of 64 bits */
    void *transmitted, *alone;  /* of 64 bits; both or neither */
} text_column;

/* Where one line break is all that CRLF is, its carriage return is no character. */
#define NO_CHARACTER 0x110000
#define CODE_NONE 0x100

/* Where 32 characters from `start` can be read: `count` of them are the text's from there on, behind
 * `before` that were seen already. A shorter text is copied. */
KERNEL_INLINE const uint8_t *whole_block(
    int kind, const void *text, int64_t length, int64_t start, uint32_t copy[32], unsigned *count, unsigned *before)
{
    const uint8_t *from = (const uint8_t *)text + start * kind;
    *count = 32;
    *before = 0;
    if (length - start < 32) {
        *count = (unsigned)(length - start);
        if (length >= 32) {
            *before = 32 - *count;
            from -= *before * kind;
        } else {
            memset(copy, 0, 32 * sizeof *copy);
            memcpy(copy, from, (size_t)*count * kind);
            from = (const uint8_t *)copy;
        }
    }
    return from;
}

/* A character that has to be looked at singly; NO_CHARACTER where there is none, as in what is no
 * UTF-8. */
KERNEL_INLINE uint32_t single_character(const text_reading *reading, int kind, int64_t place)
{
    uint32_t character = character_at(kind ? kind : 1, reading->text, place);
    if (kind == KIND_UTF8 && character >= 0x80
        && !utf8_decode((const uint8_t *)reading->text + place, reading->length - place, &character)) {
        return NO_CHARACTER;
    }
    if (reading->one_line_break && character == '\r') {
        if (place + 1 < reading->length && character_at(kind ? kind : 1, reading->text, place + 1) == '\n') {
            return NO_CHARACTER;
        }
        return '\n';
    }
    return character;
}

KERNEL_INLINE unsigned single_code(const text_reading *reading, int kind, int64_t place)
{
    const uint32_t character = single_character(reading, kind, place);
    return character == NO_CHARACTER ? CODE_NONE : code_of(reading->weights, character);
}

/* The tally of what stands before a text. */
KERNEL_INLINE tally tally_before(const text_reading *reading)
{
    tally sum = {0, 0, {0, 0, 0, 0}};
    if (reading->before) {
        sum = *reading->before;
    }
    sum.walk.part = reading->part;
    return sum;
}

KERNEL_INLINE const tally *before_of(const measure_candidate *candidate)
{
    return candidate->has_before ? &candidate->before : NULL;
}

/* Takes one character, in its turn. */
KERNEL_INLINE void tally_code(tally *sum, unsigned code)
{
    if (code_keeps_together((uint8_t)code) && sum->walk.part) {
        walk_loose(&sum->walk, sum->units - sum->walk.walked);
        walk_together(&sum->walk, code);
        sum->units += code;
        sum->walk.walked = sum->units;
    } else {
        sum->units += code & CODE_UNITS;
        sum->deleted |= code == 0;
    }
}

/* Puts codes before each text of a candidate whose part is known. */
static void put_before(measure_candidate *candidate, const uint8_t *codes, int64_t length)
{
    candidate->has_before = length > 0;
    candidate->before.walk.part = candidate->part;
    for (int64_t place = 0; place < length; place++) {
        tally_code(&candidate->before, codes[place]);
        candidate->mention_together |= code_keeps_together(codes[place]);
    }
    candidate->before.deleted = 0;
}

static int64_t segments_with_mention(tally *sum, const measure_candidate *candidate)
{
    walk_loose(&sum->walk, sum->units - sum->walk.walked);
    for (int64_t place = 0; place < candidate->mention_length; place++) {
        walk_code(&sum->walk, candidate->mention[place]);
    }
    return sum->walk.segments;
}

/* The segments that would be billed of a text alone. */
KERNEL_INLINE int64_t segments_without_mention(
    const tally *sum, const measure_candidate *candidate, int physical)
{
    if (sum->units <= candidate->single) {
        return 1;
    }
    if (physical && sum->walk.walked) {
        segment_walk walk = sum->walk;
        walk_loose(&walk, sum->units - walk.walked);
        return walk.segments;
    }
    return (sum->units + candidate->part - 1) / candidate->part;
}

KERNEL_INLINE int is_rival(const measure_rules *rules, int place)
{
    return place < rules->rivals_end && place >= rules->rivals;
}

/* What the tally of a text comes to, with one candidate; `in_detail`, in all that a measurement has,
 * for which segments must have been walked. */
KERNEL_INLINE measure_end settle(
    const measure_rules *rules, int place, int in_detail, tally *sum, measurement *answer)
{
    const measure_candidate *candidate = &rules->candidates[place];
    const int64_t units = sum->units + candidate->mention_units;
    if (sum->units == candidate->before.units || (candidate->mention_length && sum->deleted)
        || (rules->most && units > rules->most)) {
        return MEASURE_LONG_WAY;
    }
    answer->candidate = place;
    answer->units = units;
    answer->billed = answer->transmitted = answer->alone = 1;
    answer->left = candidate->single - units;
    if (units > candidate->single) {
        const int64_t filled = (units + candidate->part - 1) / candidate->part;
        answer->billed = answer->transmitted = filled;
        answer->left = candidate->part * filled - units;
        if (in_detail) {
            answer->alone = segments_without_mention(sum, candidate, rules->physical);
        }
        if ((rules->physical || in_detail) && (sum->walk.walked || candidate->mention_together)) {
            answer->transmitted = segments_with_mention(sum, candidate);
            answer->billed = rules->physical ? answer->transmitted : filled;
            answer->left = rules->physical ? sum->walk.room : answer->left;
        }
    }
    return rules->limit && answer->billed > rules->limit ? MEASURE_LONG_WAY : MEASURE_DONE;
}

/* The measurement of a text that takes so many segments on the air, as its clusters have it. */
KERNEL_INLINE measure_end settle_clusters(const measure_rules *rules, int64_t segments, measurement *answer)
{
    answer->billed = answer->transmitted = segments;
    if (!rules->physical) {
        const int64_t part = rules->candidates[answer->candidate].part;
        answer->billed = (answer->units + part - 1) / part;
    }
    answer->alone = answer->billed;
    return rules->limit && answer->billed > rules->limit ? MEASURE_LONG_WAY : MEASURE_DONE;
}

/* Takes a rival's measurement where it needs fewer segments, or as many with more units left. */
KERNEL_INLINE void take_cheaper(const measurement *rival, measurement *answer)
{
    if (rival->billed < answer->billed || (rival->billed == answer->billed && rival->left > answer->left)) {
        *answer = *rival;
    }
}

/* What two groups of candidates come to: the second one's measurement is the answer where it needs fewer
 * segments, otherwise the first one's. */
KERNEL_INLINE measure_end choose(
    measure_end first, const measurement *of_first, measure_end second, measurement *answer)
{
    if (second == MEASURE_OUTSIDE ? first != MEASURE_DONE : second != MEASURE_DONE) {
        return MEASURE_LONG_WAY;
    }
    if (first == MEASURE_DONE && (second == MEASURE_OUTSIDE || of_first->billed <= answer->billed)) {
        *answer = *of_first;
    }
    return MEASURE_DONE;
}

/* Whether a group of candidates answers by itself, all or nothing: `end` is then what there is. */
KERNEL_INLINE int is_settled(const measure_rules *rules, measure_end *end, const measurement *answer)
{
    if (rules->second && (*end == MEASURE_OUTSIDE || (*end == MEASURE_DONE && answer->billed > 1))) {
        return 0;
    }
    if (*end == MEASURE_OUTSIDE || (rules->second && *end == MEASURE_CLUSTERS)) {
        *end = MEASURE_LONG_WAY;
    }
    return 1;
}

static int octets_hold(const uint8_t *octets, int64_t length, const needle_string *string)
{
    if (!string->length) {
        return 1;
    }
    while (length >= string->length) {
        const uint8_t *found =
            (const uint8_t *)memchr(octets, string->octets[0], (size_t)(length - string->length + 1));
        if (!found) {
            return 0;
        }
        if (!memcmp(found, string->octets, (size_t)string->length)) {
            return 1;
        }
        length -= found + 1 - octets;
        octets = found + 1;
    }
    return 0;
}

/* Buffers that others fill may lie at any address, so they are read and written by copying. */
KERNEL_INLINE int64_t int64_at(const void *buffer, int64_t place)
{
    int64_t number;
    memcpy(&number, (const char *)buffer + place * 8, 8);
    return number;
}

KERNEL_INLINE int64_t column_offset(const text_column *rows, int64_t row)
{
    if (rows->wide_offsets) {
        return int64_at(rows->offsets, row);
    } else {
        int32_t offset;
        memcpy(&offset, (const char *)rows->offsets + row * 4, 4);
        return offset;
    }
}

KERNEL_INLINE void column_write(const text_column *rows, int64_t place, const measurement *answer)
{
    rows->candidates[place] = (int8_t)answer->candidate;
    memcpy((char *)rows->units + place * 8, &answer->units, 8);
    memcpy((char *)rows->billed + place * 8, &answer->billed, 8);
    if (rows->transmitted) {
        memcpy((char *)rows->transmitted + place * 8, &answer->transmitted, 8);
        memcpy((char *)rows->alone + place * 8, &answer->alone, 8);
    }
}

#endif
