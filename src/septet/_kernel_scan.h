/* Measuring texts and columns, once per instruction set: included with KERNEL_PATH (the suffix of
 * the block operations) and KERNEL_TARGET (what the compiler may use) defined. */

#define KERNEL_GLUE_(name, path) name##_##path
#define KERNEL_GLUE(name, path) KERNEL_GLUE_(name, path)
#define HERE(name) KERNEL_GLUE(name, KERNEL_PATH)
#define BLOCK KERNEL_GLUE(block, KERNEL_PATH)

/* Characters of which some keep two units together and all others weigh one. */
KERNEL_INLINE KERNEL_TARGET void HERE(walk_pairs)(segment_walk *walk, uint32_t pairs, unsigned count)
{
    for (;;) {
        const int64_t units = (int64_t)count + HERE(count_bits)(pairs);
        unsigned fitting;
        if (units <= walk->room) {
            walk->room -= units;
            return;
        }
        /* As long as too many are taken, at least half of the excess has to go. */
        fitting = walk->room < (int64_t)count ? (unsigned)walk->room : count;
        while (fitting) {
            int64_t excess = fitting + HERE(count_bits)(pairs & low_bits(fitting)) - walk->room;
            if (excess <= 0) {
                break;
            }
            fitting -= (unsigned)(excess + 1) / 2;
        }
        if (!fitting && walk->room == walk->part) { /* a pair heavier than a segment has one to itself */
            pairs >>= 1;
            count -= 1;
            walk->room = 0;
            continue;
        }
        pairs >>= fitting;
        count -= fitting;
        walk->segments += 1;
        walk->room = walk->part;
    }
}

/* Takes the characters of a block, each of one unit but for the pairs. */
KERNEL_INLINE KERNEL_TARGET void HERE(tally_pairs)(tally *sum, uint32_t characters, uint32_t pairs)
{
    const unsigned count = HERE(count_bits)(characters), units = count + HERE(count_bits)(pairs);
    if (pairs && sum->walk.part) {
        walk_loose(&sum->walk, sum->units - sum->walk.walked);
        if (units <= sum->walk.room) {
            sum->walk.room -= units;
        } else {
            HERE(walk_pairs)(&sum->walk, HERE(compress)(pairs, characters), count);
        }
        sum->walk.walked = sum->units + units;
    }
    sum->units += units;
}

/* Takes a block: every one of its characters weighs one unit but for the pairs and those that have
 * to be looked at singly. 0 when one is outside. */
KERNEL_INLINE KERNEL_TARGET int HERE(tally_block)(
    tally *sum, const text_reading *reading, int kind, int64_t start, uint32_t characters, uint32_t pairs,
    uint32_t singly)
{
    uint32_t odd = 0;
    for (; singly; singly &= singly - 1) {
        const unsigned code = single_code(reading, kind, start + lowest_place(singly));
        if (code == CODE_OUTSIDE) {
            return 0;
        }
        pairs |= code == 2 ? lowest_bit(singly) : 0;
        odd |= code == 1 || code == 2 ? 0 : lowest_bit(singly);
    }
    if (!odd) {
        HERE(tally_pairs)(sum, characters, pairs);
        return 1;
    }
    for (uint32_t left = pairs | odd; left; left &= left - 1) {
        const uint32_t here = lowest_bit(left), loose = characters & (here - 1);
        sum->units += HERE(count_bits)(loose);
        characters &= ~(loose | here);
        tally_code(sum, single_code(reading, kind, start + lowest_place(left)));
    }
    sum->units += HERE(count_bits)(characters);
    return 1;
}

/* The next 32 characters as octets, and the mask of those above U+00FF. */
KERNEL_INLINE KERNEL_TARGET BLOCK HERE(block_of)(int kind, const uint8_t *from, uint32_t *wide)
{
    if (kind == 1) {
        *wide = 0;
        return HERE(block_at)(from);
    }
    return kind == 2 ? HERE(block_of_2)(from, wide) : HERE(block_of_4)(from, wide);
}

