/* Measuring columns of UTF-8, once per instruction set; the end of scan.h. */

/* Whether octets are UTF-8 from their beginning to their end. */
KERNEL_TARGET static int HERE(is_utf8)(const uint8_t *octets, int64_t length)
{
    uint8_t copy[3 + 32] = {0};
    int64_t start = 0;
    if (length >= 32) {
        memcpy(copy + 3, octets, 32);
        if (HERE(block_breaks_utf8)(copy + 3)) {
            return 0;
        }
        for (start = 32; length - start >= 32; start += 32) {
            if (HERE(block_breaks_utf8)(octets + start)) {
                return 0;
            }
        }
        memcpy(copy, octets + start - 3, 3);
    }
    /* The rest, and behind it what finds a character that is not finished. */
    memset(copy + 3, 0, 32);
    memcpy(copy + 3, octets + start, (size_t)(length - start));
    return !HERE(block_breaks_utf8)(copy + 3);
}

/* How often one octet is among others. */
KERNEL_TARGET static int64_t HERE(count_octet)(const uint8_t *octets, int64_t length, uint8_t octet)
{
    int64_t count = 0, start = 0;
    for (; length - start >= 32; start += 32) {
        count += HERE(count_bits)(HERE(block_is)(HERE(block_at)(octets + start), octet));
    }
    for (; start < length; start++) {
        count += octets[start] == octet;
    }
    return count;
}

#include "rows.h"
#include "near_rows.h"
#include "pair_rows.h"

/* Notes a character of a row; whether it asks to be near, which no other is known to be. 0 or 1, or -1 when
 * memory is short. */
KERNEL_INLINE int HERE(take_character)(
    census_question *question, census_row *row, const text_reading *reading, int64_t place)
{
    const taken_end end = census_take(question, row, reading, place);
    if (end == TAKEN || row->flags & MARK_NEAR) {
        return 0;
    }
    if (end == TAKEN_IF_PARTED
        && is_parted(question->near, (const uint8_t *)reading->text, reading->length, place)) {
        row->flags |= MARK_NEAR;
        return 0;
    }
    return end == TAKEN_NO_MEMORY ? -1 : 1;
}

/* Takes what is marked of a row; 0 when memory is short. */
KERNEL_INLINE KERNEL_TARGET int HERE(census_of_row)(
    census_question *question, census_row *row, const uint8_t *text, int64_t length, const uint8_t *readable)
{
    const text_reading reading = {NULL, text, length, question->one_line_break, 0, NULL};
    for (int64_t start = 0; start < length; start += 32) {
        uint8_t copy[33];
        const block_marks marks =
            HERE(marks_at)(&question->classes[row->candidate], HERE(readable_block)(text + start, readable, copy), 0);
        uint32_t found = marks.special | marks.wide | marks.near;
        found &= low_bits(length - start < 32 ? (unsigned)(length - start) : 32);
        for (; found; found &= found - 1) {
            const int asks = HERE(take_character)(question, row, &reading, start + lowest_place(found));
            if (asks < 0) {
                return 0;
            }
            if (asks && HERE(is_near)(question->near, text, length, readable, start + lowest_place(found))) {
                row->flags |= MARK_NEAR;
            }
        }
    }
    return 1;
}

