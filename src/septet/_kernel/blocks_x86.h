/* The block operations on x86-64; included by blocks.h, which says what each one is. */

/* 16 octets in a register. */

#if KERNEL_HAS_SSSE3

typedef struct {
    __m128i first, second;
} block_ssse3;

#define LOAD_16(from) _mm_loadu_si128((const __m128i *)(const void *)(from))

KERNEL_INLINE KERNEL_TARGET_SSSE3 unsigned count_bits_ssse3(uint32_t mask)
{
    return (unsigned)_mm_popcnt_u32(mask);
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 uint32_t join_ssse3(__m128i first, __m128i second)
{
    return (uint32_t)_mm_movemask_epi8(first) | (uint32_t)_mm_movemask_epi8(second) << 16;
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 block_ssse3 block_at_ssse3(const uint8_t *octets)
{
    block_ssse3 block;
    block.first = LOAD_16(octets);
    block.second = LOAD_16(octets + 16);
    return block;
}

/* The look-ups ignore bits 4 to 6 of an octet and answer 0 when bit 7 is set. */
KERNEL_INLINE KERNEL_TARGET_SSSE3 __m128i half_in_ssse3(const octet_set *set, __m128i half)
{
    __m128i columns = _mm_or_si128(
        _mm_shuffle_epi8(LOAD_16(set->low), half),
        _mm_shuffle_epi8(LOAD_16(set->high), _mm_xor_si128(half, _mm_set1_epi8((char)0x80))));
    __m128i row = _mm_shuffle_epi8(
        LOAD_16(KERNEL_ROWS), _mm_and_si128(_mm_srli_epi16(half, 4), _mm_set1_epi8(0x0F)));
    return _mm_cmpeq_epi8(_mm_and_si128(columns, row), row);
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 uint32_t block_in_ssse3(const octet_set *set, block_ssse3 block)
{
    return join_ssse3(half_in_ssse3(set, block.first), half_in_ssse3(set, block.second));
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 uint32_t block_bit_ssse3(block_ssse3 block, int bit)
{
    return join_ssse3(_mm_slli_epi16(block.first, 7 - bit), _mm_slli_epi16(block.second, 7 - bit));
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 uint32_t block_is_ssse3(block_ssse3 block, uint8_t octet)
{
    __m128i one = _mm_set1_epi8((char)octet);
    return join_ssse3(_mm_cmpeq_epi8(block.first, one), _mm_cmpeq_epi8(block.second, one));
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 uint32_t block_from_ssse3(block_ssse3 block, uint8_t octet)
{
    __m128i least = _mm_set1_epi8((char)octet);
    return join_ssse3(_mm_cmpeq_epi8(_mm_max_epu8(block.first, least), block.first),
                      _mm_cmpeq_epi8(_mm_max_epu8(block.second, least), block.second));
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 __m128i half_breaks_utf8_ssse3(const uint8_t *octets)
{
    __m128i here = LOAD_16(octets), before = LOAD_16(octets - 1), nibble = _mm_set1_epi8(0x0F);
    __m128i pair = _mm_and_si128(
        _mm_and_si128(
            _mm_shuffle_epi8(LOAD_16(UTF8_AFTER_HIGH), _mm_and_si128(_mm_srli_epi16(before, 4), nibble)),
            _mm_shuffle_epi8(LOAD_16(UTF8_AFTER_LOW), _mm_and_si128(before, nibble))),
        _mm_shuffle_epi8(LOAD_16(UTF8_BY_HIGH), _mm_and_si128(_mm_srli_epi16(here, 4), nibble)));
    /* From E0 and F0 on, what is left has its highest bit set. */
    __m128i third = _mm_subs_epu8(LOAD_16(octets - 2), _mm_set1_epi8(0xE0 - 0x80));
    __m128i fourth = _mm_subs_epu8(LOAD_16(octets - 3), _mm_set1_epi8(0xF0 - 0x80));
    __m128i continued = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)UTF8_TWO_MORE));
    return _mm_xor_si128(continued, pair);
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 int block_breaks_utf8_ssse3(const uint8_t *octets)
{
    __m128i wrong;
    if (!_mm_movemask_epi8(_mm_or_si128(
            _mm_or_si128(LOAD_16(octets - 3), LOAD_16(octets)), LOAD_16(octets + 16)))) {
        return 0;
    }
    wrong = _mm_or_si128(half_breaks_utf8_ssse3(octets), half_breaks_utf8_ssse3(octets + 16));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(wrong, _mm_setzero_si128())) != 0xFFFF;
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 __m128i half_of_utf8_ssse3(const uint8_t *octets)
{
    __m128i here = LOAD_16(octets), sign = _mm_set1_epi8((char)0x80);
    __m128i c3 = _mm_cmpeq_epi8(here, _mm_set1_epi8((char)0xC3));
    __m128i second = _mm_add_epi8(LOAD_16(octets + 1), _mm_and_si128(c3, _mm_set1_epi8(0x40)));
    __m128i multiple = _mm_cmpeq_epi8(_mm_and_si128(here, sign), sign);
    return _mm_or_si128(_mm_and_si128(multiple, second), _mm_andnot_si128(multiple, here));
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 block_ssse3 block_of_utf8_ssse3(const uint8_t *octets)
{
    block_ssse3 block;
    block.first = half_of_utf8_ssse3(octets);
    block.second = half_of_utf8_ssse3(octets + 16);
    return block;
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 uint32_t compress_ssse3(uint32_t mask, uint32_t places)
{
    return compress_scalar(mask, places);
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 __m128i half_of_2_ssse3(const uint8_t *from, __m128i *high)
{
    __m128i a = LOAD_16(from), b = LOAD_16(from + 16), octet = _mm_set1_epi16(0xFF);
    *high = _mm_packus_epi16(_mm_srli_epi16(a, 8), _mm_srli_epi16(b, 8));
    return _mm_packus_epi16(_mm_and_si128(a, octet), _mm_and_si128(b, octet));
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 block_ssse3 block_of_2_ssse3(const uint8_t *from, uint32_t *wide)
{
    block_ssse3 block;
    __m128i first, second, none = _mm_setzero_si128();
    block.first = half_of_2_ssse3(from, &first);
    block.second = half_of_2_ssse3(from + 32, &second);
    *wide = ~join_ssse3(_mm_cmpeq_epi8(first, none), _mm_cmpeq_epi8(second, none));
    return block;
}

/* Code points have 21 bits, so the signed packing of their upper 13 is exact. */
KERNEL_INLINE KERNEL_TARGET_SSSE3 __m128i half_of_4_ssse3(const uint8_t *from, __m128i *high)
{
    __m128i octet = _mm_set1_epi32(0xFF), c[4];
    for (int i = 0; i < 4; i++) {
        c[i] = LOAD_16(from + 16 * i);
    }
    *high = _mm_packus_epi16(
        _mm_packs_epi32(_mm_srli_epi32(c[0], 8), _mm_srli_epi32(c[1], 8)),
        _mm_packs_epi32(_mm_srli_epi32(c[2], 8), _mm_srli_epi32(c[3], 8)));
    for (int i = 0; i < 4; i++) {
        c[i] = _mm_and_si128(c[i], octet);
    }
    return _mm_packus_epi16(_mm_packs_epi32(c[0], c[1]), _mm_packs_epi32(c[2], c[3]));
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 block_ssse3 block_of_4_ssse3(const uint8_t *from, uint32_t *wide)
{
    block_ssse3 block;
    __m128i first, second, none = _mm_setzero_si128();
    block.first = half_of_4_ssse3(from, &first);
    block.second = half_of_4_ssse3(from + 64, &second);
    *wide = ~join_ssse3(_mm_cmpeq_epi8(first, none), _mm_cmpeq_epi8(second, none));
    return block;
}

KERNEL_INLINE KERNEL_TARGET_SSSE3 uint32_t block_astral_ssse3(const uint8_t *from)
{
    __m128i planes[2], none = _mm_setzero_si128();
    for (int i = 0; i < 2; i++, from += 64) {
        planes[i] = _mm_packs_epi16(
            _mm_packs_epi32(_mm_srli_epi32(LOAD_16(from), 16), _mm_srli_epi32(LOAD_16(from + 16), 16)),
            _mm_packs_epi32(_mm_srli_epi32(LOAD_16(from + 32), 16), _mm_srli_epi32(LOAD_16(from + 48), 16)));
    }
    return ~join_ssse3(_mm_cmpeq_epi8(planes[0], none), _mm_cmpeq_epi8(planes[1], none));
}

#endif

/* 32 octets in a register. */

#if KERNEL_HAS_AVX2

typedef __m256i block_avx2;

#define LOAD_32(from) _mm256_loadu_si256((const __m256i *)(const void *)(from))
#define TABLE_32(from) _mm256_broadcastsi128_si256(LOAD_16(from))

KERNEL_INLINE KERNEL_TARGET_AVX2 unsigned count_bits_avx2(uint32_t mask)
{
    return (unsigned)_mm_popcnt_u32(mask);
}

KERNEL_INLINE KERNEL_TARGET_AVX2 block_avx2 block_at_avx2(const uint8_t *octets)
{
    return LOAD_32(octets);
}

KERNEL_INLINE KERNEL_TARGET_AVX2 uint32_t block_in_avx2(const octet_set *set, block_avx2 block)
{
    __m256i columns = _mm256_or_si256(
        _mm256_shuffle_epi8(TABLE_32(set->low), block),
        _mm256_shuffle_epi8(TABLE_32(set->high), _mm256_xor_si256(block, _mm256_set1_epi8((char)0x80))));
    __m256i row = _mm256_shuffle_epi8(
        TABLE_32(KERNEL_ROWS), _mm256_and_si256(_mm256_srli_epi16(block, 4), _mm256_set1_epi8(0x0F)));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_and_si256(columns, row), row));
}

KERNEL_INLINE KERNEL_TARGET_AVX2 uint32_t block_bit_avx2(block_avx2 block, int bit)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(block, 7 - bit));
}

KERNEL_INLINE KERNEL_TARGET_AVX2 uint32_t block_is_avx2(block_avx2 block, uint8_t octet)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(block, _mm256_set1_epi8((char)octet)));
}

KERNEL_INLINE KERNEL_TARGET_AVX2 uint32_t block_from_avx2(block_avx2 block, uint8_t octet)
{
    __m256i least = _mm256_set1_epi8((char)octet);
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(block, least), block));
}

KERNEL_INLINE KERNEL_TARGET_AVX2 int block_breaks_utf8_avx2(const uint8_t *octets)
{
    __m256i here = LOAD_32(octets), before, two_before, three_before = LOAD_32(octets - 3);
    __m256i pair, third, fourth, wrong, nibble = _mm256_set1_epi8(0x0F);
    if (!_mm256_movemask_epi8(_mm256_or_si256(three_before, here))) {
        return 0;
    }
    before = LOAD_32(octets - 1);
    two_before = LOAD_32(octets - 2);
    pair = _mm256_and_si256(
        _mm256_and_si256(
            _mm256_shuffle_epi8(
                TABLE_32(UTF8_AFTER_HIGH), _mm256_and_si256(_mm256_srli_epi16(before, 4), nibble)),
            _mm256_shuffle_epi8(TABLE_32(UTF8_AFTER_LOW), _mm256_and_si256(before, nibble))),
        _mm256_shuffle_epi8(TABLE_32(UTF8_BY_HIGH), _mm256_and_si256(_mm256_srli_epi16(here, 4), nibble)));
    /* From E0 and F0 on, what is left has its highest bit set. */
    third = _mm256_subs_epu8(two_before, _mm256_set1_epi8(0xE0 - 0x80));
    fourth = _mm256_subs_epu8(three_before, _mm256_set1_epi8(0xF0 - 0x80));
    wrong = _mm256_xor_si256(
        _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)UTF8_TWO_MORE)), pair);
    return !_mm256_testz_si256(wrong, wrong);
}