/* Scans characters stored with 1, 2 or 4 octets each. */
KERNEL_INLINE KERNEL_TARGET scan_end HERE(scan_characters)(const text_reading *reading, int kind, tally *sum)
{
    const weight_table *weights = reading->weights;
    const octet_classes *classes = &weights->classes[reading->one_line_break];
    const uint8_t *octets = (const uint8_t *)reading->text;
    const int64_t length = reading->length;
    /* With nothing special among the first 256 characters and the others weighed by their plane,
     * the length and the characters beyond the BMP are all there is to know. */
    const int by_plane = !classes->any_special && weights->wide_by_plane;
    int64_t start = 0;
    tally total = {0, 0, {0, 0, 0, 0}};
    total.walk.part = reading->part;

    if (by_plane && kind < 4) {
        total.units = length;
        *sum = total;
        return SCAN_DONE;
    }
    while (!by_plane && length - start >= 32) { /* most texts begin with nothing special */
        uint32_t wide;
        const BLOCK block = HERE(block_of)(kind, octets + start * kind, &wide);
        if ((HERE(block_in)(&classes->special, block) & ~wide) | wide) {
            break;
        }
        start += 32;
    }
    total.units = start;
    while (start < length) {
        uint32_t copy[32], characters, special, pairs, singly, wide;
        unsigned count, before;
        const uint8_t *from = whole_block(kind, octets, length, start, copy, &count, &before);
        characters = low_bits(count);
        if (by_plane) {
            pairs = HERE(block_astral)(from) >> before & characters;
            HERE(tally_pairs)(&total, characters, pairs);
        } else {
            const BLOCK block = HERE(block_of)(kind, from, &wide);
            special = HERE(block_in)(&classes->special, block) & ~wide;
            if (!((special | wide) >> before & characters)) {
                total.units += count;
                start += count;
                continue;
            }
            singly = HERE(block_in)(&classes->rare, block) & ~wide;
            pairs = special & ~singly;
            if (!weights->wide_by_plane) {
                singly |= wide;
            } else if (kind == 4 && wide) {
                pairs |= HERE(block_astral)(from);
            }
            pairs = pairs >> before & characters;
            singly = singly >> before & characters;
            if (!HERE(tally_block)(&total, reading, kind, start, characters, pairs, singly)) {
                return SCAN_OUTSIDE;
            }
        }
        start += count;
    }
    *sum = total;
    return SCAN_DONE;
}

/* Scans UTF-8, and checks it as far as it goes. Octets up to `readable` may be read, though those
 * after the text do not count. In masks, a character stands where its first octet does. */
KERNEL_INLINE KERNEL_TARGET scan_end HERE(scan_utf8)(
    const text_reading *reading, const uint8_t *readable, tally *sum)
{
    const weight_table *weights = reading->weights;
    const octet_classes *classes = &weights->classes[reading->one_line_break];
    const uint8_t *text = (const uint8_t *)reading->text;
    const int64_t length = reading->length;
    utf8_state state = {0, 0, 0, 0, 0};
    int64_t start = 0;
    tally total = {0, 0, {0, 0, 0, 0}};
    total.walk.part = reading->part;

    while (length - start >= 32) { /* most texts begin with ASCII and nothing special */
        const BLOCK block = HERE(block_at)(text + start);
        if (HERE(block_in)(&classes->special, block) | HERE(block_bit)(block, 7)) {
            break;
        }
        start += 32;
    }
    total.units = start;
    for (; start < length; start += 32) {
        const uint8_t *from = text + start;
        const unsigned count = length - start < 32 ? (unsigned)(length - start) : 32;
        uint32_t characters = low_bits(count), wide = 0, pairs = 0, multiple, special, singly;
        uint8_t copy[33]; /* one octet more than a block is looked at */
        BLOCK block;
        if (readable - from < 33) {
            memset(copy, 0, sizeof copy);
            memcpy(copy, from, count);
            from = copy;
        }
        block = HERE(block_at)(from);
        multiple = HERE(block_bit)(block, 7) & characters;
        if (multiple || state.expected) {
            uint32_t bits[8];
            for (int bit = 0; bit < 8; bit++) {
                bits[bit] = HERE(block_bit)(block, bit) & multiple;
            }
            if (!utf8_check(&state, bits, count)) {
                return SCAN_NO_UTF8;
            }
            characters &= ~multiple | bits[6];
            wide = bits[6] & (bits[5] | bits[4] | bits[3] | bits[2]); /* leads but C2 and C3 */
            if (weights->wide_by_plane) {
                pairs = bits[6] & bits[5] & bits[4];
            }
            block = HERE(block_of_utf8)(from);
        }
        special = HERE(block_in)(&classes->special, block) & characters & ~wide;
        singly = special ? HERE(block_in)(&classes->rare, block) & special : 0;
        pairs |= special & ~singly;
        if (!weights->wide_by_plane) {
            singly |= wide;
        }
        if (!HERE(tally_block)(&total, reading, KIND_UTF8, start, characters, pairs, singly)) {
            return SCAN_OUTSIDE;
        }
    }
    *sum = total;
    return state.expected ? SCAN_NO_UTF8 : SCAN_DONE;
}