/* Measures a row of a column and, where a question is given, counts what is marked in it. */
KERNEL_INLINE KERNEL_TARGET row_end HERE(appraise_row)(
    const measure_rules *rules, census_question *question, const stretch *rows, const uint8_t *text,
    int64_t length, const uint8_t *readable, census_row *met, measurement *answer)
{
    noted_places noted;
    measurement instead;
    const measure_rules *otherwise;
    measure_end end;
    if (!rules->needles
        || (rows->is_searched && HERE(row_holds)(rules, text, length, readable))) {
        return ROW_LEFT;
    }
    if (!question) {
        end = HERE(measure_row)(rules, text, length, readable, NULL, NULL, answer);
        return end == MEASURE_DONE ? ROW_DONE : end == MEASURE_CLUSTERS ? ROW_TO_BE_CUT : ROW_LEFT;
    }
    end = HERE(measure_row)(rules, text, length, readable, question, &noted, answer);
    if (end == MEASURE_LONG_WAY) {
        return ROW_LEFT;
    }
    met->candidate = (int)answer->candidate;
    if (noted.over) {
        if (!HERE(census_of_row)(question, met, text, length, readable)) {
            return ROW_NO_MEMORY;
        }
    } else {
        const text_reading reading = {NULL, text, length, question->one_line_break, 0, NULL};
        const uint8_t near_mark = question->near_marks[met->candidate];
        if (noted.any_near && near_mark) {
            met->flags |= near_mark & (uint8_t)~MARK_NEAR;
        } else if (noted.any_near) {
            memset(noted.near, 0, sizeof noted.near);
            noted.any_near = 0;
        }
        for (int place = 0; place < noted.count; place++) {
            const int64_t at = noted.places[place];
            const int asks = HERE(take_character)(question, met, &reading, at);
            if (asks < 0) {
                return ROW_NO_MEMORY;
            }
            if (asks && length <= NEAR_AT_ONCE) {
                noted.near[at >> 5] |= 1u << (at & 31);
                noted.any_near = 1;
            } else if (asks && !(met->flags & MARK_NEAR)
                       && HERE(is_near)(question->near, text, length, readable, at)) {
                met->flags |= MARK_NEAR;
            }
        }
        if (noted.any_near && !(met->flags & MARK_NEAR)
            && HERE(any_near)(question->near, text, length, readable, noted.near)) {
            met->flags |= MARK_NEAR;
        }
    }
    otherwise = question->instead[answer->candidate];
    if (end == MEASURE_CLUSTERS) {
        met->flags |= ROW_UNCOUNTED;
        return ROW_TO_BE_CUT;
    }
    if (units_decide(rules, answer)) {
        census_settle(question, met, segments_spared(rules, answer, met->excess));
    } else if (otherwise && otherwise->needles
               && !HERE(row_holds)(otherwise, text, length, readable)
               && HERE(measure_row)(otherwise, text, length, readable, NULL, NULL, &instead) == MEASURE_DONE) {
        const int64_t more = answer->billed - instead.billed;
        census_settle(question, met, more > 0 ? more : 0);
    } else {
        met->flags |= ROW_UNCOUNTED;
    }
    return ROW_DONE;
}

/* Measures the rows of a column, and counts what is marked in them where a question is given. How
 * many were left with a mark of their own (ROW_LONG_WAY and below) in place of a candidate;
 * -1 - place when an offset leads out of the data, or COLUMN_NO_MEMORY. */
KERNEL_INLINE KERNEL_TARGET int64_t HERE(go_through_rows)(
    const measure_rules *rules, const text_column *column, census_question *question)
{
    const uint8_t *const readable = column->data + column->data_length;
    int64_t marked = 0, place = 0;
    while (place < column->count) {
        stretch rows;
        int64_t start;
        if (!stretch_of(&rows, column, place)) {
            return -rows.last;
        }
        /* Where rows are left out, there may be few: each is looked at by itself. */
        rows.is_utf8 = !column->is_utf8 && !column->validity
                       && HERE(is_utf8)(column->data + rows.start, rows.end - rows.start);
        rows.is_searched = rules->needles
                           && (column->validity
                               || HERE(row_holds)(
                                   rules, column->data + rows.start, rows.end - rows.start, readable));
        if (question && question->pairs) {
            HERE(mark_stretch)(
                question->pairs, column, rows.first, rows.last, rows.start, rows.end, question->pair_marks);
        }
        for (start = rows.start; place < rows.last; place++) {
            const int64_t row = column->first + place, end = column_offset(column, row + 1);
            measurement answer = {ROW_NULL, 0, 0, 0, 0, 0};
            census_row met = {place, 0, 0, 0, 0};
            if (end < start || end > rows.end) { /* it was not so, but others may write there */
                return -1 - place;
            }
            if (!column->validity || column->validity[row >> 3] >> (row & 7) & 1) {
                const uint8_t *text = column->data + start;
                row_end found = ROW_LEFT;
                if (!column->is_utf8
                    && (rows.is_utf8 ? !stretch_is_cut_well(&rows, column->data, start, end)
                                     : !HERE(is_utf8)(text, end - start))) {
                    answer.candidate = ROW_NO_UTF8;
                } else {
                    found = HERE(appraise_row)(rules, question, &rows, text, end - start, readable, &met, &answer);
                    if (found == ROW_NO_MEMORY) {
                        return COLUMN_NO_MEMORY;
                    }
                    if (found == ROW_LEFT) {
                        answer.candidate = ROW_LONG_WAY;
                        met.flags = ROW_UNCOUNTED;
                    }
                    if (found == ROW_TO_BE_CUT) {
                        answer.candidate = ROW_CLUSTERS - answer.candidate;
                    }
                }
                marked += found != ROW_DONE;
            }
            column_write(column, place, &answer);
            if (question) {
                question->flags[place] = met.flags;
            }
            start = end;
        }
    }
    return marked;
}

