"""Templates: one text for a whole campaign, with fields for columns of the file.

``{prenom}`` means the column `prenom`, ``{{`` and ``}}`` mean braces; a vendor's own merge fields
(``%%name%%``) mean the columns that its profile names. A row without a value for a field has no
text: a field is never filled with an empty string.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.errors import CampaignError, OptionError
from septet.files.column_names import places_of, several_named
from septet.planning.merge_tags import MergeTag, tags_in
from septet.vendors.profiles import profile as find_profile
from septet.wording.extras import Needed
from septet.wording.quoting import nearest, printable

from .pieces import Field, Pieces, fields_of, pieces_of
from .written_values import written as written_column

if TYPE_CHECKING:
    import os

    from septet.planning.planner import Planner
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile

    from .bounds import Bounds


class MissingFields(ValueError):  # noqa: N818 (said of a row, which is refused)
    """A row has no value for some fields of a template; `fields` names them."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(fields)
        self.fields = fields

    def __str__(self) -> str:
        named = ", ".join(printable(field) for field in self.fields)
        return f"no value for the field{'s' if len(self.fields) > 1 else ''} {named}"


class Rendering(NamedTuple):
    """The texts of a batch of rows, and the rows that have none because a field is missing."""

    #: A pyarrow array of texts: `large_string`, or `large_binary` if a column came as octets.
    texts: Any
    #: A pyarrow array of booleans; where it is true, the text is null. None if all rows have a text.
    missing: Any | None


