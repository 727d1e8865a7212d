"""The mutants of the compiled kernel: lines of its source with one sign, bound or weight wrong.

``tests/slow/trust/kernel_mutants.py`` builds each, and checks that the tests notice it.
"""

# ruff: noqa: E501

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """A text that is once in a file, and its replacement."""

    file: str
    old: str
    new: str
    #: Whether the portable form does without it, so that the forms of this processor are built as well.
    by_processor: bool = False


MUTANTS = (
    # Weights: which character weighs what.
    Mutant("weights.h", "code < CODE_CUT && code >= 2", "code < CODE_CUT && code > 2"),
    Mutant("weights.h", "code < CODE_CUT && code >= 2", "code >= 2"),
    Mutant("weights.h", "(1u << (octet >> 4 & 7))", "(1u << (octet >> 4 & 3))", by_processor=True),
    Mutant("weights.h", "octet < 0x80 ? set->low : set->high", "octet <= 0x80 ? set->low : set->high", by_processor=True),
    Mutant("weights.h", "memset(weights->pages + 2 * 256, astral, 256)", "memset(weights->pages + 2 * 256, by_default, 256)"),
    Mutant("weights.h", "page < 0x100 ? 1 : 2", "page <= 0x100 ? 1 : 2"),
    Mutant("weights.h", "by_default == 1 && astral == 2", "by_default == 1"),
    Mutant("weights.h", "by_default == 1 && astral == 2", "astral == 2"),
    Mutant("weights.h", "weights->wide_by_plane = 0;", ";"),
    Mutant("weights.h", "if (character > 0xFF && code", "if (character > 0x1FF && code"),
    Mutant("weights.h", "*page == 1 || *page == 2", "*page == 1"),
    Mutant("weights.h", "character <= 0xFF || *page > 2", "*page > 2"),
    Mutant("weights.h", "one_line_break && octet == '\\r'", "octet == '\\r' && 0"),
    Mutant("weights.h", "weights->pages[octet] != 1 || maybe_crlf", "weights->pages[octet] > 1 || maybe_crlf"),
    Mutant("weights.h", "weights->pages[octet] != 2 || maybe_crlf", "weights->pages[octet] != 2"),
    Mutant("weights.h", "(character & 0xFF)] = code", "(character & 0x7F)] = code"),
    # Segments: how weights fill them.
    Mutant("segments.h", "    if (units > walk->room) {\n        units -= walk->room;", "    if (units >= walk->room) {\n        units -= walk->room;"),
    Mutant("segments.h", "units -= walk->room;", "units += walk->room;"),
    Mutant("segments.h", "if (units <= walk->part)", "if (units < walk->part + 2)"),
    Mutant("segments.h", "(units + walk->part - 1) / walk->part", "units / walk->part"),
    Mutant("segments.h", "walk->segments += opened;", "walk->segments += 1;"),
    Mutant("segments.h", "walk->room = opened * walk->part;", "walk->room = walk->part;"),
    Mutant("segments.h", "    if (units > walk->room) {\n        walk->segments += 1;", "    if (units >= walk->room) {\n        walk->segments += 1;"),
    Mutant("segments.h", "walk->part > units ? walk->part : units", "walk->part"),
    Mutant("segments.h", "code & CODE_UNITS", "code"),
    # UTF-8.
    Mutant("utf8.h", "(lead & 0x1F) << 6", "(lead & 0x0F) << 6"),
    Mutant("utf8.h", "(lead & 0x0F) << 12 | SIX_BITS(1) << 6", "(lead & 0x0F) << 12 | SIX_BITS(1) << 5"),
    Mutant("utf8.h", "UTF8_TOO_SHORT | UTF8_OVERLONG_2,\n    UTF8_TOO_SHORT,", "UTF8_TOO_SHORT,\n    UTF8_TOO_SHORT,"),
    Mutant("utf8.h", "UTF8_TOO_SHORT | UTF8_OVERLONG_3 | UTF8_SURROGATE", "UTF8_TOO_SHORT | UTF8_OVERLONG_3"),
    Mutant("utf8.h", "UTF8_TOO_SHORT | UTF8_TOO_LARGE | UTF8_OVERLONG_4,\n};", "UTF8_TOO_SHORT | UTF8_OVERLONG_4,\n};"),
    Mutant("utf8.h", "UTF8_CONTINUES | UTF8_OVERLONG_3 | UTF8_OVERLONG_4", "UTF8_CONTINUES | UTF8_OVERLONG_3"),
    # Digits.
    Mutant("digits.h", "(unsigned)(16 - length) * 8", "(unsigned)(15 - length) * 8"),
    Mutant("digits.h", "digits * 10 + (digits >> 8)", "digits * 11 + (digits >> 8)"),
    Mutant("digits.h", "0x4646464646464646u", "0x4546464646464646u"),
    Mutant("digits.h", "count == rules->most", "count == DIGITS_MOST"),
    Mutant("digits.h", "end - start <= rules->longest", "end - start < rules->longest"),
    Mutant("digits.h", "end < start", "end <= start"),
    Mutant("digits.h", "(uint8_t)(has_plus && count)", "(uint8_t)has_plus"),
    Mutant("digits.h", "row >> 3] >> (row & 7)", "row >> 3] >> (row & 3)"),
    # Masks.
    Mutant("masks.h", "0xFFFFFFFFu >> (32 - count)", "0xFFFFFFFFu >> (31 - count)"),
    Mutant("masks.h", "0x01010101u >> 24", "0x01010101u >> 25"),
    Mutant("masks.h", "(mask >> lowest_place(places) & 1) << i", "(mask >> lowest_place(places) & 1) << (i & 15)"),
    # Measuring: what a tally comes to.
    Mutant("measure.h", "sum->units == candidate->before.units || (candidate", "(candidate"),
    Mutant("measure.h", "(candidate->mention_length && sum->deleted)", "sum->deleted"),
    Mutant("measure.h", "(candidate->mention_length && sum->deleted)", "0"),
    Mutant("measure.h", "rules->most && units > rules->most", "rules->most && units >= rules->most"),
    Mutant("measure.h", "const int64_t units = sum->units + candidate->mention_units;", "const int64_t units = sum->units;"),
    Mutant("measure.h", "    if (units > candidate->single) {\n        const int64_t filled", "    if (units >= candidate->single) {\n        const int64_t filled"),
    Mutant("measure.h", "filled = (units + candidate->part - 1) / candidate->part", "filled = (units + candidate->part) / candidate->part"),
    Mutant("measure.h", "sum->walk.walked || candidate->mention_together", "sum->walk.walked"),
    Mutant("measure.h", "sum->walk.walked || candidate->mention_together", "candidate->mention_together"),
    Mutant("measure.h", "answer->billed = rules->physical ? answer->transmitted : filled", "answer->billed = answer->transmitted"),
    Mutant("measure.h", "    return rules->limit && answer->billed > rules->limit ? MEASURE_LONG_WAY : MEASURE_DONE;\n}\n\n/* The measurement", "    return rules->limit && answer->billed >= rules->limit ? MEASURE_LONG_WAY : MEASURE_DONE;\n}\n\n/* The measurement"),
    Mutant("measure.h", "rival->left > answer->left", "rival->left >= answer->left"),
    Mutant("measure.h", "answer->left = candidate->single - units;", "answer->left = 0;"),
    Mutant("measure.h", "rules->physical ? sum->walk.room : answer->left", "answer->left"),
    Mutant("measure.h", "place < rules->rivals_end && place", "place + 1 < rules->rivals_end && place"),
    Mutant("measuring.pxi", "self.searched.singles = self.singles.table", "self.searched.singles = NULL"),
    Mutant("measure.h", "of_first->billed <= answer->billed", "of_first->billed < answer->billed"),
    Mutant("measure.h", "of_first->billed <= answer->billed", "of_first->billed >= answer->billed"),
    Mutant("measure.h", "*end == MEASURE_DONE && answer->billed > 1", "*end == MEASURE_DONE && answer->billed > 2"),
    Mutant("measure.h", "place + 1 < reading->length && character_at", "place + 2 < reading->length && character_at"),
    Mutant("measure.h", "        return '\\n';\n", "        return '\\r';\n"),
    Mutant("measure.h", "sum->deleted |= code == 0;", "sum->deleted |= code == 1;"),
    Mutant("measure.h", "walk_together(&sum->walk, code);", "walk_loose(&sum->walk, code);"),
    Mutant("measure.h", "length -= found + 1 - octets;", "length -= found + 2 - octets;"),
    Mutant("measure.h", "from -= *before * kind;", "from -= (*before + 1) * kind;"),
    Mutant("measure.h", "(const char *)rows->offsets + row * 4, 4", "(const char *)rows->offsets + row * 4, 2"),
    # Scanning, 32 characters at a time.
    Mutant("scan.h", "if (units <= walk->room) {\n            walk->room -= units;\n            return;", "if (units < walk->room) {\n            walk->room -= units;\n            return;"),
    Mutant("scan.h", "if (excess <= 0)", "if (excess <= 1)"),
    Mutant("scan.h", "walk->segments += 1;\n        walk->room = walk->part;\n    }\n}", "walk->segments += 1;\n        walk->room = walk->part - 1;\n    }\n}"),
    Mutant("scan.h", "pairs |= code == 2 ?", "pairs |= code == 3 ?"),
    Mutant("scan.h", "while (!by_plane && length - start >= 32)", "while (!by_plane && length - start >= 31)"),
    Mutant("scan.h", "length >= 32 && units <= candidate->single", "length >= 32 && units <= candidate->single + 1"),
    Mutant("scan.h", "length + candidate->before.units + candidate->mention_units", "length + candidate->before.units"),
    Mutant("scan.h", "length + candidate->before.units + candidate->mention_units", "length + candidate->mention_units"),
    Mutant("scan.h", "(!rules->most || units <= rules->most)", "(!rules->most || units <= rules->most + 1)"),
    Mutant("scan.h", "return length + units > most;", "return length + units >= most;"),
    Mutant("scan.h", "character_at(kind, text, place) > 0xFFFF", "character_at(kind, text, place) > 0x1FFFF"),
    Mutant("scan.h", "} else if (kind == 4 && wide) {", "} else if (kind == 2 && wide) {"),
    # Columns.
    Mutant("rows.h", "HERE(block_from)(octets, 0xC0)", "HERE(block_from)(octets, 0xE0)"),
    Mutant("rows.h", "marks.wide = HERE(block_from)(octets, 0xC4);", "marks.wide = HERE(block_from)(octets, 0xC5);"),
    Mutant("rows.h", "marks.astral = HERE(block_from)(octets, 0xF0);", "marks.astral = HERE(block_from)(octets, 0xF1);"),
    Mutant("rows.h", "if (start && length - start < 32) { /* and end", "if (start) { /* and end"),
    Mutant("columns.h", ">> (row & 7) & 1) {\n                const uint8_t *text", ">> (7 - (row & 7)) & 1) {\n                const uint8_t *text"),
    Mutant("columns.h", ">> (row & 7) & 1) {\n            viewed seen;", ">> (row & 6) & 1) {\n            viewed seen;"),
    Mutant("columns.h", "                        answer.candidate = ROW_CLUSTERS - answer.candidate;", "                        answer.candidate = ROW_CLUSTERS;"),
    Mutant("columns.h", "more > 0 ? more : 0", "more"),
    Mutant("views.h", "length <= VIEW_HOLDS", "length < VIEW_HOLDS"),
    Mutant("views.h", "start > column->sizes[number] - length", "start > column->sizes[number]"),
    Mutant("stretch.h", "end > column->data_length", "end > column->data_length + 1"),
    # The census.
    Mutant("census.h", "(code & CODE_UNITS) - 1", "(code & CODE_UNITS)"),
    Mutant("census.h", "entry->rows_alone += row->distinct == 1;", "entry->rows_alone += row->distinct >= 1;"),
    Mutant("census.h", "const int64_t units = answer->units - excess;", "const int64_t units = answer->units + excess;"),
    Mutant("census.h", "entry->last_row == row->place + 1", "entry->last_row == row->place"),
    Mutant("nearness.h", "if (end - start <= 2) {", "if (end - start <= 3) {"),
    # What Cython writes.
    Mutant("compiled.pyx", "PATH = environ.get(\"SEPTET_KERNEL_PATH\") or PATHS[0]", "PATH = PATHS[0]"),
    Mutant("compiled.pyx", "CUT = CODE_CUT", "CUT = CODE_OUTSIDE"),
    Mutant("compiled.pyx", "if PATH not in PATHS:", "if PATH in ():"),
    Mutant("weighing.pxi", "place == 0 or units > room", "place == 0 or units >= room"),
    Mutant("weighing.pxi", "if budget < 0 or", "if budget <= 0 or"),
    Mutant("weighing.pxi", "[max(capacity, 1), 0, 0]", "[capacity + 1, 0, 0]"),
)  # fmt: skip
