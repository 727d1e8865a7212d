/* What a character weighs: plain C, the same on every processor.
 *
 * A code is one octet per character: its units (0 for a deleted one), CODE_CUT when those units
 * may be cut apart, or CODE_OUTSIDE when the candidate does not hold the character at all.
 */
#ifndef SEPTET_KERNEL_WEIGHTS_H
#define SEPTET_KERNEL_WEIGHTS_H

#include <stdlib.h>
#include <string.h>

#include "masks.h"

#define CODE_OUTSIDE 0xFF
#define CODE_CUT 0x80
#define CODE_UNITS 0x7F

#define UNICODE_PAGES 0x1100 /* pages of 256 code points, up to U+10FFFF */

/* A set of octets. `low` and `high` hold it as a bit matrix for the octets below and from 0x80:
 * the place is the octet's low nibble, the bit its high nibble modulo 8. `holds` is the same set
 * as one flag per octet. */
typedef struct {
    uint8_t low[16];
    uint8_t high[16];
    uint8_t holds[256];
} octet_set;

/* The octets that do not simply weigh one unit, and among them those that are not a pair of two
 * units kept together: these are looked at one by one. Where they are asked for otherwise, some weigh one. */
typedef struct {
    octet_set special;
    octet_set rare;
    octet_set plain;
    octet_set near; /* those of which nothing is asked but what is near */
    int any_special, any_near;
} octet_classes;

typedef struct {
    uint8_t *pages;      /* 256 codes each; page 0 is that of U+0000 to U+00FF */
    uint32_t page_count;
    uint16_t page_of[UNICODE_PAGES];
    octet_classes classes[2]; /* [1]: carriage return is rare, for it may be part of CRLF */
    int wide_by_plane;   /* above U+00FF a character weighs 1 in the BMP and an uncut 2 beyond it */
} weight_table;

KERNEL_INLINE int code_keeps_together(uint8_t code)
{
    return code < CODE_CUT && code >= 2;
}

KERNEL_INLINE uint8_t code_of(const weight_table *weights, uint32_t character)
{
    return weights->pages[(size_t)weights->page_of[character >> 8] << 8 | (character & 0xFF)];
}

static void octet_set_add(octet_set *set, unsigned octet)
{
    uint8_t *half = octet < 0x80 ? set->low : set->high;
    half[octet & 0x0F] |= (uint8_t)(1u << (octet >> 4 & 7));
    set->holds[octet] = 1;
}

static void weights_free(weight_table *weights)
{
    if (weights) {
        free(weights->pages);
        free(weights);
    }
}

/* Weights that list no character yet; NULL when memory is short. */
static weight_table *weights_new(uint8_t by_default, uint8_t astral)
{
    weight_table *weights = (weight_table *)calloc(1, sizeof *weights);
    if (!weights) {
        return NULL;
    }
    weights->page_count = 3;
    weights->pages = (uint8_t *)malloc(3 * 256);
    if (!weights->pages) {
        free(weights);
        return NULL;
    }
    memset(weights->pages, by_default, 2 * 256);
    memset(weights->pages + 2 * 256, astral, 256);
    for (unsigned page = 1; page < UNICODE_PAGES; page++) {
        weights->page_of[page] = page < 0x100 ? 1 : 2;
    }
    weights->wide_by_plane = by_default == 1 && astral == 2;
    return weights;
}

/* Lists one character; -1 when memory is short. */
static int weights_add(weight_table *weights, uint32_t character, uint8_t code)
{
    uint16_t *page = &weights->page_of[character >> 8];
    if (character > 0xFF && code != code_of(weights, character)) {
        weights->wide_by_plane = 0;
        if (*page == 1 || *page == 2) { /* shared so far */
            uint8_t *pages = (uint8_t *)realloc(weights->pages, ((size_t)weights->page_count + 1) << 8);
            if (!pages) {
                return -1;
            }
            weights->pages = pages;
            memcpy(pages + ((size_t)weights->page_count << 8), pages + ((size_t)*page << 8), 256);
            *page = (uint16_t)weights->page_count++;
        }
    }
    if (character <= 0xFF || *page > 2) {
        weights->pages[(size_t)*page << 8 | (character & 0xFF)] = code;
    }
    return 0;
}

/* To be called once every character is listed. */
static void weights_seal(weight_table *weights)
{
    for (int one_line_break = 0; one_line_break < 2; one_line_break++) {
        octet_classes *classes = &weights->classes[one_line_break];
        for (unsigned octet = 0; octet < 256; octet++) {
            int maybe_crlf = one_line_break && octet == '\r';
            if (weights->pages[octet] != 1 || maybe_crlf) {
                octet_set_add(&classes->special, octet);
                classes->any_special = 1;
                if (weights->pages[octet] != 2 || maybe_crlf) {
                    octet_set_add(&classes->rare, octet);
                }
            }
        }
    }
}

/* The character at a place of a text stored with 1, 2 or 4 octets for each. */
KERNEL_INLINE uint32_t character_at(int kind, const void *text, int64_t place)
{
    if (kind == 1) {
        return ((const uint8_t *)text)[place];
    }
    return kind == 2 ? ((const uint16_t *)text)[place] : ((const uint32_t *)text)[place];
}

/* The codes of characters, one for each; a loop for each kind, so that it is not asked at each. */
static void weights_codes(const weight_table *weights, int kind, const void *text, int64_t length, uint8_t *codes)
{
    if (kind == 1) {
        for (int64_t place = 0; place < length; place++) {
            codes[place] = weights->pages[((const uint8_t *)text)[place]];
        }
    } else if (kind == 2) {
        for (int64_t place = 0; place < length; place++) {
            codes[place] = code_of(weights, ((const uint16_t *)text)[place]);
        }
    } else {
        for (int64_t place = 0; place < length; place++) {
            codes[place] = code_of(weights, ((const uint32_t *)text)[place]);
        }
    }
}

#endif