class Template:
    """A text with fields. Immutable, equal if the text and the merge fields are the same.

    `profile` is the vendor whose merge fields count, if any. Raises ValueError, with the place, for
    braces that do not pair and for anything but a plain name between them.
    """

    __slots__ = ("_merge_fields", "_named", "pieces", "source")

    def __init__(self, source: str, profile: str | os.PathLike[str] | Profile | None = None) -> None:
        if not isinstance(source, str):
            raise TypeError(f"template: expected a str, found {type(source).__name__}")
        #: The template as it was written.
        self.source = source
        for place, character in enumerate(source):
            if "\ud800" <= character <= "\udfff":
                message = (
                    f"template: character {place + 1}: expected text, found a surrogate without its pair"
                )
                raise OptionError(message, "template", "text")
        # Texts of merge tags that name a column but are not read as fields.
        self._named: frozenset[str] = frozenset()
        rows = [] if profile is None else find_profile(profile).rule("merge_fields")
        self._merge_fields = tuple((row["text"], row["field"]) for row in rows)
        #: The template in its order: `Literal` and `Field`, no two literals side by side.
        self.pieces: Pieces = pieces_of(source, dict(self._merge_fields))

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that the template needs, in the order of their first use."""
        return fields_of(self.pieces)

    def reading(self, columns: Sequence[str], dialects: Sequence[str] | None = None) -> Template:
        """The template with the merge tags of other tools as fields, if they name one of these columns.

        With `dialects`, all tags of these dialects are fields, and no others.
        """
        own = dict(self._merge_fields)
        named: set[str] = set()
        for tag in tags_in(self.source):
            places = next((found for name in tag.names if (found := places_of(name, columns))), [])
            wanted = dialects is not None and tag.dialect.name in dialects
            if tag.text in own or not (places or wanted):
                continue
            if dialects is None or wanted:
                own[tag.text] = columns[places[0]] if len(places) == 1 else tag.names[-1]
            else:
                named.add(tag.text)
        if own == dict(self._merge_fields) and named == self._named:
            return self
        return _restore(self.source, tuple(own.items()), frozenset(named))

    @property
    def tags(self) -> tuple[tuple[MergeTag, str | None], ...]:
        """The merge tags of other tools, each with its column; None if it is sent unchanged."""
        own = dict(self._merge_fields)
        found: dict[str, tuple[MergeTag, str | None]] = {}
        for tag in tags_in(self.source):
            if tag.text in own or tag.text in self._named or not tag.dialect.ambiguous:
                found[tag.text] = tag, own.get(tag.text)
        return tuple(found.values())

    def too_long(self, values: Mapping[str, Any]) -> dict[tuple[str, int], Any]:
        """For each field with a limit by its tag: which rows have more characters, as booleans.

        `values` are those of `Template.values`.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        limits = {column: tag.dialect.longest for tag, column in self.tags if column and tag.dialect.longest}
        found = {}
        for field, longest in limits.items():
            texts = values[field]
            if (pc.max(pc.binary_length(texts)).as_py() or 0) > longest:
                found[field, longest] = _longer_than(pa, texts, longest)
        return found

    @classmethod
    def of(
        cls, template: str | Template, profile: str | os.PathLike[str] | Profile | None = None
    ) -> Template:
        """A template itself, or the template of a text."""
        return template if isinstance(template, Template) else cls(template, profile)

    def check(self, columns: Collection[str], where: str = "template") -> None:
        """Raises CampaignError, with the nearest name, for a field that is not one of these columns."""
        names = list(columns)
        for field in self.fields:
            found = places_of(field, names)
            if len(found) > 1 and names[found[0]] == field:
                raise CampaignError(f"{where}: {len(found)} columns are named {printable(field)!r}")
            if len(found) > 1:
                raise CampaignError(f"{where}: {several_named(field, [names[place] for place in found])}")
            if not found:
                known = ", ".join(map(printable, names)) or "none, there are no columns"
                raise CampaignError(
                    f"{where}: no column is named {printable(field)!r}, which the template needs"
                    f"{nearest(field, names)}: expected one of {known}"
                )

    def values(self, rows: Any) -> dict[str, Any]:
        """The values of each field, by its name, in arrays of texts (or octets, as they came).

        Raises CampaignError and TypeError as `render` does.
        """
        import pyarrow as pa

        if not isinstance(rows, (pa.RecordBatch, pa.Table)):
            raise TypeError(f"rows: expected a pyarrow RecordBatch or Table, found {type(rows).__name__}")
        self.check(rows.schema.names)
        return {field: _texts(pa, rows, field) for field in self.fields}

    def render(self, rows: Any, values: dict[str, Any] | None = None) -> Rendering:
        """The text of each row of a pyarrow RecordBatch or Table, and the rows that have none.

        A field is missing if it is null or empty (CSV does not distinguish the two). Numbers, dates and
        booleans are written as Arrow writes them, floats with all their digits. `values` are those of
        `Template.values`, if they exist already. Raises CampaignError for a column that does not exist
        or that has no plain values, TypeError for other rows.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        columns = self.values(rows) if values is None else values
        octets = any(pa.types.is_large_binary(column.type) for column in columns.values())
        kind = pa.large_binary() if octets else pa.large_string()
        if not columns:  # Arrow would join scalars into a scalar
            return Rendering(pa.repeat(pa.scalar("".join(self.pieces), kind), rows.num_rows), None)
        parts = [
            columns[piece].cast(kind) if isinstance(piece, Field) else pa.scalar(str(piece), kind)
            for piece in self.pieces
        ]
        texts = pc.binary_join_element_wise(*parts, pa.scalar("", kind))
        missing = None
        for column in columns.values():
            if column.null_count or pc.min(pc.binary_length(column)).as_py() == 0:
                empty = _is_missing(pc, column)
                missing = empty if missing is None else pc.or_(missing, empty)
        if missing is not None:
            texts = pc.if_else(missing, pa.scalar(None, kind), texts)
        return Rendering(texts, missing)

    def missing(self, rows: Any, row: int) -> tuple[str, ...]:
        """The fields for which one row of a RecordBatch or Table has no value."""
        masks = self.absent(self.values(rows.slice(row, 1)))
        return tuple(field for field, mask in masks.items() if mask[0].as_py())

    def absent(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """For each field, the rows without a value, as an array of booleans.

        `values` are those of `Template.values`.
        """
        import pyarrow.compute as pc

        return {field: _is_missing(pc, column) for field, column in values.items()}

    def fill(self, row: Mapping[str, object]) -> str:
        """The text of one row. Raises `MissingFields` if it has no value for a field.

        Values are written as in a whole column; CampaignError for anything but a plain value.
        """
        written = self.written(row)
        return "".join(written[piece] if isinstance(piece, Field) else piece for piece in self.pieces)

    def written(self, row: Mapping[str, object]) -> dict[str, str]:
        """The value of each field in one row. Raises as `fill` does."""
        absent = tuple(field for field in self.fields if row.get(field) in (None, ""))
        if absent:
            raise MissingFields(absent)
        written = {field: _written(field, row[field]) for field in self.fields}
        absent = tuple(field for field, text in written.items() if not text)
        if absent:
            raise MissingFields(absent)
        return written

    def fit(
        self,
        planner: Planner,
        row: Mapping[str, object],
        *,
        max_segments: int = 1,
        shrink: Sequence[str] = (),
        least: int | Mapping[str, int] = 1,
        mark: str = "",
        if_free: str = "",
    ) -> Plan:
        """The text of one row, with its fields cut if it takes more segments than necessary.

        One billed segment is tried first, then two, up to `max_segments`: on each rung the fields that
        `shrink` names are cut in that order, no further than necessary, and no further than to `least`
        characters (one number, or one for each field), with `mark` after what is left. Text outside
        these fields, such as a link at the end, is never cut. `if_free` is added after the text if that
        adds no billed segment and leaves its encoding unchanged.

        If nothing fits, the plan is that of the uncut text, with the problem `too-long`. Raises
        `MissingFields` and CampaignError as `fill` does, ValueError for a field that the template does
        not have, or for lengths that make no sense.
        """
        from .ladders import Ladder

        ladder = Ladder(
            self.pieces,
            planner,
            max_segments=max_segments,
            shrink=shrink,
            least=least,
            mark=mark,
            if_free=if_free,
        )
        return ladder.fitted(self.written(row)).plan

    def bounds(self, planner: Planner, /, **lengths: tuple[int, int]) -> Bounds:
        """The fewest and the most billed segments, for any values of the fields.

        `lengths` gives for each field the fewest and the most characters. `Bounds` describes the
        assumptions about values, and the result. Raises ValueError for a field without lengths, or
        lengths that make no sense.
        """
        from .bounds import bounds

        return bounds(self.pieces, planner, lengths)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Template):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[Any, ...]:
        return self.source, self._merge_fields, self._named

    def __repr__(self) -> str:
        return f"septet.campaign.Template({self.source!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, self._key


def _restore(source: str, merge_fields: tuple[tuple[str, str], ...], named: frozenset[str]) -> Template:
    template = Template.__new__(Template)
    template._named = named
    template.source = source
    template._merge_fields = merge_fields
    template.pieces = pieces_of(source, dict(merge_fields))
    return template


def _texts(pa: Any, rows: Any, field: str) -> Any:
    """A column as `large_string` or, if it came as octets, `large_binary`."""
    names = rows.schema.names
    column = rows.column(names[places_of(field, names)[0]])
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # older versions return this for a table without rows
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.nulls(0, column.type)
    try:
        return written_column(pa, column)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise CampaignError(
            f"template: the column {printable(field)!r} cannot be written into a text: expected texts, "
            f"numbers, dates or booleans, found {column.type}"
        ) from None


def _longer_than(pa: Any, texts: Any, longest: int) -> Any:
    def characters(text: str | bytes | None) -> int:
        return len(text.decode("utf-8", "replace") if isinstance(text, bytes) else text or "")

    return pa.array([characters(text) > longest for text in texts.to_pylist()], pa.bool_())


def _is_missing(pc: Any, column: Any) -> Any:
    return pc.fill_null(pc.equal(pc.binary_length(column), 0), True)


def _written(field: str, value: object) -> str:
    if isinstance(value, str):
        return value
    with Needed("writing a value that is no text", "campaign", "pyarrow"):
        import pyarrow as pa

    try:
        text = written_column(pa, pa.array([value]))[0].as_py() or ""
        return text.decode() if isinstance(text, bytes) else str(text)
    except (pa.ArrowException, ValueError, OverflowError):
        raise CampaignError(
            f"template: the field {printable(field)!r} cannot be written into a text: expected a text, a "
            f"number, a date or a boolean, found {type(value).__name__}"
        ) from None
