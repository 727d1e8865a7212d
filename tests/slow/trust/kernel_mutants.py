"""Mutants of the compiled kernel, written by hand: signs, bounds, weights. All of them must be noticed.

    python tests/slow/trust/kernel_mutants.py [--only N] [--minutes M] [--record]

Each is built in a copy of the kernel and asked the random questions of tests/oracle/kernel_texts.py, whose
answers must be those of the twin in Python; what passes them goes through tests/kernel. The portable form alone
is built: what the mutants change is the same for every instruction set. Takes a good while, so that it is run by
hand, and recorded in tests/record/kernel-mutants.jsonl.
"""

# ruff: noqa: E501

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from records import ROOT, recorded

KERNEL = ROOT / "src" / "septet" / "_kernel"
MODULE = "compiled" + sysconfig.get_config_var("EXT_SUFFIX")
MACROS = ("-DCYTHON_USE_MODULE_STATE=1", "-DCYTHON_USE_TYPE_SPECS=1")
SEED, SECONDS = "27", "2"
#: In blocks.h, before what only some processors have.
BY_PROCESSOR = ("#if defined(__x86_64__) || defined(_M_X64)", "#if (defined(__aarch64__)")


class Mutant(NamedTuple):
    """A text that is once in a file, and its replacement."""

    file: str
    old: str
    new: str