/* One function for each, so that measuring alone keeps its tables in registers. */
KERNEL_APART KERNEL_TARGET static int64_t HERE(measure_rows)(const measure_rules *rules, const text_column *column)
{
    return HERE(go_through_rows)(rules, column, NULL);
}

KERNEL_APART KERNEL_TARGET static int64_t HERE(survey_rows)(
    const measure_rules *rules, const text_column *column, census_question *question)
{
    return HERE(go_through_rows)(rules, column, question);
}

/* The same of a column of views, of which each row is looked at by itself. */
KERNEL_APART KERNEL_TARGET static int64_t HERE(measure_views)(
    const measure_rules *rules, const text_column *column, const text_views *views)
{
    const stretch alone = {0, 0, 0, 0, 0, 1};
    int64_t marked = 0;
    for (int64_t place = 0; place < column->count; place++) {
        const int64_t row = column->first + place;
        measurement answer = {ROW_NULL, 0, 0, 0, 0, 0};
        census_row met = {place, 0, 0, 0, 0};
        if (!column->validity || column->validity[row >> 3] >> (row & 7) & 1) {
            viewed seen;
            row_end found = ROW_LEFT;
            if (!view_at(views, row, &seen)) {
                return -1 - place;
            }
            if (!column->is_utf8 && !HERE(is_utf8)(seen.text, seen.length)) {
                answer.candidate = ROW_NO_UTF8;
            } else {
                found = HERE(appraise_row)(
                    rules, NULL, &alone, seen.text, seen.length, seen.readable, &met, &answer);
                if (found == ROW_LEFT) {
                    answer.candidate = ROW_LONG_WAY;
                }
                if (found == ROW_TO_BE_CUT) {
                    answer.candidate = ROW_CLUSTERS - answer.candidate;
                }
            }
            marked += found != ROW_DONE;
        }
        column_write(column, place, &answer);
    }
    return marked;
}

/* Counts what is marked in some rows of a column, by the candidates and the amounts that are given.
 * 0; -1 - place when an offset leads out of the data; or COLUMN_NO_MEMORY. What is no UTF-8 is
 * passed over. */
KERNEL_TARGET static int64_t HERE(census_rows)(const text_column *column, census_question *question)
{
    const uint8_t *const readable = column->data + column->data_length;
    for (int64_t place = 0; place < column->count; place++) {
        const int64_t row = column->first + place;
        const int64_t start = column_offset(column, row), end = column_offset(column, row + 1);
        census_row met = {place, 0, 0, column->candidates[place], 0};
        if (start < 0 || end < start || end > column->data_length) {
            return -1 - place;
        }
        if (met.candidate >= 0 && met.candidate < question->candidate_count) {
            if (!HERE(census_of_row)(question, &met, column->data + start, end - start, readable)) {
                return COLUMN_NO_MEMORY;
            }
            census_settle(question, &met, int64_at(question->amounts, place));
        }
    }
    return 0;
}