KERNEL_INLINE KERNEL_TARGET_AVX2 block_avx2 block_of_utf8_avx2(const uint8_t *octets)
{
    __m256i here = LOAD_32(octets);
    __m256i c3 = _mm256_cmpeq_epi8(here, _mm256_set1_epi8((char)0xC3));
    __m256i second = _mm256_add_epi8(LOAD_32(octets + 1), _mm256_and_si256(c3, _mm256_set1_epi8(0x40)));
    return _mm256_blendv_epi8(here, second, here); /* by the highest bit of each octet */
}

KERNEL_INLINE KERNEL_TARGET_AVX2 uint32_t compress_avx2(uint32_t mask, uint32_t places)
{
    return _pext_u32(mask, places);
}

KERNEL_INLINE KERNEL_TARGET_AVX2 uint32_t not_zero_avx2(__m256i octets)
{
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(octets, _mm256_setzero_si256()));
}

/* Packing works on each half of a register; the permutations put the quarters back in order. */
KERNEL_INLINE KERNEL_TARGET_AVX2 block_avx2 block_of_2_avx2(const uint8_t *from, uint32_t *wide)
{
    __m256i a = LOAD_32(from), b = LOAD_32(from + 32), octet = _mm256_set1_epi16(0xFF);
    __m256i high = _mm256_packus_epi16(_mm256_srli_epi16(a, 8), _mm256_srli_epi16(b, 8));
    __m256i low = _mm256_packus_epi16(_mm256_and_si256(a, octet), _mm256_and_si256(b, octet));
    *wide = not_zero_avx2(_mm256_permute4x64_epi64(high, 0xD8));
    return _mm256_permute4x64_epi64(low, 0xD8);
}

