/* Which marked characters the rows of a column hold: what a census needs and answers. */
#ifndef SEPTET_KERNEL_CENSUS_H
#define SEPTET_KERNEL_CENSUS_H

#include "nearness.h"
#include "pairs.h"

/* Of one character: the rows that hold it, and their amounts; the same of those that hold no other. */
typedef struct {
    int64_t rows, amount, rows_alone, amount_alone;
    int64_t last_row; /* the place behind the last row that was counted, so that 0 is none */
} census_entry;

/* A mark that is noted for its row, but not counted for its character. */
#define MARK_UNCOUNTED 0x80

/* In place of the marks of a row's characters, or beside them: the row has not been counted. */
#define ROW_UNCOUNTED 0x40

/* A mark that holds for a row only where its character is near what is asked for. */
#define MARK_NEAR 0x20

/* Beside that one: a number that blanks part the character from is near, too. */
#define MARK_PARTED 0x40

/* What was counted of the rows of one group and one candidate. */
typedef struct {
    int pages; /* those from the first on that may have been met */
    /* Of each page, which has 256 code points; NULL: none of them was met. Most of many groups meet none. */
    census_entry **entries;
} census_counts;

typedef struct {
    int candidate_count;
    const weight_table **marks;   /* of each candidate: the characters whose mark is not 0 */
    const weight_table **weights; /* what they weigh */
    octet_classes *classes;       /* of each candidate, with what any of them minds or marks */
    int one_line_break;
    const near_rules *near; /* what marks ask to be near */
    uint8_t near_marks[128]; /* of each candidate: the mark of what is in its class of that, or 0 */
    const measure_rules **instead; /* what each candidate is compared with where units do not decide; or NULL */
    const pair_rules *pairs; /* what each row is marked with as well; or NULL */
    void *pair_marks; /* of 16 bits, of each row */
    const void *groups; /* of 64 bits, of each row, or NULL */
    census_counts *counts; /* of each group, by candidate */
    const void *amounts; /* of 64 bits, of each row, where they are given */
    uint8_t *flags; /* for each row, the marks that were met, or-ed together, and ROW_UNCOUNTED */
    census_entry **met; /* in the row in question */
    int64_t room;
} census_question;

typedef enum { ROW_DONE, ROW_LEFT, ROW_TO_BE_CUT, ROW_NO_MEMORY } row_end;

/* What is met in one row: how many of the question's entries, and what they come to. */
typedef struct {
    int64_t place;
    int64_t distinct;
    int64_t excess; /* the units beyond one of each marked character that is not deleted */
    int candidate;
    uint8_t flags;
} census_row;

/* The marks that a candidate has for an octet of which nothing is asked but what is near, with other marks
 * that are not counted; -1 for any other octet. */
static int near_mark_of(const census_question *question, int place, unsigned octet)
{
    const uint8_t mark = code_of(question->marks[place], octet), code = code_of(question->weights[place], octet);
    if (!mark) {
        return 0;
    }
    return mark & MARK_NEAR && mark & MARK_UNCOUNTED && !(mark & MARK_PARTED)
                   && (code == CODE_OUTSIDE || (code & CODE_UNITS) == 1)
               ? mark
               : -1;
}

/* Whether two octets have the same such marks for each candidate, of which one at least is not 0. */
static int near_alike(const census_question *question, unsigned octet, unsigned other)
{
    int any = 0;
    for (int place = 0; place < question->candidate_count; place++) {
        const int mark = near_mark_of(question, place, octet);
        if (mark < 0 || mark != near_mark_of(question, place, other)) {
            return 0;
        }
        any |= mark;
    }
    return any != 0;
}

/* Finds the octets of which nothing is asked but what is near: most of those beyond ASCII with the same marks. */
static void census_prepare_near(census_question *question)
{
    int most = 0;
    unsigned of_most = 0;
    uint8_t counted[0x100] = {0}; /* those that are like an earlier one */
    if (!question->near || question->candidate_count > 128) {
        return;
    }
    for (unsigned octet = 0x80; octet < 0x100; octet++) {
        int alike = 0;
        if (counted[octet] || !near_alike(question, octet, octet)) {
            continue;
        }
        for (unsigned other = octet; other < 0x100; other++) {
            const int is_alike = near_alike(question, octet, other);
            alike += is_alike;
            counted[other] |= (uint8_t)is_alike;
        }
        if (alike > most) {
            most = alike;
            of_most = octet;
        }
    }
    for (int place = 0; most && place < question->candidate_count; place++) {
        question->near_marks[place] = (uint8_t)near_mark_of(question, place, of_most);
        question->classes[place].any_near = 1;
        for (unsigned octet = of_most; octet < 0x100; octet++) {
            if (near_alike(question, of_most, octet)) {
                octet_set_add(&question->classes[place].near, octet);
            }
        }
    }
}

/* Whether an octet is looked at only for what is near. */
KERNEL_INLINE int is_for_near(const census_question *question, int place, unsigned octet)
{
    return question->classes[place].near.holds[octet]
           && !question->weights[place]->classes[question->one_line_break].special.holds[octet];
}

/* Makes the classes of a question: what is special to any candidate, or marked, is so to each; what
 * does not weigh two units kept together to a candidate is looked at singly there. */
