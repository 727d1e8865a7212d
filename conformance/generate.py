"""Writes the conformance suite: cases by arithmetic from the standard, and those of tests/vectors.

    python conformance/generate.py [--check]

The expected figures of the standard's cases are calculated in `arithmetic.py`, from the numbers of the
standard; those of a vendor's cases were typed from the vendor's document. Nothing comes from septet's own
answers.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from arithmetic import standard_cases

HERE = Path(__file__).parent
VECTORS = HERE.parent / "tests" / "vectors"
#: It increases when a case is changed or removed, so that results can be compared; new cases do not change
#: it.
EDITION = 1

#: What a case of a vendor may expect, by its name in the vectors. The other keys are septet's own.
EXPECTED = {
    "encoding": "encoding",
    "units": "units",
    "billed_segments": "segments",
    "text": "shown",
    "remaining": "remaining",
    "truncated": "truncated",
}


def text_of(pieces: Any) -> str:
    """A text, or a list of pieces; a pair is a text and how often it is repeated."""
    if isinstance(pieces, str):
        return pieces
    return "".join(piece if isinstance(piece, str) else piece[0] * piece[1] for piece in pieces)


def vendor_cases(path: Path) -> list[dict[str, Any]]:
    cases = []
    for vector in json.loads(path.read_text(encoding="utf-8")):
        expect = {EXPECTED[name]: value for name, value in vector["expect"].items() if name in EXPECTED}
        if "shown" in expect:
            expect["shown"] = text_of(expect["shown"])
        if not expect:
            continue
        document, _, section = vector["source"].partition(", ")
        cases.append(
            {
                "rule": f"{vector['profile']}: {vector['label']}",
                "document": document,
                "section": section or "the whole of it",
                "text": text_of(vector["text"]),
                "ask": {"vendor": vector["profile"], **vector["options"]},
                "expect": expect,
            }
        )
    return cases


def numbered(part: str, cases: list[dict[str, Any]]) -> str:
    """The lines of one file, in ASCII only: half a surrogate pair can only be written as an escape."""
    lines = []
    for number, case in enumerate(cases, 1):
        lines.append(json.dumps({"edition": EDITION, "id": f"{part}/{number:04}", **case}) + "\n")
    return "".join(lines)


def files() -> dict[Path, str]:
    found = {HERE / "standard.jsonl": numbered("standard", standard_cases())}
    for path in sorted(VECTORS.glob("*.json")):
        if path.stem != "3gpp" and (cases := vendor_cases(path)):
            found[HERE / "vendors" / f"{path.stem}.jsonl"] = numbered(path.stem, cases)
    return found


def main() -> None:
    written = files()
    if "--check" in sys.argv:
        old = [path for path, text in written.items() if not path.exists() or path.read_text("utf-8") != text]
        gone = set((HERE / "vendors").glob("*.jsonl")) - written.keys()
        if old or gone:
            sys.exit("conformance/generate.py was not run: " + ", ".join(p.name for p in [*old, *gone]))
        return
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    print(sum(text.count("\n") for text in written.values()), "cases in", len(written), "files")


if __name__ == "__main__":
    main()
