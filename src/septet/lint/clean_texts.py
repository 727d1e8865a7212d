"""Clean texts: those of which no rule has anything to say, told at once; most texts are such."""

from __future__ import annotations

from septet.advice.held import lengthened_by
from septet.planning.blemishes import may_be_blemished
from septet.planning.misreadings import may_be_misread
from septet.planning.planner import Planner
from septet.templates.pieces import Field

from .configs import Config
from .counting import Count, Counter
from .placeholders.messages import Message
from .samples import VALUE
from .signs import other_than


class CleanTexts:
    """What is clean for one planner. In doubt a text is not: the rules look at it then."""

    def __init__(self, planner: Planner, counter: Counter, config: Config) -> None:
        self._counter = counter
        profile, settings, terms = planner.profile, planner.settings, planner.terms
        carried = profile.alphabet.single.union(profile.alphabet.double)
        # Of these the vendor replaces none, and none could be written otherwise.
        self._noted = other_than(carried - lengthened_by(profile) - frozenset(profile.substitutions))
        rooms = [coding.free(1, 0) for coding in planner.codings if coding.encoding == "gsm7"]
        #: So many units a segment may have before few are left; below 0 where every text is looked at.
        self._most = -1
        if rooms and not (
            terms.languages or settings.mention or settings.prefix or settings.suffix or terms.placeholders
        ):
            self._most = min(rooms) - config.option("near-the-edge", "characters")

    def holds(self, text: str, message: Message, count: Count) -> bool:
        """Whether nothing is to be said of a text that is sent, and of what it makes."""
        measure = count.measure
        if (
            measure is None
            or not 0 < measure.units <= self._most
            or measure.encoding != "gsm7"
            or count.segments.most != 1
            or self._noted.search(text) is not None
            or text[0].isspace()
            or text[-1].isspace()
            or message.flaws
            or len(message.variants) != 1
            or self._counter.unbounded(message.variants[0].fields)
        ):
            return False
        sample = "".join([VALUE if isinstance(piece, Field) else piece for piece in count.pieces])
        return (
            not may_be_blemished(sample)
            and not may_be_misread(sample)
            # What is only filled in is no message of its own.
            and any(not (isinstance(piece, Field) or piece.isspace()) for piece in count.pieces)
        )