KERNEL_INLINE KERNEL_TARGET_AVX2 __m256i pack_4_avx2(__m256i a, __m256i b, __m256i c, __m256i d)
{
    __m256i packed = _mm256_packus_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
    return _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

/* Code points have 21 bits, so the signed packing of their upper 13 is exact. */
KERNEL_INLINE KERNEL_TARGET_AVX2 block_avx2 block_of_4_avx2(const uint8_t *from, uint32_t *wide)
{
    __m256i a = LOAD_32(from), b = LOAD_32(from + 32), octet = _mm256_set1_epi32(0xFF);
    __m256i c = LOAD_32(from + 64), d = LOAD_32(from + 96);
    *wide = not_zero_avx2(pack_4_avx2(
        _mm256_srli_epi32(a, 8), _mm256_srli_epi32(b, 8), _mm256_srli_epi32(c, 8), _mm256_srli_epi32(d, 8)));
    return pack_4_avx2(_mm256_and_si256(a, octet), _mm256_and_si256(b, octet),
                       _mm256_and_si256(c, octet), _mm256_and_si256(d, octet));
}

KERNEL_INLINE KERNEL_TARGET_AVX2 uint32_t block_astral_avx2(const uint8_t *from)
{
    uint32_t mask = 0;
    for (int i = 0; i < 4; i++) {
        __m256i beyond = _mm256_cmpgt_epi32(LOAD_32(from + 32 * i), _mm256_set1_epi32(0xFFFF));
        mask |= (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(beyond)) << 8 * i;
    }
    return mask;
}

#endif