/* Whether a string of ASCII is in characters of 2 or 4 octets. */
KERNEL_INLINE KERNEL_TARGET int HERE(characters_hold)(
    int kind, const void *text, int64_t length, const needle_string *string)
{
    if (!string->length) {
        return 1;
    }
    for (int64_t start = 0; start + string->length <= length; start += 32) {
        uint32_t copy[32], wide, found;
        unsigned count, before;
        const uint8_t *from = whole_block(kind, text, length, start, copy, &count, &before);
        found = HERE(block_in)(&string->first, HERE(block_of)(kind, from, &wide)) & ~wide;
        for (found = found >> before & low_bits(count); found; found &= found - 1) {
            const int64_t place = start + lowest_place(found);
            int64_t alike = 1;
            if (place + string->length > length) {
                break;
            }
            while (alike < string->length
                   && character_at(kind, text, place + alike) == string->octets[alike]) {
                alike += 1;
            }
            if (alike == string->length) {
                return 1;
            }
        }
    }
    return 0;
}

/* Whether all the strings of one needle, which are ASCII, are in the text. */
KERNEL_TARGET static int HERE(characters_hold_needle)(
    const needle_strings *needles, int kind, const void *text, int64_t length)
{
    int all = 1;
    for (int i = 0; i < needles->count; i++) {
        const needle_string *string = &needles->strings[i];
        all = all && (kind == 2 ? HERE(characters_hold)(2, text, length, string)
                                : HERE(characters_hold)(4, text, length, string));
        if (string->last && all) {
            return 1;
        }
        all = all || string->last;
    }
    return 0;
}

/* Measures one text: `kind` is its octets for each character, or KIND_UTF8. */
KERNEL_INLINE KERNEL_TARGET measure_end HERE(measure)(
    const measure_rules *rules, int kind, const void *text, int64_t length, const uint8_t *readable,
    measurement *answer)
{
    for (int place = 0; place < rules->candidate_count; place++) {
        const measure_candidate *candidate = &rules->candidates[place];
        const text_reading reading = {
            candidate->weights, text, length, rules->one_line_break, rules->physical ? candidate->part : 0};
        tally sum;
        const scan_end end = kind == KIND_UTF8 ? HERE(scan_utf8)(&reading, readable, &sum)
                                               : HERE(scan_characters)(&reading, kind, &sum);
        int64_t units, billed = 1;
        if (end == SCAN_NO_UTF8) {
            return MEASURE_NO_UTF8;
        }
        if (end == SCAN_OUTSIDE) {
            continue;
        }
        if (sum.units == 0 || (candidate->mention_length && sum.deleted)) {
            return MEASURE_LONG_WAY;
        }
        units = sum.units + candidate->mention_units;
        if (units > candidate->single) {
            if (rules->whole_clusters) {
                return MEASURE_LONG_WAY;
            }
            billed = (units + candidate->part - 1) / candidate->part;
            if (rules->physical && (sum.walk.walked || candidate->mention_together)) {
                billed = segments_with_mention(&sum, candidate);
            }
        }
        if (rules->limit && billed > rules->limit) {
            return MEASURE_LONG_WAY;
        }
        answer->candidate = place;
        answer->units = units;
        answer->billed = billed;
        return MEASURE_DONE;
    }
    return MEASURE_LONG_WAY;
}

/* One function for each kind, so that each keeps its tables in registers. */
KERNEL_APART KERNEL_TARGET static measure_end HERE(measure_any_1)(
    const measure_rules *rules, const void *text, int64_t length, measurement *answer)
{
    return HERE(measure)(rules, 1, text, length, NULL, answer);
}

/* The everyday text: one segment of characters that weigh one unit each. */
KERNEL_TARGET static measure_end HERE(measure_1)(
    const measure_rules *rules, const void *text, int64_t length, measurement *answer)
{
    const measure_candidate *candidate = rules->candidates;
    if (length >= 32 && length + candidate->mention_units <= candidate->single) {
        const octet_set *special = &candidate->weights->classes[rules->one_line_break].special;
        const uint8_t *from = (const uint8_t *)text, *last = from + length - 32;
        while (from < last && !HERE(block_in)(special, HERE(block_at)(from))) {
            from += 32;
        }
        if (from >= last && !HERE(block_in)(special, HERE(block_at)(last))) {
            answer->candidate = 0;
            answer->units = length + candidate->mention_units;
            answer->billed = 1;
            return MEASURE_DONE;
        }
    }
    return HERE(measure_any_1)(rules, text, length, answer);
}

KERNEL_TARGET static measure_end HERE(measure_2)(
    const measure_rules *rules, const void *text, int64_t length, measurement *answer)
{
    return HERE(measure)(rules, 2, text, length, NULL, answer);
}

KERNEL_TARGET static measure_end HERE(measure_4)(
    const measure_rules *rules, const void *text, int64_t length, measurement *answer)
{
    return HERE(measure)(rules, 4, text, length, NULL, answer);
}

/* Measures the rows of a column; how many were left with a mark of their own (ROW_LONG_WAY or
 * ROW_NO_UTF8) in place of a candidate, or -1 - place when an offset leads out of the data. */
