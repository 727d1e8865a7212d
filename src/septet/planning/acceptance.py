"""Acceptance: which texts a form, a model or an interface takes, and why it refuses the others.

The validators for Pydantic and for Django share it; it knows neither.
"""

from __future__ import annotations

from septet.errors import OptionError, shown

from .planner import Planner

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from typing_extensions import Unpack

    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    from .option_types import Options
    from .plans import Plan

#: How many problems of one code are shown to someone who filled in a form or called an interface:
#: a long text can have hundreds of thousands, each with its own sentence.
MOST_OF_A_CODE = 10


class Acceptance:
    """Whether a text is taken: its plan has no errors and, with `refuse_warnings`, no warnings.

    Takes the options of `septet.plan`, with the same errors, when it is made; the planner is
    compiled then, and can be used by itself as `planner`.
    """

    __slots__ = ("planner", "refuse_warnings")

    def __init__(
        self,
        profile: str | os.PathLike[str] | Profile = "gsm",
        *,
        refuse_warnings: bool = False,
        **options: Unpack[Options],
    ) -> None:
        if not isinstance(refuse_warnings, bool):
            message = f"refuse_warnings: expected True or False, found {shown(refuse_warnings)}"
            raise OptionError(message, "refuse_warnings", (False, True))
        self.refuse_warnings = refuse_warnings
        self.planner = Planner(profile, **options)

    def _refused(self, plan: Plan) -> list[Problem]:
        """The problems that a text is refused for; empty where it is taken.

        Errors come first; only the first few problems of each code are reported.
        """
        told: list[Problem] = []
        of_a_code: dict[str, int] = {}
        for problem in plan.problems:
            if problem.severity == "error" or (self.refuse_warnings and problem.warns):
                of_a_code[problem.code] = of_a_code.get(problem.code, 0) + 1
                if of_a_code[problem.code] <= MOST_OF_A_CODE:
                    told.append(problem)
        return sorted(told, key=lambda problem: problem.severity != "error")
