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

/* Whether a stem may stand in the last words before a place, or anything so long that it is not looked at. */
KERNEL_INLINE KERNEL_TARGET int HERE(may_be_announced)(
    const near_rules *near, const uint8_t *text, const uint8_t *readable, int64_t last)
{
    int64_t end = last;
    unsigned begun = 0; /* so many words at least */
    while (end > 0 && begun < NEAR_WORDS) {
        const int64_t start = end > 32 ? end - 32 : 0;
        uint8_t copy[33];
        const uint8_t *from = HERE(readable_block)(text + start, readable, copy);
        const BLOCK block = HERE(block_at)(from);
        const uint32_t here = low_bits((unsigned)(end - start));
        const uint32_t words = HERE(block_from)(block, WORDS_BLANK + 1);
        uint32_t found = HERE(block_in)(&near->stem_first, block)
                         & HERE(block_in)(&near->stem_second, HERE(block_at)(from + 1));
        if (words == 0xFFFFFFFFu || words == 0) {
            return 1;
        }
        for (found &= here; found; found &= found - 1) {
            if (stem_stands(near, text, start + lowest_place(found), last)) {
                return 1;
            }
        }
        begun += HERE(count_bits)(words & ~(words << 1 | 1) & here);
        end = start;
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

/* Whether one of the marked octets of a short row is near what is asked for, each asked by itself. */
KERNEL_APART KERNEL_TARGET static int HERE(any_near_singly)(
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

/* Whether one of some is announced, or single behind what is held; nothing else around it is looked at. */
KERNEL_APART KERNEL_TARGET static int HERE(any_announced)(
    const near_rules *near, const uint8_t *text, int64_t length, const uint8_t *readable, const uint32_t *some)
{
    int64_t asked = -1; /* where a word starts that is not announced */
    for (int64_t block = 0; block < length; block += 32) {
        for (uint32_t left = some[block >> 5]; left; left &= left - 1) {
            const int64_t place = block + lowest_place(left);
            const int64_t start = word_before(text, place), end = blanks_before(text, start);
            if (start != asked && end > 0 && near->ending.holds[text[end - 1]]
                && HERE(may_be_announced)(near, text, readable, end) && is_announced(near, text, end)) {
                return 1;
            }
            if (place - start == 1 && near->single.holds[text[start]]
                && is_held(&near->held, text, word_before(text, end), end)) {
                return 1;
            }
            asked = start;
        }
    }
    return 0;
}

/* The same of all at once, from masks of their words: most rows have nothing beside any. Where there may be, or a
 * word or blanks may be too long, each is asked by itself. */
KERNEL_APART KERNEL_TARGET static int HERE(any_near)(
    const near_rules *near, const uint8_t *text, int64_t length, const uint8_t *readable, const uint32_t *marked)
{
    near_walk walk = {0};
    uint64_t found = near->continues, any_left = 0;
    uint32_t left[NEAR_AT_ONCE / 32];
    for (int64_t start = 0; start < length; start += 64) {
        uint8_t copy[33], other[33];
        const int64_t rest = length - start;
        const BLOCK block = HERE(block_at)(HERE(readable_block)(text + start, readable, copy));
        const BLOCK after = HERE(block_at)(HERE(readable_block)(text + start + 32, readable, other));
        const uint32_t here = low_bits(rest < 32 ? (unsigned)rest : 32);
        const uint32_t beyond = rest <= 32 ? 0 : low_bits(rest < 64 ? (unsigned)rest - 32 : 32);
        const uint32_t first = HERE(block_from)(block, WORDS_BLANK + 1) & here;
        const uint32_t second = HERE(block_from)(after, WORDS_BLANK + 1) & beyond;
        const uint64_t words = first | (uint64_t)second << 32;
        const uint64_t some = marked[start >> 5] | (uint64_t)marked[(start >> 5) + 1] << 32;
        const uint64_t starts = words & ~one_on(words, &walk.word);
        const uint64_t beside = HERE(both_in)(&near->beside, block, after) & words;
        const uint64_t ends = HERE(both_in)(&near->ending, block, after) & words;
        uint64_t next, single;
        const uint64_t behind = to_the_end(words, one_on(some, &walk.some), &walk.behind);
        found |= to_the_end(words, one_on(beside, &walk.beside), &walk.led) & some;
        found |= behind & HERE(both_in)(&near->behind, block, after);
        found |= one_on(behind & beside, &walk.inner) & words;
        found |= (some & ~words) | !(first + 1) | !(second + 1) | !first | (beyond && !second);
        /* From what ends a word over the blanks, to the end of the next word. */
        next = to_the_end(~words, one_on(ends, &walk.end), &walk.blank);
        next = to_the_end(words, one_on(next, &walk.next) & starts, &walk.announced);
        single = one_on(HERE(both_in)(&near->single, block, after) & starts, &walk.single);
        next = some & (next | single);
        left[start >> 5] = (uint32_t)next;
        left[(start >> 5) + 1] = (uint32_t)(next >> 32);
        any_left |= next;
    }
    if (found) {
        return HERE(any_near_singly)(near, text, length, readable, marked);
    }
    return any_left && HERE(any_announced)(near, text, length, readable, left);
}