MUTANTS = (
    # Weights: which character weighs what.
    Mutant("weights.h", "code < CODE_CUT && code >= 2", "code < CODE_CUT && code > 2"),
    Mutant("weights.h", "code < CODE_CUT && code >= 2", "code >= 2"),
    Mutant("weights.h", "(1u << (octet >> 4 & 7))", "(1u << (octet >> 4 & 3))"),
    Mutant("weights.h", "octet < 0x80 ? set->low : set->high", "octet <= 0x80 ? set->low : set->high"),
    Mutant("weights.h", "memset(weights->pages + 2 * 256, astral, 256)", "memset(weights->pages + 2 * 256, by_default, 256)"),
    Mutant("weights.h", "page < 0x100 ? 1 : 2", "page <= 0x100 ? 1 : 2"),
    Mutant("weights.h", "by_default == 1 && astral == 2", "by_default == 1"),
    Mutant("weights.h", "by_default == 1 && astral == 2", "astral == 2"),
    Mutant("weights.h", "weights->wide_by_plane = 0;", ";"),
    Mutant("weights.h", "if (character > 0xFF && code", "if (character >= 0xFF && code"),
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
    Mutant("segments.h", "walk_loose(walk, 1); /* shown", "walk_loose(walk, 2); /* shown"),
    # UTF-8.
    Mutant("utf8.h", "lead < 0xC2 || left < 2", "lead < 0xC0 || left < 2"),
    Mutant("utf8.h", "(lead & 0x1F) << 6", "(lead & 0x0F) << 6"),
    Mutant("utf8.h", "(lead & 0x0F) << 12 | SIX_BITS(1) << 6", "(lead & 0x0F) << 12 | SIX_BITS(1) << 5"),
    Mutant("utf8.h", "UTF8_TOO_SHORT | UTF8_OVERLONG_2,\n    UTF8_TOO_SHORT,", "UTF8_TOO_SHORT,\n    UTF8_TOO_SHORT,"),
    Mutant("utf8.h", "UTF8_TOO_SHORT | UTF8_OVERLONG_3 | UTF8_SURROGATE", "UTF8_TOO_SHORT | UTF8_OVERLONG_3"),
    Mutant("utf8.h", "UTF8_TOO_SHORT | UTF8_TOO_LARGE | UTF8_OVERLONG_4,\n};", "UTF8_TOO_SHORT | UTF8_OVERLONG_4,\n};"),
    Mutant("utf8.h", "UTF8_CONTINUES | UTF8_OVERLONG_3 | UTF8_OVERLONG_4", "UTF8_CONTINUES | UTF8_OVERLONG_3"),
    # Masks.
    Mutant("masks.h", "0xFFFFFFFFu >> (32 - count)", "0xFFFFFFFFu >> (31 - count)"),
    Mutant("masks.h", "0x01010101u >> 24", "0x01010101u >> 25"),
    Mutant("masks.h", "(mask >> lowest_place(places) & 1) << i", "(mask >> lowest_place(places) & 1) << (i & 15)"),
    # Measuring: what a tally comes to.
    Mutant("measure.h", "sum->units == 0 || (candidate", "(candidate"),
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
    Mutant("measure.h", "of_first->billed <= answer->billed", "of_first->billed < answer->billed"),
    Mutant("measure.h", "of_first->billed <= answer->billed", "of_first->billed >= answer->billed"),
    Mutant("measure.h", "*end == MEASURE_DONE && answer->billed > 1", "*end == MEASURE_DONE && answer->billed > 2"),
    Mutant("measure.h", "place + 1 < reading->length && character_at", "place + 2 < reading->length && character_at"),
    Mutant("measure.h", "        return '\\n';\n", "        return '\\r';\n"),
    Mutant("measure.h", "sum->deleted |= code == 0;", "sum->deleted |= code == 1;"),
    Mutant("measure.h", "walk_together(&sum->walk, code);", "walk_loose(&sum->walk, code);"),
    Mutant("measure.h", "length -= found + 1 - octets;", "length -= found + 2 - octets;"),
    Mutant("measure.h", "*before = 32 - *count;", "*before = 31 - *count;"),
    Mutant("measure.h", "(const char *)rows->offsets + row * 4, 4", "(const char *)rows->offsets + row * 4, 2"),
    # Scanning, 32 characters at a time.
    Mutant("scan.h", "if (units <= walk->room) {\n            walk->room -= units;\n            return;", "if (units < walk->room) {\n            walk->room -= units;\n            return;"),
    Mutant("scan.h", "if (excess <= 0)", "if (excess <= 1)"),
    Mutant("scan.h", "walk->segments += 1;\n        walk->room = walk->part;\n    }\n}", "walk->segments += 1;\n        walk->room = walk->part - 1;\n    }\n}"),
    Mutant("scan.h", "pairs |= code == 2 ?", "pairs |= code == 3 ?"),
    Mutant("scan.h", "while (!by_plane && length - start >= 32)", "while (!by_plane && length - start >= 31)"),
    Mutant("scan.h", "length >= 32 && length + candidate->mention_units <= candidate->single", "length >= 32 && length + candidate->mention_units <= candidate->single + 1"),
    Mutant("scan.h", "answer->units = length + candidate->mention_units;", "answer->units = length;"),
    Mutant("scan.h", "return length + units > most;", "return length + units >= most;"),
    Mutant("scan.h", "character_at(kind, text, place) > 0xFFFF", "character_at(kind, text, place) > 0x1FFFF"),
    Mutant("scan.h", "} else if (kind == 4 && wide) {", "} else if (kind == 2 && wide) {"),
    # Columns.
    Mutant("columns.h", "marks.wide = HERE(block_from)(block, 0xC4);", "marks.wide = HERE(block_from)(block, 0xC5);"),
    Mutant("columns.h", "marks.astral = HERE(block_from)(block, 0xF0);", "marks.astral = HERE(block_from)(block, 0xF1);"),
    Mutant("columns.h", "if (start && length - start < 32) { /* and end", "if (length - start < 32) { /* and end"),
    Mutant("columns.h", ">> (row & 7) & 1) {\n                const uint8_t *text", ">> (7 - (row & 7)) & 1) {\n                const uint8_t *text"),
    Mutant("columns.h", ">> (row & 7) & 1) {\n            viewed seen;", ">> (row & 6) & 1) {\n            viewed seen;"),
    Mutant("columns.h", "                        answer.candidate = ROW_CLUSTERS - answer.candidate;", "                        answer.candidate = ROW_CLUSTERS;"),
    Mutant("columns.h", "more > 0 ? more : 0", "more"),
    Mutant("columns.h", "if (end < start || end > rows.end)", "if (end > rows.end)"),
    Mutant("views.h", "length <= VIEW_HOLDS", "length < VIEW_HOLDS"),
    Mutant("views.h", "start > column->sizes[number] - length", "start > column->sizes[number]"),
    Mutant("stretch.h", "rows->end < 0 || end < rows->end || end", "end"),
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
    Mutant("weighing.pxi", "1 if code == CODE_OUTSIDE else code & CODE_UNITS", "code & CODE_UNITS"),
    Mutant("weighing.pxi", "place == 0 or units > room", "place == 0 or units >= room"),
    Mutant("weighing.pxi", "room = max(capacity, units)", "room = capacity"),
    Mutant("weighing.pxi", "if budget < 0:", "if budget <= 0:"),
    Mutant("weighing.pxi", "[max(capacity, 1), 0, 0]", "[capacity + 1, 0, 0]"),
)  # fmt: skip


