/* Whether a row has any marked character near what is asked for, once per instruction set: see nearness.h. */

/* The places from some on, each up to the end of its run. */
KERNEL_INLINE uint32_t HERE(runs_from)(uint32_t places, uint32_t runs)
{
    return (runs & ~(runs + places)) | places;
}

/* Leaves of the places of characters in a short row those that are to be looked at singly, and answers how
 * many these are; -1 when one of the others is near. */
KERNEL_INLINE KERNEL_TARGET int HERE(sift_places)(
    const near_rules *near, const uint8_t *text, int64_t length, const uint8_t *readable, int64_t *places, int count)
{
    uint32_t marked[NEAR_AT_ONCE / 32] = {0}, left[NEAR_AT_ONCE / 32] = {0};
    /* Whether the last octet of the block before is what the masks below are of. */
    uint32_t was_led = 0, was_met = 0, was_inner = 0, was_ending = 0, was_parting = 0, was_ended = 0;
    int kept = 0;
    for (int at = 0; at < count; at++) {
        marked[places[at] >> 5] |= 1u << (places[at] & 31);
    }
    for (int64_t start = 0; start < length; start += 32) {
        uint8_t copy[33];
        const BLOCK block = HERE(block_at)(HERE(readable_block)(text + start, readable, copy));
        const uint32_t here = low_bits(length - start < 32 ? (unsigned)(length - start) : 32);
        const uint32_t words = HERE(block_from)(block, WORDS_BLANK + 1) & here, blanks = ~words & here;
        const uint32_t own = marked[start >> 5] & words;
        uint32_t led, met, behind, inner, ending, parting, ended;
        if (words == 0xFFFFFFFFu || blanks == 0xFFFFFFFFu) { /* these may be long */
            return count;
        }
        /* In each word, a character behind one of those that may stand before it. */
        led = HERE(runs_from)((HERE(block_in)(&near->before, block) | was_led) & words, words);
        if ((led << 1 | was_led) & own) {
            return -1;
        }
        /* And what stands behind a character. */
        met = HERE(runs_from)(own | (was_met & words), words);
        behind = (met << 1 | was_met) & words;
        inner = HERE(block_in)(&near->inner, block) & behind;
        if ((HERE(block_in)(&near->behind, block) & behind) | (inner & words >> 1) | (was_inner & words)) {
            return -1;
        }
        /* A word behind one that ends as is asked for, which more may be asked of. */
        ending = HERE(block_in)(&near->ending, block) & words;
        parting = HERE(runs_from)(((ending << 1 | was_ending) | was_parting) & blanks, blanks);
        ended = HERE(runs_from)(((parting << 1 | was_parting) | was_ended) & words, words);
        left[start >> 5] = ended & own;
        was_led = led >> 31;
        was_met = met >> 31;
        was_inner = inner >> 31;
        was_ending = ending >> 31;
        was_parting = parting >> 31;
        was_ended = ended >> 31;
    }
    for (int at = 0; at < count; at++) {
        const int64_t place = places[at];
        if (left[place >> 5] >> (place & 31) & 1 || text[place] <= WORDS_BLANK
            || (place > 0 && near->single.holds[text[place - 1]]
                && (place == 1 || text[place - 2] <= WORDS_BLANK))) {
            places[kept++] = place;
        }
    }
    return kept;
}

/* Whether one of some characters of a row, of which there is one, is near what is asked for. */
KERNEL_APART KERNEL_TARGET static int HERE(any_near)(
    const near_rules *near, const uint8_t *text, int64_t length, const uint8_t *readable, int64_t *places, int count)
{
    if (length <= NEAR_AT_ONCE && !near->any_beyond) {
        count = HERE(sift_places)(near, text, length, readable, places, count);
    }
    for (int at = 0; at < count; at++) {
        if (is_near(near, text, length, places[at])) {
            return 1;
        }
    }
    return count < 0;
}
