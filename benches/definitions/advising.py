"""What does advice about a text cost, all steps, beside a plan of the same text?

The text is that of docs/advice.md, and the best advice is compared with the page's. The same text repeated
many times shows whether the work is linear.
"""

from __future__ import annotations

from report import Bar, Report, Table, nanoseconds, ratio
from session import Session
from timing import interleaved, statement

import septet

TEXT = "Soldes d’été : -20 % sur tout ce week-end… Votre reçu en caisse vaut 5 € de remise !"
BEST = "typography+cedilla"
#: How many times the text is repeated.
LONGER = 16


def measure(session: Session) -> Report:
    best = septet.advise(TEXT)[0]
    if (best.kind, best.billed_segments, best.saves) != (BEST, 1, 1):
        raise ValueError(f"not the advice of the README: {best}")
    planner = septet.Planner()
    texts = {"the README's text": TEXT, f"{LONGER} times that": " ".join([TEXT] * LONGER)}
    subjects = {}
    for title, text in texts.items():
        subjects[f"plan, {title}"] = statement("plan(text)", plan=planner.plan, text=text)
        subjects[f"advise, {title}"] = statement("advise(text)", advise=septet.advise, text=text)
    figures = interleaved(subjects, session.rounds, session.seconds)
    plan, advice, _, longer = figures.values()
    rows = [[what, nanoseconds(figure), ratio(figure / plan)] for what, figure in figures.items()]
    bars = [
        Bar("advise, the README's text, of a plan", advice / plan, 600, at_most=True),
        # A little more than the length is allowed, for steps that find more to do.
        Bar(f"advise, {LONGER} times the text, of once", longer / advice, 2 * LONGER, at_most=True),
    ]
    return Report([Table("Advice, ns", ["what", "ns", "of a plan"], rows)], bars)
