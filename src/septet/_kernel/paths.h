/* The instruction sets: measuring is compiled once for each, and one is chosen when it is used. */
#ifndef SEPTET_KERNEL_PATHS_H
#define SEPTET_KERNEL_PATHS_H

#include "census.h"
#include "characters.h"
#include "blocks.h"
#include "digits.h"
#include "number_sets.h"
#include "quotes.h"
#include "views.h"

/* What one instruction set offers. */
typedef struct {
    const char *name;
    /* by the octets of a character: 1, 2 or 4 */
    measure_end (*measure[5])(const measure_rules *, const void *text, int64_t length, measurement *);
    int (*is_longer)(int kind, const void *text, int64_t length, int64_t most);
    int (*hold_needle)(const needle_strings *, int kind, const void *text, int64_t length);
    int64_t (*measure_rows)(const measure_rules *, const text_column *);
    int64_t (*measure_views)(const measure_rules *, const text_column *, const text_views *);
    int64_t (*survey_rows)(const measure_rules *, const text_column *, census_question *);
    int64_t (*text_units)(const weight_table *, int kind, const void *text, int64_t length);
    int64_t (*census_rows)(const text_column *, census_question *);
    int64_t (*mark_pairs)(const pair_rules *, const text_column *, void *marks);
    int (*is_utf8)(const uint8_t *octets, int64_t length);
    int64_t (*count_octet)(const uint8_t *octets, int64_t length, uint8_t octet);
} kernel_path;

#define KERNEL_PATH_OF(path) \
    {#path, {NULL, measure_1_##path, measure_2_##path, NULL, measure_4_##path}, \
     is_longer_##path, hold_needle_##path, measure_rows_##path, measure_views_##path, survey_rows_##path, \
     text_units_##path, census_rows_##path, mark_pairs_##path, is_utf8_##path, count_octet_##path}

#define KERNEL_PATH scalar
#define KERNEL_TARGET
#include "scan.h"
static const kernel_path PATH_SCALAR = KERNEL_PATH_OF(scalar);

#if KERNEL_HAS_SSSE3
#  define KERNEL_PATH ssse3
#  define KERNEL_TARGET KERNEL_TARGET_SSSE3
#  include "scan.h"
static const kernel_path PATH_SSSE3 = KERNEL_PATH_OF(ssse3);
#endif

#if KERNEL_HAS_AVX2
#  define KERNEL_PATH avx2
#  define KERNEL_TARGET KERNEL_TARGET_AVX2
#  include "scan.h"
static const kernel_path PATH_AVX2 = KERNEL_PATH_OF(avx2);
#endif

#if KERNEL_HAS_NEON
#  define KERNEL_PATH neon
#  define KERNEL_TARGET
#  include "scan.h"
static const kernel_path PATH_NEON = KERNEL_PATH_OF(neon);
#endif

#if KERNEL_HAS_SSSE3
#  if defined(_MSC_VER) && !defined(__clang__)
static int processor_has(int avx2)
{
    int leaf[4];
    __cpuid(leaf, 1);
    if (!(leaf[2] >> 9 & 1) || !(leaf[2] >> 23 & 1)) { /* SSSE3, POPCNT */
        return 0;
    }
    if (!avx2) {
        return 1;
    }
    if (!(leaf[2] >> 27 & 1) || (_xgetbv(0) & 6) != 6) { /* the system keeps the wide registers */
        return 0;
    }
    __cpuid(leaf, 0);
    if (leaf[0] < 7) {
        return 0;
    }
    __cpuidex(leaf, 7, 0);
    return (leaf[1] >> 3 & 1) && (leaf[1] >> 5 & 1) && (leaf[1] >> 8 & 1); /* BMI1, AVX2, BMI2 */
}
#  else
static int processor_has(int avx2)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt")
           && (!avx2 || (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")
                         && __builtin_cpu_supports("bmi2")));
}
#  endif
#endif

/* The paths this processor can take, the best one first; NULL after the last. */
static const kernel_path *kernel_path_at(int place)
{
    const kernel_path *paths[4] = {NULL};
    int count = 0;
#if KERNEL_HAS_AVX2
    if (processor_has(1)) {
        paths[count++] = &PATH_AVX2;
    }
#endif
#if KERNEL_HAS_SSSE3
    if (processor_has(0)) {
        paths[count++] = &PATH_SSSE3;
    }
#endif
#if KERNEL_HAS_NEON
    paths[count++] = &PATH_NEON;
#endif
    paths[count++] = &PATH_SCALAR;
    return place < count ? paths[place] : NULL;
}

#endif
