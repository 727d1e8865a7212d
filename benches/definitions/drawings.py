"""What does a drawing cost, in either language, beside `to_dict` of the same plan?

A drawing holds everything that people read of a plan; a page may need one at every key. Each is checked
first: its runs form the plan's text, and their units add up to the plan's.
"""

from __future__ import annotations

from corpora import corpus
from report import Bar, Report, Table, nanoseconds
from session import Session
from timing import each, interleaved

import septet

TEXTS = ("french", "ascii", "emoji", "cyrillic")
PLANNERS = {
    "gsm": septet.Planner(),
    "smsmode, commercial": septet.Planner("smsmode", commercial=True),
}
CODE = ("plan(text).to_dict()", "plan(text).drawing()", "plan(text).drawing('fr')")


def checked(planner: septet.Planner, texts: tuple[str, ...]) -> None:
    """Raises ValueError if a drawing does not match its plan."""
    for text in texts:
        plan = planner.plan(text)
        for lang in ("en", "fr"):
            runs = [run for segment in plan.drawing(lang)["segments"] for run in segment["runs"]]
            if (
                "".join(run["text"] for run in runs) != plan.text
                or sum(run["units"] for run in runs) != plan.units
            ):
                raise ValueError(f"{planner.profile.name}: not a drawing of {text!r}")


def measure(session: Session) -> Report:
    rows: dict[str, list[str]] = {}
    bars = []
    for name in TEXTS:
        texts = corpus(name).texts
        for who, planner in PLANNERS.items():
            checked(planner, tuple(texts))
            subjects = {code: each(code, texts, plan=planner.plan) for code in CODE}
            taken = interleaved(subjects, session.rounds, session.seconds)
            for code in CODE:
                rows.setdefault(f"{code.replace('(text)', '')}, {who}", []).append(nanoseconds(taken[code]))
            factor = max(taken[code] for code in CODE[1:]) / taken[CODE[0]]
            bars.append(Bar(f"drawing, {who}, {corpus(name).title}, of to_dict", factor, 5, at_most=True))
    header = ["what", *(corpus(name).title for name in TEXTS)]
    return Report(
        [Table("Drawings, ns per text", header, [[who, *cells] for who, cells in rows.items()])], bars
    )
