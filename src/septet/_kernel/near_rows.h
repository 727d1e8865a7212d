/* Whether a row has any marked character near what is asked for, once per instruction set: see nearness.h. */

/* Whether a character is certainly not near, as the octets around it say; most are told by that. */
KERNEL_INLINE KERNEL_TARGET int HERE(is_far)(
    const near_rules *near, const uint8_t *text, int64_t length, const uint8_t *readable, int64_t place)
{
    const int64_t from = place > 16 ? place - 16 : 0, rest = length - from;
    uint8_t copy[33];
    const BLOCK block = HERE(block_at)(HERE(readable_block)(text + from, readable, copy));
    const uint32_t words = HERE(block_from)(block, WORDS_BLANK + 1) & low_bits(rest < 32 ? (unsigned)rest : 32);
    const uint32_t own = 1u << (place - from), before = ~words & (own - 1), end = lowest_bit(~words & ~(own - 1));
    const unsigned start = before ? highest_place(before) + 1 : 0;
    const uint32_t beside = HERE(block_in)(&near->beside, block) & (end - 1) & ~((1u << start) - 1);
    const uint8_t *word = text + from + start;
    if (!end || end == own || (from && !before)) { /* its word is long, or it is in none */
        return 0;
    }
    /* At the end of the word, not all may stand. */
    if (beside && (beside != end >> 1 || beside <= own || near->behind.holds[text[from + lowest_place(beside)]])) {
        return 0;
    }
    if (word - text > 1 && (word[-2] <= WORDS_BLANK || near->ending.holds[word[-2]])) {
        return 0;
    }
    return !(near->single.holds[word[0]] && text + place - word == 1);
}

/* Whether a stem may stand before a place, or anything so long that it is not looked at. */
KERNEL_INLINE KERNEL_TARGET int HERE(may_be_announced)(
    const near_rules *near, const uint8_t *text, const uint8_t *readable, int64_t end)
{
    for (int64_t start = 0; start < end; start += 32) {
        uint8_t copy[33];
        const uint8_t *from = HERE(readable_block)(text + start, readable, copy);
        const BLOCK block = HERE(block_at)(from);
        const uint32_t here = low_bits(end - start < 32 ? (unsigned)(end - start) : 32);
        const uint32_t words = HERE(block_from)(block, WORDS_BLANK + 1);
        uint32_t found = HERE(block_in)(&near->stem_first, block) & HERE(block_in)(&near->stem_second, HERE(block_at)(from + 1));
        if (words == 0xFFFFFFFFu || words == 0) {
            return 1;
        }
        for (found &= here; found; found &= found - 1) {
            if (stem_stands(near, text, start + lowest_place(found), end)) {
                return 1;
            }
        }
    }
    return 0;
}

/* Whether a character of a row is near what is asked for. */
KERNEL_INLINE KERNEL_TARGET int HERE(is_near)(
    const near_rules *near, const uint8_t *text, int64_t length, const uint8_t *readable, int64_t place)
{
    int64_t announced = 0;
    if (HERE(is_far)(near, text, length, readable, place)) {
        return 0;
    }
    return is_beside(near, text, length, place, &announced)
           || (announced && (announced > NEAR_AT_ONCE || HERE(may_be_announced)(near, text, readable, announced))
               && is_announced(near, text, announced));
}

/* Whether one of the marked octets of a short row is near what is asked for. */
KERNEL_APART KERNEL_TARGET static int HERE(any_near)(
    const near_rules *near, const uint8_t *text, int64_t length, const uint8_t *readable, const uint32_t *marked)
{
    for (int64_t start = 0; start < length; start += 32) {
        for (uint32_t left = marked[start >> 5]; left; left &= left - 1) {
            const int64_t place = start + lowest_place(left);
            if (HERE(is_near)(near, text, length, readable, place)) {
                return 1;
            }
        }
    }
    return 0;
}
