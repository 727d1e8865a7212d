/* Measuring one row of UTF-8, once per instruction set: included by columns.h. */

/* What 32 octets are; one more is looked at. What is plain is told where that is asked for. */
KERNEL_INLINE KERNEL_TARGET block_marks HERE(marks_at)(
    const octet_classes *classes, const uint8_t *from, int asks_plain)
{
    /* Which blocks of a text have more than ASCII is not to be foretold, so all are taken in the same way. */
    const BLOCK octets = HERE(block_at)(from), block = HERE(block_of_utf8)(from);
    block_marks marks = {0, 0, 0, 0, 0, 0, 0};
    marks.characters = ~HERE(block_bit)(octets, 7) | HERE(block_from)(octets, 0xC0);
    marks.wide = HERE(block_from)(octets, 0xC4);
    if (marks.wide) {
        marks.astral = HERE(block_from)(octets, 0xF0);
    }
    if (classes->any_near) {
        marks.near = HERE(block_in)(&classes->near, block) & marks.characters & ~marks.wide;
    }
    marks.special = HERE(block_in)(&classes->special, block) & marks.characters & ~marks.wide;
    if (marks.special) {
        marks.rare = HERE(block_in)(&classes->rare, block) & marks.special;
        if (asks_plain) {
            marks.plain = HERE(block_in)(&classes->plain, block) & marks.special;
        }
    }
    return marks;
}

/* The place of a block of a text whose octets may be read up to `readable`: itself or a copy. */
KERNEL_INLINE const uint8_t *HERE(readable_block)(
    const uint8_t *from, const uint8_t *readable, uint8_t copy[33])
{
    if (readable - from >= 33) {
        return from;
    }
    memset(copy, 0, 33);
    if (readable > from) {
        memcpy(copy, from, (size_t)(readable - from));
    }
    return copy;
}

/* Which octets of two blocks are in a set. */
KERNEL_INLINE KERNEL_TARGET uint64_t HERE(both_in)(const octet_set *set, BLOCK block, BLOCK after)
{
    return HERE(block_in)(set, block) | (uint64_t)HERE(block_in)(set, after) << 32;
}

/* Whether 32 octets or more are ASCII. */
KERNEL_INLINE KERNEL_TARGET int HERE(is_ascii)(const uint8_t *text, int64_t length)
{
    uint32_t multiple = HERE(block_bit)(HERE(block_at)(text + length - 32), 7);
    for (int64_t start = 0; start < length - 32; start += 32) {
        multiple |= HERE(block_bit)(HERE(block_at)(text + start), 7);
    }
    return !multiple;
}

/* Scans UTF-8. `classes` are those of the weights, and perhaps more of the same: where what is
 * special stands is noted if somewhere is given. */
KERNEL_INLINE KERNEL_TARGET scan_end HERE(scan_row)(
    const text_reading *reading, const octet_classes *classes, const uint8_t *readable, noted_places *noted,
    tally *sum)
{
    const weight_table *weights = reading->weights;
    const uint8_t *text = (const uint8_t *)reading->text;
    const int64_t length = reading->length;
    const uint32_t astral_counts = weights->wide_by_plane ? 0xFFFFFFFFu : 0;
    const uint32_t special_counts =
        weights->wide_by_plane && !weights->classes[reading->one_line_break].any_special ? 0 : 0xFFFFFFFFu;
    int64_t start = 0;
    const int64_t plain = length >= 32 && length <= SHORT_ROW && !HERE(is_ascii)(text, length) ? 0 : length;
    tally total = tally_before(reading);
    if (noted) {
        memset(noted, 0, offsetof(noted_places, places));
    }
    while (plain - start >= 32) { /* many texts begin with ASCII and nothing special */
        const BLOCK block = HERE(block_at)(text + start);
        if (HERE(block_in)(&classes->special, block) | HERE(block_bit)(block, 7)) {
            break;
        }
        start += 32;
    }
    if (start && length - start < 32) { /* and end with them */
        const BLOCK block = HERE(block_at)(text + length - 32);
        if (!(HERE(block_in)(&classes->special, block) | HERE(block_bit)(block, 7))) {
            start = length;
        }
    }
    total.units += start;
    for (; start < length; start += 32) {
        uint8_t copy[33];
        const block_marks marks =
            HERE(marks_at)(classes, HERE(readable_block)(text + start, readable, copy), noted != NULL);
        const uint32_t here = low_bits(length - start < 32 ? (unsigned)(length - start) : 32);
        const uint32_t characters = marks.characters & here, near = marks.near & ~marks.special & here;
        uint32_t notable = (marks.special | marks.wide) & here, special, pairs, singly;
        if (noted && near) {
            if (length <= NEAR_AT_ONCE) {
                noted->near[start >> 5] = near;
                noted->any_near = 1;
                notable &= ~near;
            } else {
                note_places(noted, start, near & ~notable);
            }
        }
        if (!notable) {
            total.units += HERE(count_bits)(characters);
            continue;
        }
        if (noted) {
            note_places(noted, start, notable);
        }
        special = marks.special & ~marks.plain & special_counts;
        pairs = ((special & ~marks.rare) | (marks.astral & astral_counts)) & here;
        singly = ((special & marks.rare) | (marks.wide & ~astral_counts)) & here;
        if (!HERE(tally_block)(&total, reading, KIND_UTF8, start, characters, pairs, singly)) {
            return SCAN_OUTSIDE;
        }
    }
    *sum = total;
    return SCAN_DONE;
}

