/* The block operations on 64-bit ARM; included by blocks.h, which says what each one is. */

#if KERNEL_HAS_NEON

typedef struct {
    uint8x16_t first, second;
} block_neon;

KERNEL_INLINE unsigned count_bits_neon(uint32_t mask)
{
    return count_bits_scalar(mask);
}

/* One bit for each octet that is all ones: eight neighbours are summed into their mask. */
KERNEL_INLINE uint32_t join_neon(uint8x16_t first, uint8x16_t second)
{
    uint8x16_t bits = vld1q_u8(KERNEL_ROWS);
    uint8x16_t sums = vpaddq_u8(vandq_u8(first, bits), vandq_u8(second, bits));
    sums = vpaddq_u8(sums, sums);
    sums = vpaddq_u8(sums, sums);
    return vgetq_lane_u32(vreinterpretq_u32_u8(sums), 0);
}

KERNEL_INLINE block_neon block_at_neon(const uint8_t *octets)
{
    block_neon block;
    block.first = vld1q_u8(octets);
    block.second = vld1q_u8(octets + 16);
    return block;
}

/* The look-ups answer 0 for any place above 15, so bit 7 of an octet is kept and 4 to 6 are not. */
KERNEL_INLINE uint8x16_t half_in_neon(const octet_set *set, uint8x16_t half)
{
    uint8x16_t place = vandq_u8(half, vdupq_n_u8(0x8F));
    uint8x16_t columns = vorrq_u8(
        vqtbl1q_u8(vld1q_u8(set->low), place),
        vqtbl1q_u8(vld1q_u8(set->high), veorq_u8(place, vdupq_n_u8(0x80))));
    return vtstq_u8(columns, vqtbl1q_u8(vld1q_u8(KERNEL_ROWS), vshrq_n_u8(half, 4)));
}

KERNEL_INLINE uint32_t block_in_neon(const octet_set *set, block_neon block)
{
    return join_neon(half_in_neon(set, block.first), half_in_neon(set, block.second));
}

KERNEL_INLINE uint32_t block_bit_neon(block_neon block, int bit)
{
    uint8x16_t asked = vdupq_n_u8((uint8_t)(1u << bit));
    return join_neon(vtstq_u8(block.first, asked), vtstq_u8(block.second, asked));
}

KERNEL_INLINE uint32_t block_is_neon(block_neon block, uint8_t octet)
{
    uint8x16_t one = vdupq_n_u8(octet);
    return join_neon(vceqq_u8(block.first, one), vceqq_u8(block.second, one));
}

KERNEL_INLINE uint32_t block_from_neon(block_neon block, uint8_t octet)
{
    uint8x16_t least = vdupq_n_u8(octet);
    return join_neon(vcgeq_u8(block.first, least), vcgeq_u8(block.second, least));
}

KERNEL_INLINE uint8x16_t half_breaks_utf8_neon(const uint8_t *octets)
{
    uint8x16_t here = vld1q_u8(octets), before = vld1q_u8(octets - 1);
    uint8x16_t pair = vandq_u8(
        vandq_u8(vqtbl1q_u8(vld1q_u8(UTF8_AFTER_HIGH), vshrq_n_u8(before, 4)),
                 vqtbl1q_u8(vld1q_u8(UTF8_AFTER_LOW), vandq_u8(before, vdupq_n_u8(0x0F)))),
        vqtbl1q_u8(vld1q_u8(UTF8_BY_HIGH), vshrq_n_u8(here, 4)));
    uint8x16_t third = vcgeq_u8(vld1q_u8(octets - 2), vdupq_n_u8(0xE0));
    uint8x16_t fourth = vcgeq_u8(vld1q_u8(octets - 3), vdupq_n_u8(0xF0));
    return veorq_u8(vandq_u8(vorrq_u8(third, fourth), vdupq_n_u8(UTF8_TWO_MORE)), pair);
}