static void census_prepare(census_question *question)
{
    census_prepare_near(question);
    for (unsigned octet = 0; octet < 0x100; octet++) {
        int special = 0;
        for (int place = 0; place < question->candidate_count; place++) {
            special |= question->weights[place]->classes[question->one_line_break].special.holds[octet]
                       || (code_of(question->marks[place], octet) && !is_for_near(question, place, octet));
        }
        for (int place = 0; special && place < question->candidate_count; place++) {
            const octet_classes *own = &question->weights[place]->classes[question->one_line_break];
            octet_classes *classes = &question->classes[place];
            octet_set_add(&classes->special, octet);
            classes->any_special = 1;
            if (!own->special.holds[octet] || own->rare.holds[octet]) {
                octet_set_add(&classes->rare, octet);
            }
            if (!own->special.holds[octet]) {
                octet_set_add(&classes->plain, octet);
            }
        }
    }
}

static void census_free(census_counts *counts)
{
    for (int page = 0; page < counts->pages; page++) {
        free(counts->entries[page]);
    }
    free(counts->entries);
}

/* Where a row of one group is counted. */
KERNEL_INLINE census_counts *census_counts_of(const census_question *question, const census_row *row)
{
    const int64_t group = question->groups ? int64_at(question->groups, row->place) : 0;
    return &question->counts[group * question->candidate_count + row->candidate];
}

/* What became of a character of a row. It is near, or is not, by what stands around it. */
typedef enum { TAKEN_NO_MEMORY, TAKEN, TAKEN_IF_NEAR, TAKEN_IF_PARTED } taken_end;

/* Notes one character of a row, if it is marked. */
KERNEL_INLINE taken_end census_take(
    census_question *question, census_row *row, const text_reading *reading, int64_t place)
{
    const uint32_t character = single_character(reading, KIND_UTF8, place);
    census_counts *counts;
    census_entry **page, *entry;
    taken_end end = TAKEN;
    uint8_t mark, code;
    if (character == NO_CHARACTER || !(mark = code_of(question->marks[row->candidate], character))) {
        return TAKEN;
    }
    if (mark & MARK_NEAR && question->near) {
        end = mark & MARK_PARTED ? TAKEN_IF_PARTED : TAKEN_IF_NEAR;
        mark &= (uint8_t)~MARK_NEAR;
    }
    mark &= (uint8_t)~MARK_PARTED;
    code = code_of(question->weights[row->candidate], character);
    row->flags |= mark;
    row->excess += code == CODE_OUTSIDE || code == 0 ? 0 : (code & CODE_UNITS) - 1;
    if (mark & MARK_UNCOUNTED) {
        return end;
    }
    counts = census_counts_of(question, row);
    if (!counts->entries) {
        counts->entries = (census_entry **)calloc(UNICODE_PAGES, sizeof *counts->entries);
        if (!counts->entries) {
            return TAKEN_NO_MEMORY;
        }
    }
    page = &counts->entries[character >> 8];
    if (!*page) {
        *page = (census_entry *)calloc(256, sizeof **page);
        if (!*page) {
            return TAKEN_NO_MEMORY;
        }
        if (counts->pages <= (int)(character >> 8)) {
            counts->pages = (int)(character >> 8) + 1;
        }
    }
    entry = *page + (character & 0xFF);
    if (entry->last_row == row->place + 1) {
        return end;
    }
    entry->last_row = row->place + 1;
    if (row->distinct == question->room) {
        const int64_t room = question->room ? question->room * 2 : 64;
        census_entry **met = (census_entry **)realloc(question->met, (size_t)room * sizeof *met);
        if (!met) {
            return TAKEN_NO_MEMORY;
        }
        question->met = met;
        question->room = room;
    }
    question->met[row->distinct++] = entry;
    return end;
}

/* Counts a row for the characters that were noted, each with the row's amount. */
KERNEL_INLINE void census_settle(const census_question *question, const census_row *row, int64_t amount)
{
    for (int64_t place = 0; place < row->distinct; place++) {
        census_entry *entry = question->met[place];
        entry->rows += 1;
        entry->amount += amount;
        entry->rows_alone += row->distinct == 1;
        entry->amount_alone += row->distinct == 1 ? amount : 0;
    }
}

/* Whether units alone decide what marked characters cost a row: those of the first candidate are
 * what it has beyond one each. Where units of the mention are kept together, where they fall decides;
 * where there is a second group or are rivals, whether these are taken. */
KERNEL_INLINE int units_decide(const measure_rules *rules, const measurement *answer)
{
    return answer->billed <= 1
           || (answer->candidate == 0 && !rules->second && !is_rival(rules, 0) && !(rules->physical && rules->mention_together));
}

/* The segments that a row would be billed less with so many units less. */
KERNEL_INLINE int64_t segments_spared(const measure_rules *rules, const measurement *answer, int64_t excess)
{
    const measure_candidate *candidate = &rules->candidates[answer->candidate];
    const int64_t units = answer->units - excess;
    int64_t segments = 1;
    if (answer->billed <= 1 || !excess) {
        return 0;
    }
    if (units > candidate->single) {
        segments = (units + candidate->part - 1) / candidate->part;
    }
    return answer->billed > segments ? answer->billed - segments : 0;
}

#endif
