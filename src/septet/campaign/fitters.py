"""Fitters: cut fields in rows of a template that take more segments than they have to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.errors import OptionError, shown
from septet.planning.planner import Planner
from septet.templates.ladders import Ladder

if TYPE_CHECKING:
    import pyarrow as pa

    from septet.templates.templates import Template

#: The fields that may be cut, in their order, each with the fewest characters to keep.
Fields = tuple[tuple[str, int], ...]


class Fit(NamedTuple):
    """What of a template may be cut so that a row takes fewer segments."""

    fields: Fields
    mark: str

    @classmethod
    def of(cls, fields: object, mark: object, template: Template | None) -> Fit | None:
        """The fields that were given; None for none. Raises OptionError where the template has no such
        field."""
        if fields is None:
            if mark is not None:
                raise OptionError("fit_mark: expected fit beside it", "fit_mark", "fit beside it")
            return None
        if template is None:
            message = "fit: it cuts the fields of a template: give template as well"
            raise OptionError(message, "fit", "template beside it")
        if isinstance(fields, str):
            fields = (fields,)
        if not isinstance(fields, (Sequence, Mapping)):
            raise OptionError(f"fit: expected fields of the template, found {shown(fields)}", "fit", ())
        least = fields if isinstance(fields, Mapping) else dict.fromkeys(fields, 1)
        found = cls(tuple(least.items()), "" if mark is None else mark)  # type: ignore[arg-type]
        try:
            found.ladder(template, Planner())
        except OptionError as error:
            words = str(error).partition(": ")[2]
            name = "fit_mark" if error.option == "mark" else "fit"
            raise OptionError(f"{name}: {words}", name, error.expected) from None
        return found

    def ladder(self, template: Template, planner: Planner) -> Ladder:
        """The fitter of the rows of a template."""
        return Ladder(
            template.pieces,
            planner,
            max_segments=planner.settings.limit,
            shrink=tuple(name for name, _ in self.fields),
            least=dict(self.fields),
            mark=self.mark,
        )


class Fitter:
    """Cuts fields of the rows of one template."""

    def __init__(self, fit: Fit, template: Template) -> None:
        self._fit = fit
        self._template = template
        self._ladders: dict[Planner, Ladder] = {}

    def fitted(
        self,
        texts: pa.Array,
        values: Mapping[str, pa.Array],
        planner_of: Callable[[int], Planner],
        counts: dict[Any, int],
    ) -> pa.Array:
        """The texts of a batch of rows, cut where they take several segments and can take fewer."""
        import pyarrow as pa

        written: list[Any] | None = None
        for row, text in enumerate(texts.to_pylist()):
            if text is None:
                continue
            text = _text(text)
            planner = planner_of(row)
            if planner.count(text) < 2:
                continue
            ladder = self._ladders.get(planner)
            if ladder is None:
                ladder = self._ladders[planner] = self._fit.ladder(self._template, planner)
            fitted = ladder.fitted({name: _text(column[row].as_py()) for name, column in values.items()})
            if not fitted.cut:
                continue
            counts["fitted",] += 1
            for name, characters in fitted.cut.items():
                counts["fitted-rows", name] += 1
                counts["fitted-characters", name] += characters
            if written is None:
                written = texts.to_pylist()
            written[row] = fitted.plan.original
            if pa.types.is_large_binary(texts.type):
                written[row] = written[row].encode("utf-8")
        return texts if written is None else pa.array(written, texts.type)


def _text(value: str | bytes) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
