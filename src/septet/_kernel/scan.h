/* Measuring texts, once per instruction set: included with KERNEL_PATH (the suffix of the block
 * operations) and KERNEL_TARGET (what the compiler may use) defined. */

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
    if (!sum->walk.part) { /* without segments to fill, their order does not matter */
        sum->units += HERE(count_bits)(characters & ~singly) + HERE(count_bits)(pairs);
        for (; singly; singly &= singly - 1) {
            const unsigned code = single_code(reading, kind, start + lowest_place(singly));
            if (code == CODE_OUTSIDE) {
                return 0;
            }
            sum->units += code & CODE_UNITS;
            sum->deleted |= code == 0;
        }
        return 1;
    }
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
    tally total = tally_before(reading);

    if (by_plane && kind < 4) {
        total.units += length;
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
    total.units += start;
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

/* Whether a string of ASCII is in characters of so many octets. */
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
            while (alike < string->length && may_stand(string, alike, character_at(kind, text, place + alike))) {
                alike += 1;
            }
            if (alike == string->length) {
                return 1;
            }
        }
    }
    return 0;
}

/* Whether the octets of a string are in others. */
KERNEL_INLINE KERNEL_TARGET int HERE(octets_hold)(const uint8_t *octets, int64_t length, const needle_string *string)
{
    const int64_t behind = string->length - 1, places = length - behind;
    if (behind < 0) {
        return 1;
    }
    if (places < 32) {
        return octets_hold(octets, length, string);
    }
    for (int64_t start = 0; start < places; start += 32) { /* its first octet, and its last one where that has to be */
        uint32_t found;
        if (places - start < 32) { /* some that were seen already, and all that are left */
            start = places - 32;
        }
        found = HERE(block_is)(HERE(block_at)(octets + start), string->octets[0])
                & HERE(block_is)(HERE(block_at)(octets + start + behind), string->octets[behind]);
        for (; found; found &= found - 1) {
            if (!memcmp(octets + start + lowest_place(found), string->octets, (size_t)string->length)) {
                return 1;
            }
        }
    }
    return 0;
}

/* Whether all the strings of one needle are in a text of `kind` octets for each character; where that
 * is 2 or 4, they have to be ASCII. */
KERNEL_TARGET static int HERE(hold_needle)(
    const needle_strings *needles, int kind, const void *text, int64_t length)
{
    int all = 1;
    for (int i = 0; i < needles->count; i++) {
        const needle_string *string = &needles->strings[i];
        all = all && (kind == 4   ? HERE(characters_hold)(4, text, length, string)
                      : kind == 2 ? HERE(characters_hold)(2, text, length, string)
                      : string->places ? HERE(characters_hold)(1, text, length, string)
                                       : HERE(octets_hold)((const uint8_t *)text, length, string));
        if (string->last && all) {
            return 1;
        }
        all = all || string->last;
    }
    return 0;
}

/* Whether a character of a text may join a cluster that must not be cut. */
KERNEL_APART KERNEL_TARGET static int HERE(joins)(
    const measure_rules *rules, const measure_candidate *candidate, int kind, const void *text, int64_t length)
{
    const text_reading reading = {candidate->joining, text, length, rules->one_line_break, 0, NULL};
    tally sum;
    const scan_end end = kind == 1   ? HERE(scan_characters)(&reading, 1, &sum)
                         : kind == 2 ? HERE(scan_characters)(&reading, 2, &sum)
                                     : HERE(scan_characters)(&reading, 4, &sum);
    return end == SCAN_OUTSIDE;
}

/* Compares the answer of a rival with those behind it that hold the text. */
KERNEL_APART KERNEL_TARGET static measure_end HERE(best)(
    const measure_rules *rules, int kind, const void *text, int64_t length, measurement *answer)
{
    for (int place = (int)answer->candidate + 1; place < rules->rivals_end; place++) {
        const measure_candidate *candidate = &rules->candidates[place];
        const text_reading reading = {
            candidate->weights, text, length, rules->one_line_break,
            rules->physical ? candidate->part : 0, before_of(candidate)};
        measurement rival = {0, 0, 0, 0, 0, 0};
        tally sum;
        const scan_end end = kind == 1   ? HERE(scan_characters)(&reading, 1, &sum)
                             : kind == 2 ? HERE(scan_characters)(&reading, 2, &sum)
                                         : HERE(scan_characters)(&reading, 4, &sum);
        if (end == SCAN_DONE) {
            if (settle(rules, place, 0, &sum, &rival) != MEASURE_DONE) {
                return MEASURE_LONG_WAY;
            }
            take_cheaper(&rival, answer);
        }
    }
    return MEASURE_DONE;
}