KERNEL_TARGET static int64_t HERE(measure_rows)(const measure_rules *rules, const text_column *rows)
{
    int64_t marked = 0;
    for (int64_t place = 0; place < rows->count; place++) {
        const int64_t row = rows->first + place;
        const int64_t start = column_offset(rows, row), end = column_offset(rows, row + 1);
        measurement answer = {ROW_NULL, 0, 0};
        if (start < 0 || end < start || end > rows->data_length) {
            return -1 - place;
        }
        if (!rows->validity || rows->validity[row >> 3] >> (row & 7) & 1) {
            const uint8_t *text = rows->data + start;
            measure_end found = MEASURE_LONG_WAY;
            if (rules->needles && !octets_hold_needle(rules->needles, text, end - start)) {
                found = HERE(measure)(
                    rules, KIND_UTF8, text, end - start, rows->data + rows->data_length, &answer);
            }
            if (found != MEASURE_DONE) {
                answer.candidate = found == MEASURE_LONG_WAY ? ROW_LONG_WAY : ROW_NO_UTF8;
                marked += 1;
            }
        }
        column_write(rows, place, &answer);
    }
    return marked;
}

/* Counts the marked characters of one row; 0 when memory is short. Octets up to `readable` may be
 * read. What is no UTF-8 is passed over. */
KERNEL_INLINE KERNEL_TARGET int HERE(census_text)(
    census_candidate *candidate, census_row *row, const uint8_t *text, int64_t length, const uint8_t *readable)
{
    const census_marks *marks = &candidate->looked_for;
    for (int64_t start = 0; start < length; start += 32) {
        const uint8_t *from = text + start;
        const unsigned count = length - start < 32 ? (unsigned)(length - start) : 32;
        const uint32_t places = low_bits(count);
        uint8_t copy[33]; /* one octet more than a block is looked at */
        uint32_t found;
        BLOCK block;
        if (readable - from < 33) {
            memset(copy, 0, sizeof copy);
            memcpy(copy, from, count);
            from = copy;
        }
        block = HERE(block_at)(from);
        found = HERE(block_in)(&marks->leads, block);
        if (marks->any_latin) {
            const uint32_t latin = HERE(block_in)(&marks->latin_leads, block);
            if (latin) {
                found |= latin & HERE(block_in)(&marks->latin, HERE(block_of_utf8)(from));
            }
        }
        found &= places;
        for (; found; found &= found - 1) {
            const int64_t place = start + lowest_place(found);
            uint32_t character = text[place];
            uint8_t mark;
            if (character >= 0x80 && !utf8_decode(text + place, length - place, &character)) {
                continue;
            }
            mark = code_of(marks->marks, character);
            if (mark && !census_take(candidate, row, character, mark)) {
                return 0;
            }
        }
    }
    return 1;
}

/* Counts the marked characters of a column. 0; -1 - place when an offset leads out of the data; or
 * 1 when memory is short. */
KERNEL_TARGET static int64_t HERE(census_rows)(const census_question *question)
{
    const text_column *rows = question->rows;
    for (int64_t place = 0; place < rows->count; place++) {
        const int64_t row = rows->first + place;
        const int64_t start = column_offset(rows, row), end = column_offset(rows, row + 1);
        const int candidate = rows->candidates[place];
        census_row met = {NULL, place, 0, 0, 0, 0};
        if (start < 0 || end < start || end > rows->data_length) {
            return -1 - place;
        }
        if (candidate >= 0 && candidate < question->candidate_count) {
            memcpy(&met.amount, (const char *)question->amounts + place * 8, 8);
            if (!HERE(census_text)(
                    &question->candidates[candidate], &met, rows->data + start, end - start,
                    rows->data + rows->data_length)) {
                return 1;
            }
            if (met.distinct == 1) {
                met.only->rows_alone += 1;
                met.only->amount_alone += met.amount;
            }
        }
        question->flags[place] = met.flags;
        memcpy((char *)question->excess + place * 8, &met.excess, 8);
    }
    return 0;
}

/* The units of a whole text; -1 when a character of it is outside. */
KERNEL_TARGET static int64_t HERE(text_units)(
    const weight_table *weights, int kind, const void *text, int64_t length)
{
    const text_reading reading = {weights, text, length, 0, 0};
    tally sum;
    const scan_end end = kind == 1   ? HERE(scan_characters)(&reading, 1, &sum)
                         : kind == 2 ? HERE(scan_characters)(&reading, 2, &sum)
                                     : HERE(scan_characters)(&reading, 4, &sum);
    return end == SCAN_DONE ? sum.units : -1;
}

#undef KERNEL_GLUE_
#undef KERNEL_GLUE
#undef HERE
#undef BLOCK
#undef KERNEL_PATH
#undef KERNEL_TARGET