/* Whether a character of a row may join a cluster that must not be cut. */
KERNEL_APART KERNEL_TARGET static int HERE(row_joins)(
    const measure_rules *rules, const measure_candidate *candidate, const uint8_t *text, int64_t length,
    const uint8_t *readable)
{
    const text_reading reading = {candidate->joining, text, length, rules->one_line_break, 0, NULL};
    tally sum;
    return HERE(scan_row)(
               &reading, &candidate->joining->classes[rules->one_line_break], readable, NULL, &sum)
           == SCAN_OUTSIDE;
}

/* Whether a row holds a needle. */
KERNEL_INLINE KERNEL_TARGET int HERE(row_holds)(
    const measure_rules *rules, const uint8_t *text, int64_t length, const uint8_t *readable)
{
    const weight_table *singles = rules->needles->singles;
    if (singles) {
        const text_reading reading = {singles, text, length, 0, 0, NULL};
        tally sum;
        if (HERE(scan_row)(&reading, &singles->classes[0], readable, NULL, &sum) == SCAN_OUTSIDE) {
            return 1;
        }
    }
    return HERE(hold_needle)(rules->needles, 1, text, length);
}

/* Compares the answer of a rival with those behind it that hold the row. */
KERNEL_APART KERNEL_TARGET static measure_end HERE(best_of_row)(
    const measure_rules *rules, const uint8_t *text, int64_t length, const uint8_t *readable, int in_detail,
    measurement *answer)
{
    for (int place = (int)answer->candidate + 1; place < rules->rivals_end; place++) {
        const measure_candidate *candidate = &rules->candidates[place];
        const text_reading reading = {
            candidate->weights, text, length, rules->one_line_break,
            rules->physical || in_detail ? candidate->part : 0, before_of(candidate)};
        measurement rival = {0, 0, 0, 0, 0, 0};
        tally sum;
        if (HERE(scan_row)(&reading, &candidate->weights->classes[rules->one_line_break], readable, NULL, &sum)
            == SCAN_DONE) {
            if (settle(rules, place, in_detail, &sum, &rival) != MEASURE_DONE) {
                return MEASURE_LONG_WAY;
            }
            take_cheaper(&rival, answer);
        }
    }
    return MEASURE_DONE;
}

/* Measures one row that is UTF-8 with the first candidate that holds it, of those from a place to before another;
 * where a question is given, in detail, and notes what it asks for. */
KERNEL_INLINE KERNEL_TARGET measure_end HERE(measure_row_with)(
    const measure_rules *rules, int place, int last, const uint8_t *text, int64_t length, const uint8_t *readable,
    const census_question *question, noted_places *noted, measurement *answer)
{
    const int in_detail = question != NULL;
    for (; place < last; place++) {
        const measure_candidate *candidate = &rules->candidates[place];
        const text_reading reading = {
            candidate->weights, text, length, rules->one_line_break,
            rules->physical || in_detail ? candidate->part : 0, before_of(candidate)};
        const octet_classes *classes =
            question ? &question->classes[place] : &candidate->weights->classes[rules->one_line_break];
        tally sum;
        if (HERE(scan_row)(&reading, classes, readable, noted, &sum) == SCAN_DONE) {
            const measure_end end = settle(rules, place, in_detail, &sum, answer);
            if (end == MEASURE_DONE && is_rival(rules, place)) {
                return HERE(best_of_row)(rules, text, length, readable, in_detail, answer);
            }
            if (end == MEASURE_DONE && candidate->joining && answer->units > candidate->single
                && HERE(row_joins)(rules, candidate, text, length, readable)) {
                return MEASURE_CLUSTERS;
            }
            return end;
        }
    }
    return MEASURE_OUTSIDE;
}

/* The same with the second group of candidates, once the first has come to an end; the better answer. */
KERNEL_APART KERNEL_TARGET static measure_end HERE(second_of_row)(
    const measure_rules *rules, const uint8_t *text, int64_t length, const uint8_t *readable,
    const census_question *question, noted_places *noted, measure_end of_first, measurement *answer)
{
    const measurement first = *answer;
    /* What is notable is so to each candidate, and is noted once. */
    const measure_end end = HERE(measure_row_with)(
        rules, rules->second, rules->candidate_count, text, length, readable, question,
        of_first == MEASURE_DONE ? NULL : noted, answer);
    return choose(of_first, &first, end, answer);
}

/* Measures one row with all candidates. */
KERNEL_INLINE KERNEL_TARGET measure_end HERE(measure_row)(
    const measure_rules *rules, const uint8_t *text, int64_t length, const uint8_t *readable,
    const census_question *question, noted_places *noted, measurement *answer)
{
    measure_end end;
    if (rules->most && HERE(is_longer)(KIND_UTF8, text, length, rules->most)) {
        return MEASURE_LONG_WAY;
    }
    end = HERE(measure_row_with)(
        rules, 0, rules->second ? rules->second : rules->candidate_count, text, length, readable, question, noted,
        answer);
    return is_settled(rules, &end, answer)
               ? end
               : HERE(second_of_row)(rules, text, length, readable, question, noted, end, answer);
}