/* Measures one text, of `kind` octets for each character. */
KERNEL_INLINE KERNEL_TARGET measure_end HERE(measure)(
    const measure_rules *rules, int kind, const void *text, int64_t length, measurement *answer)
{
    int place = 0, last = rules->second ? rules->second : rules->candidate_count;
    measure_end of_first = MEASURE_OUTSIDE;
    measurement first = {0, 0, 0, 0, 0, 0};
    for (;;) {
        measure_end end = MEASURE_OUTSIDE;
        for (; place < last && end == MEASURE_OUTSIDE; place++) {
            const measure_candidate *candidate = &rules->candidates[place];
            const text_reading reading = {
                candidate->weights, text, length, rules->one_line_break,
                rules->physical ? candidate->part : 0, before_of(candidate)};
            tally sum;
            if (HERE(scan_characters)(&reading, kind, &sum) == SCAN_DONE) {
                end = settle(rules, place, 0, &sum, answer);
                if (end == MEASURE_DONE && is_rival(rules, place)) {
                    end = HERE(best)(rules, kind, text, length, answer);
                    continue;
                }
                if (end == MEASURE_DONE && candidate->joining && answer->units > candidate->single
                    && HERE(joins)(rules, candidate, kind, text, length)) {
                    end = MEASURE_CLUSTERS;
                }
            }
        }
        if (last == rules->candidate_count && rules->second) {
            return choose(of_first, &first, end, answer);
        }
        if (is_settled(rules, &end, answer)) {
            return end;
        }
        of_first = end;
        first = *answer;
        place = last;
        last = rules->candidate_count;
    }
}

/* Whether more than so many units of UTF-16 are in a text, of `kind` octets for each character. */
KERNEL_TARGET static int HERE(is_longer)(int kind, const void *text, int64_t length, int64_t most)
{
    int64_t units = 0;
    if (kind == KIND_UTF8) {
        for (int64_t place = 0; length > most && place < length; place++) {
            const uint8_t octet = ((const uint8_t *)text)[place];
            units += !utf8_continues(octet) + (octet >= 0xF0);
        }
        return units > most;
    }
    for (int64_t place = 0; kind == 4 && 2 * length > most && place < length; place++) {
        units += character_at(kind, text, place) > 0xFFFF;
    }
    return length + units > most;
}

/* One function for each kind, so that each keeps its tables in registers. */
KERNEL_APART KERNEL_TARGET static measure_end HERE(measure_any_1)(
    const measure_rules *rules, const void *text, int64_t length, measurement *answer)
{
    return HERE(measure)(rules, 1, text, length, answer);
}

/* The everyday text: one segment of characters that weigh one unit each. */
KERNEL_TARGET static measure_end HERE(measure_1)(
    const measure_rules *rules, const void *text, int64_t length, measurement *answer)
{
    const measure_candidate *candidate = rules->candidates;
    const int64_t units = length + candidate->before.units + candidate->mention_units;
    if (length >= 32 && units <= candidate->single && !is_rival(rules, 0) && (!rules->most || units <= rules->most)) {
        const octet_set *special = &candidate->weights->classes[rules->one_line_break].special;
        const uint8_t *from = (const uint8_t *)text, *last = from + length - 32;
        while (from < last && !HERE(block_in)(special, HERE(block_at)(from))) {
            from += 32;
        }
        if (from >= last && !HERE(block_in)(special, HERE(block_at)(last))) {
            answer->candidate = 0;
            answer->units = units;
            answer->billed = 1;
            return MEASURE_DONE;
        }
    }
    return HERE(measure_any_1)(rules, text, length, answer);
}

KERNEL_TARGET static measure_end HERE(measure_2)(
    const measure_rules *rules, const void *text, int64_t length, measurement *answer)
{
    return HERE(measure)(rules, 2, text, length, answer);
}

KERNEL_TARGET static measure_end HERE(measure_4)(
    const measure_rules *rules, const void *text, int64_t length, measurement *answer)
{
    return HERE(measure)(rules, 4, text, length, answer);
}

/* The units of a whole text; -1 when a character of it is outside. */
KERNEL_TARGET static int64_t HERE(text_units)(
    const weight_table *weights, int kind, const void *text, int64_t length)
{
    const text_reading reading = {weights, text, length, 0, 0, NULL};
    tally sum;
    const scan_end end = kind == 1   ? HERE(scan_characters)(&reading, 1, &sum)
                         : kind == 2 ? HERE(scan_characters)(&reading, 2, &sum)
                                     : HERE(scan_characters)(&reading, 4, &sum);
    return end == SCAN_DONE ? sum.units : -1;
}

#include "columns.h"

#undef KERNEL_GLUE_
#undef KERNEL_GLUE
#undef HERE
#undef BLOCK
#undef KERNEL_PATH
#undef KERNEL_TARGET
