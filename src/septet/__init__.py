"""septet: what an SMS becomes, in how many segments, at what cost, for the vendor that sends it.

>>> import septet
>>> septet.count("Ça y est : -20 % jusqu’à dimanche, 10 € offerts !", profile="smspartner")
1
"""

from __future__ import annotations

from ._kernel import NAME as KERNEL
from ._tables import EDITION as TABLES_EDITION
from .alphabets import Tables
from .codings import Change
from .errors import ProfileError
from .planning import Measure, Planner, count, plan
from .plans import Plan, Segment
from .problems import Problem
from .vendors import Profile, profile, profiles

__version__ = "0.1.0"

__all__ = [
    "KERNEL",
    "TABLES_EDITION",
    "Change",
    "Measure",
    "Plan",
    "Planner",
    "Problem",
    "Profile",
    "ProfileError",
    "Segment",
    "Tables",
    "__version__",
    "count",
    "plan",
    "profile",
    "profiles",
]
