/* Masks of up to 32 places, the first one in the lowest bit, and what compilers differ in. */
#ifndef SEPTET_KERNEL_MASKS_H
#define SEPTET_KERNEL_MASKS_H

#include <stdint.h>

#if defined(_MSC_VER) && !defined(__clang__)
#  include <intrin.h>
#  define KERNEL_INLINE static __forceinline
#  define KERNEL_APART __declspec(noinline)
#else
#  define KERNEL_INLINE static inline __attribute__((always_inline))
#  define KERNEL_APART __attribute__((noinline))
#endif

/* The lowest `count` bits, for a count from 1 to 32. */
KERNEL_INLINE uint32_t low_bits(unsigned count)
{
    return 0xFFFFFFFFu >> (32 - count);
}

/* The place of the lowest bit of a mask that is not empty. */
KERNEL_INLINE unsigned lowest_place(uint32_t mask)
{
#if defined(_MSC_VER) && !defined(__clang__)
    unsigned long place;
    _BitScanForward(&place, mask);
    return (unsigned)place;
#else
    return (unsigned)__builtin_ctz(mask);
#endif
}

/* The place of the highest one. */
KERNEL_INLINE unsigned highest_place(uint32_t mask)
{
#if defined(_MSC_VER) && !defined(__clang__)
    unsigned long place;
    _BitScanReverse(&place, mask);
    return (unsigned)place;
#else
    return 31u ^ (unsigned)__builtin_clz(mask);
#endif
}

/* The bits of 64 places, each moved one place on; the last one is the first of the next, as `on`. */
KERNEL_INLINE uint64_t one_on(uint64_t bits, uint64_t *on)
{
    const uint64_t moved = bits << 1 | *on;
    *on = bits >> 63;
    return moved;
}

/* The bits of a mask from some of them to the end of their runs. */
KERNEL_INLINE uint64_t to_the_end(uint64_t mask, uint64_t some, uint64_t *on)
{
    const uint64_t begun = (some | *on) & mask;
    /* An addition carries the lowest of a run past its end. */
    const uint64_t filled = (((mask + begun) ^ mask) | begun) & mask;
    *on = filled >> 63;
    return filled;
}

KERNEL_INLINE uint32_t lowest_bit(uint32_t mask)
{
    return mask & (0 - mask);
}

KERNEL_INLINE unsigned count_bits_scalar(uint32_t mask)
{
    mask -= mask >> 1 & 0x55555555u;
    mask = (mask & 0x33333333u) + (mask >> 2 & 0x33333333u);
    return ((mask + (mask >> 4)) & 0x0F0F0F0Fu) * 0x01010101u >> 24;
}

/* The bits of `mask` at `places`, moved together. */
KERNEL_INLINE uint32_t compress_scalar(uint32_t mask, uint32_t places)
{
    uint32_t together = 0;
    for (unsigned i = 0; places; i++, places &= places - 1) {
        together |= (mask >> lowest_place(places) & 1) << i;
    }
    return together;
}

#endif
