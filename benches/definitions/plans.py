"""What does a whole plan cost, opt-out mention included, beside a peer that only splits?

`plan` returns what a caller reads first (text, encoding, units, billed segments, mention), and computes the
rest on demand; the last rows ask for more, and finally for everything.
"""

from __future__ import annotations

from corpora import corpus
from report import Bar, Report, Table, nanoseconds
from session import Session
from timing import each, interleaved

import septet
from septet.advice.comparison import compare

TEXTS = ("french", "ascii", "emoji", "mixed", "lines")
PLANNERS = {
    "gsm": septet.Planner(),
    "smsmode, commercial": septet.Planner("smsmode", commercial=True),
    "smspartner, commercial": septet.Planner("smspartner", commercial=True),
}
PEER = "smsutil.split"
PROFILES = [septet.profile(name) for name in septet.profiles()]
COMPARING = "compare, all profiles"


def measure(session: Session) -> Report:
    notes: list[str] = []
    rows: dict[str, list[str]] = {}
    bars = []
    for name in TEXTS:
        texts = corpus(name).texts
        subjects = {}
        try:
            import smsutil

            subjects[PEER] = each("split(text)", texts, split=smsutil.split)
        except ImportError:
            notes = ["smsutil is not installed: plans are compared with nothing"]
        for who, planner in PLANNERS.items():
            subjects[f"plan, {who}"] = each("plan(text)", texts, plan=planner.plan)
        commercial = PLANNERS["smsmode, commercial"].plan
        for code in ("plan(text).ok", "plan(text).segments", "plan(text).to_dict()"):
            subjects[f"{code.replace('(text)', '')}, smsmode, commercial"] = each(
                code, texts, plan=commercial
            )
        subjects[COMPARING] = each("compare(text, profiles, {})", texts, compare=compare, profiles=PROFILES)
        figures = interleaved(subjects, session.rounds, session.seconds)
        for who, figure in figures.items():
            rows.setdefault(who, []).append(nanoseconds(figure))
        times = figures[COMPARING] / len(PROFILES) / figures["plan, gsm"]
        bars.append(Bar(f"compare, a profile, {corpus(name).title}, of a plan", times, 8, at_most=True))
        if name == "french":
            for who in ("smsmode, commercial", "smspartner, commercial"):
                factor = figures[PEER] / figures[f"plan, {who}"] if PEER in figures else None
                what = f"plan, {who}, {corpus(name).title}, faster than {PEER}"
                bars.append(Bar(what, factor, 8))
    header = ["what", *(corpus(name).title for name in TEXTS)]
    table = Table("Plans, ns per text", header, [[who, *cells] for who, cells in rows.items()])
    return Report([table], bars, notes)
