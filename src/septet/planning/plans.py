"""Plans: what will reach the phone, in how many segments, at what cost, and why."""

from __future__ import annotations

from .composed import Composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, timedelta
    from decimal import Decimal
    from typing import Any

    from septet.pdus.pdu import Pdu
    from septet.pdus.references import References
    from septet.pdus.short_messages import ShortMessage
    from septet.pdus.user_data import UserData
    from septet.wording.problems import Problem

    from .terms import Terms


class Plan(Composed):
    """A message as one vendor will send it. Made by `septet.plan`; read-only, equal by value.

    `Composed` has the message itself; here are the judgements on it, and its other forms.
    """

    __slots__ = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the sender must know before sending."""
        if self._problems is None:
            self._problems = _diagnose(self)
        return self._problems

    @property
    def ok(self) -> bool:
        """Whether no problem is an error."""
        # For almost every text it is clear at once.
        if (
            0 < self._billed_segments <= self.terms.surely_allowed
            and self.has_few_characters
            and (
                self.coding.surely_takes(self._original)
                if self.rendering is None
                else self.rendering.is_taken
            )
        ):
            return self._optout_status != "missing"
        return not _has_error(self)

    @property
    def intact(self) -> bool:
        """Whether the phone shows the text as written, apart from what is added around it.

        Line breaks may be written otherwise, and placeholders are replaced as the vendor says. `ok` may be
        True where this is False: ``ça va``, sent as ``?a va``, only has a warning.
        """
        from septet.gsm.characters import holds_invalid

        return not holds_invalid(self._original) and all(
            change.reason in ("line-break", "placeholder") for change in self.changes
        )

    def raise_for_problems(self, warnings: bool = False) -> None:
        """Raises `RejectedMessage`, which lists every problem, if one of them is an error.

        With `warnings` also when one is a warning; a notice only informs.
        """
        from .rejection import RejectedMessage, warn

        if not self.ok or (warnings and warn(self.problems)):
            raise RejectedMessage(self.profile, self.problems)

    def cost(self, price: Decimal | int | str | float) -> Decimal:
        """The exact cost of the billed segments at a price each; a float counts by its repr.

        Raises ValueError for a price that is not a finite number of zero or more, TypeError for
        one of another type.
        """
        from .pricing import price_per_segment, times

        return times(price_per_segment(price), self._billed_segments)

    def user_data(
        self, reference: int | References | None = None, wide_reference: bool = False
    ) -> tuple[UserData, ...]:
        """The octets of each segment, with the fields of a PDU or of SMPP that go with them.

        `reference` numbers the message (0 to 255, or to 65535 with `wide_reference`, TS 23.040,
        9.2.3.24.8) and is needed for several segments; `References` give them. A text that shows
        nothing has one part of length 0. Raises ValueError for a character without a septet, and
        where a wide reference would take more segments.
        """
        from .octets import user_data_of

        return user_data_of(self, reference, wide_reference)

    def submit_pdus(
        self,
        recipient: str,
        *,
        reference: int | References | None = None,
        smsc: str | None = None,
        validity: timedelta | datetime | None = None,
        status_report: bool = False,
        message_class: int | None = None,
    ) -> tuple[Pdu, ...]:
        """An SMS-SUBMIT for each segment, as a modem takes it: `hex` after ``AT+CMGS=`` and `length`.

        `recipient` and `smsc` are numbers, international with a +; without `smsc` the SIM card's own
        is used. `reference` is as for `user_data`; one above 255 takes 16 bits. `validity` is a span of
        time that the relative form can express, or an aware time (TS 23.040, 9.2.3.12); `message_class` 0 is
        shown at once and not kept (TS 23.038, clause 4). Raises ValueError as `user_data` does, and for
        what cannot be written; TypeError for a wrong type.
        """
        from .octets import submit_pdus

        return submit_pdus(
            self,
            recipient,
            reference,
            smsc=smsc,
            validity=validity,
            status_report=status_report,
            message_class=message_class,
        )

    def short_messages(
        self, *, reference: int | References | None = None, way: str = "udh"
    ) -> tuple[ShortMessage, ...]:
        """The fields of submit_sm for each segment: `ShortMessage.fields`.

        `way` is ``"udh"``: a header in each short_message; ``"sar"``: the three ``sar_`` parameters, of
        which the centre makes the header; or ``"payload"``: all of it in one message_payload, which the
        centre cuts. `reference` is as for `user_data`; one above 255 takes a header of 16 bits. Raises
        ValueError as `user_data` does, and where the content of a header cannot go that way.
        """
        from .octets import short_messages

        return short_messages(self, reference, way)

    def to_dict(self, places: str = "code-points", lang: str = "en") -> dict[str, Any]:
        """The whole plan in plain JSON types.

        `places` is what each `start` and `end` counts: ``"code-points"``, as Python does, or
        ``"utf-16"`` code units, as JavaScript, Java and C# do. `lang` is the language of the messages,
        ``"en"`` or ``"fr"``. Raises ValueError for another value.
        """
        if lang != "en":
            # Loaded late, as those below: the first text to count does not need it.
            from septet.wording.languages import check_language

            check_language(lang)
        original, text, tables = self._original, self.text, self.coding.tables
        segments = [
            {"text": part, "units": units, "capacity": capacity, "start": start, "end": end}
            for part, units, capacity, start, end in self.segments
        ]
        changes = [change.to_dict() for change in self.changes]
        problems = [problem.to_dict(lang) for problem in self.problems]
        if places != "code-points":
            from septet.wording.places import placing

            in_text, in_original = placing(text, places), placing(original, places)
            segments = list(map(in_text, segments))
            changes, problems = list(map(in_original, changes)), list(map(in_original, problems))
        return {
            "profile": self.profile,
            "original": original,
            "text": text,
            "encoding": self.coding.encoding,
            "tables": {"locking": tables.locking, "single": tables.single},
            "units": self._units,
            "billed_segments": self._billed_segments,
            "remaining": self.remaining,
            "excess_units": self.excess_units,
            "segments": segments,
            "changes": changes,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "optout": self._optout,
            "optout_status": self._optout_status,
            "truncated": self.truncated,
            "problems": problems,
            "ok": self.ok,
        }

    def in_short(self, lang: str) -> dict[str, Any]:
        """All that differs between the plans of one text, in plain JSON types, but the segments."""
        settings, sent = self.terms.settings, self.sent
        prefix, suffix = (settings.prefix, settings.suffix) if sent else ("", "")
        changes, problems = self.changes, self.problems
        return {
            "profile": self.terms.profile.name,
            "encoding": self.coding.encoding,
            "units": self._units,
            "billed_segments": self._billed_segments,
            "remaining": self.remaining,
            "text": prefix + sent + suffix + self._optout,
            "changes": [change.to_dict() for change in changes] if changes else [],
            "prefix": prefix,
            "suffix": suffix,
            "optout": self._optout,
            "optout_status": self._optout_status,
            "truncated": self.truncated,
            "problems": [problem.to_dict(lang) for problem in problems] if problems else [],
        }

    def drawing(self, lang: str = "en", places: str = "code-points") -> dict[str, Any]:
        """The plan as people read it, for any screen, in plain JSON types: ``septet.schema("drawing")``.

        It has the segments as runs with their marks, a legend of the marks, sentences on what there is
        to know, the figures in words, a verdict and the opt-out mention. `lang` and `places` are as
        in `to_dict`. Raises ValueError for another value.
        """
        return _draw(self, self.problems, lang, places)

    def _repr_html_(self) -> str:
        """What a notebook shows of the plan."""
        from .drawing.notebook import notebook

        return notebook(self.drawing())

    def __repr__(self) -> str:
        units, billed = self.units, self.billed_segments
        figures = (
            f"{units} unit{'' if units == 1 else 's'}, {billed} billed segment{'' if billed == 1 else 's'}"
        )
        verdict = "ok" if self.ok else "not ok: " + ", ".join(_errors(self.problems))
        text = self.text if len(self.text) <= _SHOWN else self.text[:_SHOWN] + "…"
        return f"<septet.Plan {self.profile}: {self.encoding}, {figures}, {verdict}, {text!r}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Plan):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.profile, self._original, self.encoding, self._units, self._billed_segments))

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.terms, self._original)


# So many characters are enough to recognise a text.
_SHOWN = 60


def _errors(problems: Iterable[Problem]) -> list[str]:
    return list(dict.fromkeys(problem.code for problem in problems if problem.severity == "error"))


def _again(terms: Terms, original: str) -> Plan:
    from .composition import composed

    return composed(Plan, terms, original)


def _load_and_diagnose(composed: Composed) -> tuple[Problem, ...]:
    """Loads the search for problems on the first call, and replaces itself with it."""
    global _diagnose
    from .diagnosis import diagnose

    _diagnose = diagnose
    return diagnose(composed)


def _load_and_judge(composed: Composed) -> bool:
    """The same for the check whether one of them is an error."""
    global _has_error
    from .verdict import has_error

    _has_error = has_error
    return has_error(composed)


def _load_and_draw(*known: Any) -> dict[str, Any]:
    """The same for the drawing."""
    global _draw
    from .drawing.drawings import drawing

    _draw = drawing
    return drawing(*known)


_diagnose: Callable[[Composed], tuple[Problem, ...]] = _load_and_diagnose
_has_error: Callable[[Composed], bool] = _load_and_judge
_draw: Callable[..., dict[str, Any]] = _load_and_draw
