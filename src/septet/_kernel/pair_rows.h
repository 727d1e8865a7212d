/* Which pairs of octets the rows of a column hold, once per instruction set: see pairs.h. */

/* The rows of a stretch that pairs are looked for in, one after the other. */
typedef struct {
    const text_column *column;
    char *marks;
    int64_t first, last;       /* all their octets */
    int64_t place, start, end; /* the row in question, and where its octets are */
    led_walk walk;
} HERE(marked_rows);

/* Adds to the marks of a row those of the pairs that the octet at a place may be of, with one beside it. */
KERNEL_APART KERNEL_TARGET static void HERE(mark_octet)(
    HERE(marked_rows) *rows, const pair_rules *rules, int64_t at)
{
    const uint8_t *const data = rows->column->data;
    unsigned behind, before, found;
    uint16_t marks;
    while (at >= rows->end && rows->place + 1 < rows->column->count) {
        rows->place++;
        rows->start = rows->end;
        rows->end = column_offset(rows->column, rows->column->first + rows->place + 1);
        if (rows->end > rows->last || rows->start < rows->first) { /* others have written there */
            rows->end = rows->last;
            rows->start = rows->first;
        }
    }
    before = at > rows->start ? rules->first[data[at - 1]] & rules->second[data[at]] : 0;
    behind = at + 1 < rows->end ? rules->first[data[at]] & rules->second[data[at + 1]] : 0;
    if (!(before | behind)) {
        return;
    }
    found = (before | behind) & ~(unsigned)rules->led;
    if (before & rules->led && is_led(&rows->walk, rules, data, rows->start, at - 1)) {
        found |= before;
    }
    if (behind & rules->led && is_led(&rows->walk, rules, data, rows->start, at)) {
        found |= behind;
    }
    memcpy(&marks, rows->marks + rows->place * 2, 2);
    marks |= (uint16_t)found;
    memcpy(rows->marks + rows->place * 2, &marks, 2);
}

/* Marks the rows from one to before another with the pairs that they hold; where their octets are is given, too. */
KERNEL_APART KERNEL_TARGET static void HERE(mark_stretch)(
    const pair_rules *rules, const text_column *column, int64_t first_row, int64_t last_row, int64_t first,
    int64_t last, void *marks)
{
    const uint8_t *const data = column->data, *const readable = data + column->data_length;
    const uint64_t any_blank = rules->any_blank ? ~(uint64_t)0 : 0;
    const uint64_t any_wide = rules->any_wide ? ~(uint64_t)0 : 0;
    HERE(marked_rows) rows = {column, (char *)marks, first, last, first_row - 1, first, first, {-1, 0}};
    uint64_t blank_on = 0, wide_on = 0, leading_on = 0, led_on = 0;
    int64_t start = first;
    for (int64_t place = first_row; place < last_row; place++) {
        const int64_t end = column_offset(column, column->first + place + 1);
        uint16_t found = 0;
        if (end > start && end <= last) {
            found = marks_of_ends(rules, data + start, end - start);
            start = end;
        }
        memcpy((char *)marks + place * 2, &found, 2);
    }
    /* The octets of all rows as one, since they stand together. */
    for (start = first; rules->any && start < last; start += 64) {
        uint8_t copy[33], other[33];
        const int64_t rest = last - start;
        const BLOCK block = HERE(block_at)(HERE(readable_block)(data + start, readable, copy));
        const BLOCK after = HERE(block_at)(HERE(readable_block)(data + start + 32, readable, other));
        const uint64_t wide = HERE(block_bit)(block, 7) | (uint64_t)HERE(block_bit)(after, 7) << 32;
        const uint64_t words = HERE(block_from)(block, PAIRS_BLANK + 1)
                               | (uint64_t)HERE(block_from)(after, PAIRS_BLANK + 1) << 32;
        uint64_t keys = HERE(both_in)(&rules->keys, block, after);
        if (wide | wide_on) { /* from 0x80 on, most keys count only in a word that has a leading pair before them */
            const uint64_t leading = HERE(both_in)(&rules->leading, block, after);
            keys &= to_the_end(words, one_on(leading, &leading_on), &led_on) | ~wide | any_wide;
            keys |= HERE(both_in)(&rules->behind, block, after) & one_on(wide, &wide_on);
        } else { /* where that was not looked for, it may be */
            leading_on = led_on = 1;
        }
        keys |= any_blank & ~words & one_on(~words, &blank_on);
        if (rest < 64) {
            keys &= ~(uint64_t)0 >> (64 - rest);
        }
        for (; keys; keys &= keys - 1) {
            const uint32_t low = (uint32_t)keys;
            const unsigned place = low ? lowest_place(low) : 32 + lowest_place((uint32_t)(keys >> 32));
            HERE(mark_octet)(&rows, rules, start + place);
        }
    }
}

/* Marks the rows of a column with the pairs that they hold. 0, or -1 - place when an offset leads out
 * of the data. */
KERNEL_TARGET static int64_t HERE(mark_pairs)(const pair_rules *rules, const text_column *column, void *marks)
{
    for (int64_t place = 0; place < column->count;) {
        stretch rows;
        if (!stretch_of(&rows, column, place)) {
            return -rows.last;
        }
        HERE(mark_stretch)(rules, column, rows.first, rows.last, rows.start, rows.end, marks);
        place = rows.last;
    }
    return 0;
}