KERNEL_INLINE int block_breaks_utf8_neon(const uint8_t *octets)
{
    uint8x16_t any = vorrq_u8(vorrq_u8(vld1q_u8(octets - 3), vld1q_u8(octets)), vld1q_u8(octets + 16));
    if (vmaxvq_u8(any) < 0x80) {
        return 0;
    }
    return vmaxvq_u8(vorrq_u8(half_breaks_utf8_neon(octets), half_breaks_utf8_neon(octets + 16))) != 0;
}

KERNEL_INLINE uint8x16_t half_of_utf8_neon(const uint8_t *octets)
{
    uint8x16_t here = vld1q_u8(octets);
    uint8x16_t c3 = vceqq_u8(here, vdupq_n_u8(0xC3));
    uint8x16_t second = vaddq_u8(vld1q_u8(octets + 1), vandq_u8(c3, vdupq_n_u8(0x40)));
    return vbslq_u8(vcgeq_u8(here, vdupq_n_u8(0x80)), second, here);
}

KERNEL_INLINE block_neon block_of_utf8_neon(const uint8_t *octets)
{
    block_neon block;
    block.first = half_of_utf8_neon(octets);
    block.second = half_of_utf8_neon(octets + 16);
    return block;
}

KERNEL_INLINE uint32_t compress_neon(uint32_t mask, uint32_t places)
{
    return compress_scalar(mask, places);
}

KERNEL_INLINE uint16x8_t eight_of_2_neon(const uint8_t *from)
{
    return vreinterpretq_u16_u8(vld1q_u8(from));
}

KERNEL_INLINE uint32x4_t four_of_4_neon(const uint8_t *from)
{
    return vreinterpretq_u32_u8(vld1q_u8(from));
}

KERNEL_INLINE uint8x16_t half_of_2_neon(uint16x8_t a, uint16x8_t b, uint8x16_t *wide)
{
    uint8x16_t high = vcombine_u8(vshrn_n_u16(a, 8), vshrn_n_u16(b, 8));
    *wide = vtstq_u8(high, high);
    return vcombine_u8(vmovn_u16(a), vmovn_u16(b));
}

KERNEL_INLINE block_neon block_of_2_neon(const uint8_t *from, uint32_t *wide)
{
    block_neon block;
    uint8x16_t first, second;
    block.first = half_of_2_neon(eight_of_2_neon(from), eight_of_2_neon(from + 16), &first);
    block.second = half_of_2_neon(eight_of_2_neon(from + 32), eight_of_2_neon(from + 48), &second);
    *wide = join_neon(first, second);
    return block;
}

/* Characters beyond the BMP are narrowed to U+FFFF first, which is as wide. */
KERNEL_INLINE uint16x8_t eight_of_4_neon(const uint8_t *from)
{
    return vcombine_u16(vqmovn_u32(four_of_4_neon(from)), vqmovn_u32(four_of_4_neon(from + 16)));
}

KERNEL_INLINE block_neon block_of_4_neon(const uint8_t *from, uint32_t *wide)
{
    block_neon block;
    uint8x16_t first, second;
    block.first = half_of_2_neon(eight_of_4_neon(from), eight_of_4_neon(from + 32), &first);
    block.second = half_of_2_neon(eight_of_4_neon(from + 64), eight_of_4_neon(from + 96), &second);
    *wide = join_neon(first, second);
    return block;
}

KERNEL_INLINE uint8x8_t eight_astral_neon(const uint8_t *from)
{
    uint16x8_t planes = vcombine_u16(
        vshrn_n_u32(four_of_4_neon(from), 16), vshrn_n_u32(four_of_4_neon(from + 16), 16));
    return vmovn_u16(vtstq_u16(planes, planes));
}

KERNEL_INLINE uint32_t block_astral_neon(const uint8_t *from)
{
    return join_neon(vcombine_u8(eight_astral_neon(from), eight_astral_neon(from + 32)),
                     vcombine_u8(eight_astral_neon(from + 64), eight_astral_neon(from + 96)));
}

#endif
