/* Thirty-two characters at a time: the portable form; the others are beside it.
 *
 * Every path offers the same: the 32 octets at a place; the octets that are in a set; one bit of
 * each octet; those that are one octet, or from one on; 32 wider characters as octets, with those that do not fit;
 * the characters beyond the BMP; Latin-1 out of UTF-8; and whether octets break its rules. Answers
 * are masks, the first character in the lowest bit.
 *
 * Membership takes two table look-ups by low nibble, one for each half of the octets, and one by
 * high nibble: bit r of the first says whether row r of the matrix holds that column.
 */
#ifndef SEPTET_KERNEL_BLOCKS_H
#define SEPTET_KERNEL_BLOCKS_H

#include "utf8.h"

#if defined(__x86_64__) || defined(_M_X64)
#  define KERNEL_HAS_SSSE3 1
#  if defined(__MINGW32__) && !defined(__clang__)
#    define KERNEL_HAS_AVX2 0 /* this compiler spills 32-octet registers to unaligned stack */
#  else
#    define KERNEL_HAS_AVX2 1
#  endif
#  include <immintrin.h>
#else
#  define KERNEL_HAS_SSSE3 0
#  define KERNEL_HAS_AVX2 0
#endif
#if (defined(__aarch64__) && !defined(__AARCH64EB__)) || defined(_M_ARM64)
#  define KERNEL_HAS_NEON 1
#  include <arm_neon.h>
#else
#  define KERNEL_HAS_NEON 0
#endif

#if defined(_MSC_VER) && !defined(__clang__) /* which compiles any instruction anywhere */
#  define KERNEL_TARGET_SSSE3
#  define KERNEL_TARGET_AVX2
#else
#  define KERNEL_TARGET_SSSE3 __attribute__((target("ssse3,popcnt")))
#  define KERNEL_TARGET_AVX2 __attribute__((target("avx2,popcnt,bmi,bmi2")))
#endif

/* The bit of each row of an octet set's matrix. */
static const uint8_t KERNEL_ROWS[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};

typedef struct {
    uint8_t octets[32];
} block_scalar;

KERNEL_INLINE block_scalar block_at_scalar(const uint8_t *octets)
{
    block_scalar block;
    memcpy(block.octets, octets, 32);
    return block;
}

KERNEL_INLINE uint32_t block_in_scalar(const octet_set *set, block_scalar block)
{
    uint32_t mask = 0;
    uint8_t any = 0;
    for (int i = 0; i < 32; i++) {
        any |= set->holds[block.octets[i]];
    }
    for (int i = 0; any && i < 32; i++) {
        mask |= (uint32_t)set->holds[block.octets[i]] << i;
    }
    return mask;
}

/* Bit `bit` of each octet. The product gathers the lowest bits of eight octets into the highest. */
KERNEL_INLINE uint32_t block_bit_scalar(block_scalar block, int bit)
{
    uint32_t mask = 0;
    for (int word = 0; word < 4; word++) {
        uint64_t octets = 0;
        for (int i = 0; i < 8; i++) {
            octets |= (uint64_t)block.octets[8 * word + i] << 8 * i;
        }
        octets = octets >> bit & 0x0101010101010101u;
        mask |= (uint32_t)(octets * 0x0102040810204080u >> 56) << 8 * word;
    }
    return mask;
}

KERNEL_INLINE uint32_t block_is_scalar(block_scalar block, uint8_t octet)
{
    uint32_t mask = 0;
    for (int i = 0; i < 32; i++) {
        mask |= (uint32_t)(block.octets[i] == octet) << i;
    }
    return mask;
}

/* The octets that are not below one. */
KERNEL_INLINE uint32_t block_from_scalar(block_scalar block, uint8_t octet)
{
    uint32_t mask = 0;
    for (int i = 0; i < 32; i++) {
        mask |= (uint32_t)(block.octets[i] >= octet) << i;
    }
    return mask;
}

/* Whether 32 octets cannot be UTF-8 behind the three before them, which are read as well. What they
 * leave unfinished is for the next block to find. */
KERNEL_INLINE int block_breaks_utf8_scalar(const uint8_t *octets)
{
    unsigned wrong = 0, multiple = 0;
    for (int i = -3; i < 32; i++) {
        multiple |= octets[i];
    }
    for (int i = 0; multiple >= 0x80 && i < 32; i++) {
        const uint8_t before = octets[i - 1];
        const unsigned continued = octets[i - 2] >= 0xE0 || octets[i - 3] >= 0xF0 ? UTF8_TWO_MORE : 0;
        wrong |= continued
                 ^ (UTF8_AFTER_HIGH[before >> 4] & UTF8_AFTER_LOW[before & 0x0F] & UTF8_BY_HIGH[octets[i] >> 4]);
    }
    return wrong != 0;
}

/* At the places of ASCII and of the leads C2 and C3 the character itself, anything elsewhere. One
 * more octet than the block's 32 is read. */
KERNEL_INLINE block_scalar block_of_utf8_scalar(const uint8_t *octets)
{
    block_scalar block;
    for (int i = 0; i < 32; i++) {
        uint8_t second = (uint8_t)(octets[i + 1] + (octets[i] == 0xC3 ? 0x40 : 0));
        block.octets[i] = octets[i] < 0x80 ? octets[i] : second;
    }
    return block;
}

KERNEL_INLINE block_scalar block_of_2_scalar(const uint8_t *from, uint32_t *wide)
{
    block_scalar block;
    uint16_t characters[32];
    uint32_t mask = 0;
    memcpy(characters, from, sizeof characters);
    for (int i = 0; i < 32; i++) {
        block.octets[i] = (uint8_t)characters[i];
        mask |= (uint32_t)(characters[i] > 0xFF) << i;
    }
    *wide = mask;
    return block;
}

KERNEL_INLINE block_scalar block_of_4_scalar(const uint8_t *from, uint32_t *wide)
{
    block_scalar block;
    uint32_t characters[32], mask = 0;
    memcpy(characters, from, sizeof characters);
    for (int i = 0; i < 32; i++) {
        block.octets[i] = (uint8_t)characters[i];
        mask |= (uint32_t)(characters[i] > 0xFF) << i;
    }
    *wide = mask;
    return block;
}

KERNEL_INLINE uint32_t block_astral_scalar(const uint8_t *from)
{
    uint32_t characters[32], mask = 0;
    memcpy(characters, from, sizeof characters);
    for (int i = 0; i < 32; i++) {
        mask |= (uint32_t)(characters[i] > 0xFFFF) << i;
    }
    return mask;
}

#include "blocks_x86.h"
#include "blocks_arm.h"

#endif
