"""The kernel in Python, the twin of the compiled one: same names, same answers.

Comes in: tables of codes, and texts or columns of octets.
Goes out: units, cuts and counts.
Not its business: alphabets, limits and words.
"""

from __future__ import annotations

from .census import Census
from .characters import Groups, grouped, recoded, runs
from .digits import digits
from .measuring import Candidate, Meter
from .number_sets import NumberSet
from .octets import count_octet, is_utf8, quotes_torn
from .pairs import Pairs
from .weighing import CUT, NAME, OUTSIDE, UNCOUNTED, Weights

__all__ = [
    "CUT",
    "NAME",
    "OUTSIDE",
    "UNCOUNTED",
    "Candidate",
    "Census",
    "Groups",
    "Meter",
    "NumberSet",
    "Pairs",
    "Weights",
    "count_octet",
    "digits",
    "grouped",
    "is_utf8",
    "quotes_torn",
    "recoded",
    "runs",
]