def built(folder: Path, changed: str) -> bool:
    """Builds the kernel of a folder; without optimising, which takes the compiler a tenth of the time."""
    if changed.endswith((".pyx", ".pxi")) or not (folder / "compiled.c").exists():
        cython = [sys.executable, "-m", "cython", "-3", "-o", "compiled.c", "compiled.pyx"]
        if subprocess.run(cython, cwd=folder, capture_output=True, check=False).returncode:
            return False
    compiler = [*os.environ.get("CC", "cc").split(), "-O0", "-w", "-shared", "-fPIC", *MACROS]
    include = f"-I{sysconfig.get_path('include')}"
    build = [*compiler, include, "compiled.c", "-o", MODULE]
    return subprocess.run(build, cwd=folder, capture_output=True, check=False).returncode == 0


def passes(copy: Path) -> bool:
    """Whether the kernel answers everything as its twin, by random questions and by its tests."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    questions = [str(ROOT / "tests" / "oracle" / "kernel_texts.py"), "--seconds", SECONDS, "--seed", SEED]
    tests = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(ROOT / "tests" / "kernel")]
    for command in (questions, tests):
        done = subprocess.run(
            [sys.executable, "-B", *command], cwd=ROOT, env=environment, capture_output=True, check=False
        )
        if done.returncode:
            return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description="Try written mutants of the compiled kernel.")
    parser.add_argument("--only", type=int, help="the mutant of this number")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop when they are over")
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    # Of each file some come early, where there is no time for all.
    mixed = random.Random(SEED).sample(MUTANTS, len(MUTANTS))
    chosen = mixed if asked.only is None else MUTANTS[asked.only : asked.only + 1]
    survivors, killed, end = [], 0, time.monotonic() + asked.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        package = copy / "septet"
        shutil.copytree(
            KERNEL.parent, package, ignore=shutil.ignore_patterns("__pycache__", "*.so", "compiled.c")
        )
        kernel = package / "_kernel"
        blocks = (kernel / "blocks.h").read_text("utf-8")
        for line in BY_PROCESSOR:
            blocks = blocks.replace(line, line.replace("#if ", "#if 0 && ", 1), 1)
        (kernel / "blocks.h").write_text(blocks, "utf-8")
        if not built(kernel, "compiled.pyx") or not passes(copy):
            sys.exit("the kernel itself does not build, or does not pass")
        for mutant in chosen:
            if time.monotonic() > end:
                break
            path = kernel / mutant.file
            source = path.read_text("utf-8")
            if source.count(mutant.old) != 1:
                sys.exit(
                    f"{mutant.file}: expected {mutant.old!r} once, found it {source.count(mutant.old)} times"
                )
            path.write_text(source.replace(mutant.old, mutant.new), "utf-8")
            if not built(kernel, mutant.file):
                sys.exit(f"{mutant} does not compile: it says nothing")
            if passes(copy):
                survivors.append(mutant)
                print("survived:", mutant, flush=True)
            else:
                killed += 1
                print("killed:", mutant.file, mutant.old.split("\n")[0].strip(), flush=True)
            path.write_text(source, "utf-8")
            if mutant.file.endswith((".pyx", ".pxi")):
                (kernel / "compiled.c").unlink()
    tried = killed + len(survivors)
    print(f"{tried} mutants of the kernel, {killed} killed")
    if asked.record:
        left = [" ".join(f"{m.file}: {m.old} -> {m.new}".split()) for m in survivors]
        recorded(
            "kernel-mutants", {"written": len(MUTANTS), "mutants": tried, "killed": killed, "survived": left}
        )
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
