/* The kernel's headers without Python: several threads share its weights, and each must find what the second
 * oracle finds, in every form that the processor has, for texts by themselves and in a column.
 *
 *     headers SECONDS SEED
 *
 * For libraries of C and for sanitizers that a Python cannot be loaded with.
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "../../../src/septet/_kernel/paths.h"

#include "drawn_texts.c"
#include "standard.c"

enum { TEXTS = 500, OCTETS = 1 << 22, THREADS = 4 };

static uint8_t data[OCTETS];
static int32_t offsets[TEXTS + 1], ends[OCTETS];
static int64_t units[TEXTS], segments[TEXTS], free_letters[TEXTS], first_end[TEXTS + 1];
static int8_t encodings[TEXTS];

static measure_candidate candidates[2];
static const needle_strings no_mention;
static const measure_rules rules = {
    .candidates = candidates, .candidate_count = 2, .physical = 1, .needles = &no_mention,
};

static weight_table *septets(void)
{
    weight_table *weights = weights_new(CODE_OUTSIDE, CODE_OUTSIDE);
    const uint8_t *found = costs(0, 0);
    for (uint32_t character = 0; character < 0x10000; character++)
        if (found[character] && weights_add(weights, character, found[character]) < 0) abort();
    weights_seal(weights);
    return weights;
}

static weight_table *units_of_16_bits(void)
{
    weight_table *weights = weights_new(1, 2);
    weights_seal(weights);
    return weights;
}

static _Noreturn void differ(const kernel_path *path, const char *what, int text)
{
    printf("%s, %s: the text %.*s differs\n", path->name, what, (int)(offsets[text + 1] - offsets[text]),
           (const char *)data + offsets[text]);
    exit(1);
}

static int is_right(int text, int64_t candidate, int64_t found, int64_t billed)
{
    return candidate == encodings[text] && found == units[text] && billed == segments[text];
}

/* A text in the octets that each of its characters takes in a string of Python. */
static int64_t widen(int text, int kind, void *wide)
{
    const uint8_t *at = data + offsets[text], *stop = data + offsets[text + 1];
    int64_t length = 0;
    for (; at < stop; length++) {
        const uint32_t character = next_character(&at);
        if (kind == 1) ((uint8_t *)wide)[length] = (uint8_t)character;
        else if (kind == 2) ((uint16_t *)wide)[length] = (uint16_t)character;
        else ((uint32_t *)wide)[length] = character;
    }
    return length;
}

static int narrowest(int text)
{
    const uint8_t *at = data + offsets[text], *stop = data + offsets[text + 1];
    int kind = 1;
    while (at < stop) {
        const uint32_t character = next_character(&at);
        if (character > 0xFFFF) return 4;
        if (character > 0xFF) kind = 2;
    }
    return kind;
}

static void check_alone(const kernel_path *path, uint32_t *wide)
{
    for (int text = 0; text < TEXTS; text++)
        for (int kind = narrowest(text); kind <= 4; kind *= 2) {
            measurement found;
            const int64_t length = widen(text, kind, wide);
            const measure_end end = path->measure[kind](&rules, wide, length, &found);
            if (length == 0 ? end != MEASURE_LONG_WAY
                            : end != MEASURE_DONE || !is_right(text, found.candidate, found.units, found.billed))
                differ(path, "alone", text);
        }
}

static void check_column(const kernel_path *path)
{
    int8_t chosen[TEXTS];
    int64_t found[TEXTS], billed[TEXTS];
    const text_column column = {
        .data = data, .data_length = offsets[TEXTS], .offsets = offsets, .count = TEXTS,
        .candidates = chosen, .units = found, .billed = billed,
    };
    path->measure_rows(&rules, &column);
    for (int text = 0; text < TEXTS; text++)
        if (offsets[text] == offsets[text + 1] ? chosen[text] != ROW_LONG_WAY
                                               : !is_right(text, chosen[text], found[text], billed[text]))
            differ(path, "in a column", text);
}

static void *check(void *wide)
{
    const kernel_path *path;
    for (int place = 0; (path = kernel_path_at(place)); place++) {
        check_alone(path, wide);
        check_column(path);
    }
    return NULL;
}

int main(int count, char **given)
{
    static uint32_t wide[THREADS][OCTETS / 64];
    const Rooms rooms = {{160, 70}, {153, 67}};
    if (count != 3) return 2;
    const time_t end = time(NULL) + atoi(given[1]);
    const uint64_t seed = strtoull(given[2], NULL, 10);
    candidates[0] = (measure_candidate){.weights = septets(), .single = 160, .part = 153};
    candidates[1] = (measure_candidate){.weights = units_of_16_bits(), .single = 70, .part = 67};
    int64_t rounds = 0;
    for (; time(NULL) < end || rounds == 0; rounds++) {
        pthread_t threads[THREADS];
        if (draw_texts(seed + (uint64_t)rounds, TEXTS, 0, &rooms, data, OCTETS, offsets) != TEXTS) return 2;
        answer_all(data, offsets, TEXTS, ASK_AUTO, 0, encodings, units, segments, free_letters, first_end, ends);
        for (int place = 0; place < THREADS; place++)
            if (pthread_create(&threads[place], NULL, check, wide[place])) return 2;
        for (int place = 0; place < THREADS; place++) pthread_join(threads[place], NULL);
    }
    for (int place = 0; kernel_path_at(place); place++) printf("%s ", kernel_path_at(place)->name);
    printf("in %d threads: %lld texts\n", THREADS, (long long)rounds * TEXTS);
    return 0;
}
