"""Diagnosis: the problems of a plan, in plain words, with what to do about each."""

from __future__ import annotations

from .characters import is_invalid, named
from .problems import Problem
from .segmentation import MOST_SEGMENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .plans import Plan


def diagnose(plan: Plan) -> tuple[Problem, ...]:
    """Every problem of a plan; those with a place first, in their order."""
    placed = sorted([*_characters(plan), *_tags(plan)], key=lambda problem: problem.start or 0)
    return (*placed, *_encoding(plan), *_length(plan), *_documented(plan), *_optout(plan))


def _characters(plan: Plan) -> Iterator[Problem]:
    original = plan.original
    rule = plan.planner.profile.rule("unknown_character")
    unknown = "lossy-substitution" if rule["reason"] == "lossy" else "unmapped-character"
    found = (
        (place, place + 1, "invalid-character" if is_invalid(original[place]) else unknown)
        for start, end in plan.written(plan.cut)
        for place in plan.coding.outsiders(original, start, end)
    )
    for start, end, code in _runs(found):
        characters = original[start:end]
        message = f"{named(characters)} {_WHY[code]}"
        if plan.encoding == "gsm7":
            message += f'; the phone shows "{rule["shown"]}"'
        yield Problem.of(code, f"{message}. {_ADVICE[code]}", start, end, characters=characters)


def _tags(plan: Plan) -> Iterator[Problem]:
    tags = plan.planner.profile.rule("tags")
    found = sorted(
        (start, start + len(tag["text"]), "vendor-tag")
        for tag in tags
        for start in _places(tag["text"], plan.original, plan.cut)
    )
    for start, end, code in _runs(found):
        span = plan.original[start:end]
        meanings = " and ".join(tag["meaning"] for tag in tags if tag["text"] in span)
        message = f"{named(span)} is a tag of this vendor, which may put {meanings} in its place"
        yield Problem.of(code, f"{message}. Write it otherwise.", start, end)


def _places(part: str, text: str, end: int) -> Iterator[int]:
    place = text.find(part, 0, end)
    while place != -1:
        yield place
        place = text.find(part, place + len(part), end)


def _runs(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Adjacent places of one code as one."""
    run: tuple[int, int, str] | None = None
    for start, end, code in found:
        if run is not None and start <= run[1] and code == run[2]:
            run = run[0], end, code
            continue
        if run is not None:
            yield run
        run = start, end, code
    if run is not None:
        yield run


_WHY = {
    "invalid-character": "cannot be sent as text in any encoding",
    "unmapped-character": "is not in the GSM alphabet, and the vendor does not say what it becomes",
    "lossy-substitution": "is not among the characters that the vendor accepts",
}
_ADVICE = {
    "invalid-character": "Remove it.",
    "unmapped-character": "Write it otherwise, or send as UCS-2 where the vendor offers that.",
    "lossy-substitution": "Write it otherwise, or send as UCS-2.",
}


def _encoding(plan: Plan) -> Iterator[Problem]:
    planner = plan.planner
    if planner.settings.unicode_unavailable:
        yield Problem.of(
            "unicode-unavailable",
            f"{planner.profile.name} has no Unicode mode: the message is planned as GSM-7. "
            "Write it with GSM characters, or send it through another vendor.",
        )
    if plan.encoding == "ucs2" and planner.profile.rule("ucs2"):
        option = planner.profile.rule("ucs2")["account_option"]
        yield Problem.of("account-option-needed", f"This message is planned as UCS-2. {option}")


def _length(plan: Plan) -> Iterator[Problem]:
    settings = plan.planner.settings
    limit, actual = settings.limit, plan.billed_segments
    if actual == 0:
        yield Problem.of("empty-message", "The message shows no text. Write one.")
        return
    if plan.truncated:
        yield Problem.of(
            "truncated",
            f"{_cut_words(plan.truncated)} cut: the whole text takes {plan.uncut_segments} "
            f"billed segments, {limit} at most are allowed. Shorten it, or allow more where the vendor does.",
            plan.cut,
            len(plan.original),
            limit=limit,
            actual=plan.uncut_segments,
            characters=plan.truncated,
        )
    if actual > limit and not settings.ceiling_only:
        yield _too_long(plan)
    elif (most := max(actual, len(plan.segments))) > MOST_SEGMENTS or actual > limit:
        most_allowed = min(limit, MOST_SEGMENTS)
        yield Problem.of(
            "too-many-segments",
            f"The message takes {most} segments; one message has {most_allowed} at most. "
            "Shorten it, or split it.",
            limit=most_allowed,
            actual=most,
        )
    yield from _characters_allowed(plan)
    if plan.coding.by_units and len(plan.segments) != actual:
        yield Problem.of(
            "boundary-overflow",
            f"{actual} segments are billed by the vendor's rule, but {len(plan.segments)} are transmitted: "
            "characters of several units do not fit across a boundary. Shorten the text to be safe.",
            billed=actual,
            physical=len(plan.segments),
        )


def _characters_allowed(plan: Plan) -> Iterator[Problem]:
    allowed = plan.planner.settings.character_limit
    most = allowed.most(plan.coding) if allowed else None
    if allowed is None or most is None:
        return
    kept = plan.planner.placeholders.prepare(plan.original[: plan.cut]).text
    actual = allowed.count(plan.coding, kept, plan.optout)
    if actual > most:
        problem = Problem.of(
            "too-many-characters",
            f"The message has {actual} {_COUNTED[allowed.counted]}; the vendor takes {most} at most. "
            "Shorten it, or split it.",
            limit=most,
            actual=actual,
        )
        yield problem._replace(vendor_code=allowed.vendor_code, vendor_message=allowed.vendor_message)


_COUNTED = {"characters": "characters", "utf-16": "UTF-16 code units", "units": "units"}


def _documented(plan: Plan) -> Iterator[Problem]:
    """Where a table of the vendor's has another number of segments than what can be transmitted."""
    if plan.billed_segments == 0:
        return
    added = plan.optout_status == "added"
    alone = plan.units - (plan.coding.tail_units if added else 0)
    for table in plan.planner.profile.rule("documented_totals"):
        if table["encoding"] != plan.encoding or table["optout"] != added or alone > table["totals"][-1]:
            continue
        documented = 1 + sum(total < alone for total in table["totals"])
        if documented != plan.billed_segments:
            yield Problem.of(
                "documented-otherwise",
                f"The vendor's own table has {documented} for a text of {alone} units, but "
                f"{plan.billed_segments} segments are what it takes. Count on these.",
                billed=plan.billed_segments,
                documented=documented,
            )


def _cut_words(characters: int) -> str:
    return "The last character is" if characters == 1 else f"The last {characters} characters are"


def _too_long(plan: Plan) -> Problem:
    settings = plan.planner.settings
    limit, actual = settings.limit, plan.billed_segments
    message = f"The message takes {actual} billed segments, {limit} at most are allowed. Shorten it"
    if settings.truncate:
        message += "; it cannot be cut, because the opt-out mention leaves no room for text."
    else:
        message += ", or allow more where the vendor does."
    problem = Problem.of("too-long", message, limit=limit, actual=actual)
    if settings.vendor_limit is not None and actual > settings.vendor_limit:
        rule = plan.planner.profile.rule("limit")
        return problem._replace(vendor_code=rule["vendor_code"], vendor_message=rule["vendor_message"])
    return problem


def _optout(plan: Plan) -> Iterator[Problem]:
    settings = plan.planner.settings
    mention = settings.mention
    if mention is None or plan.optout_status in ("already-there", "not-required"):
        return
    text = mention.text
    if plan.optout_status == "added":
        if mention.unspecified:
            yield Problem.of(
                "optout-unspecified",
                f'The vendor does not publish the text of its opt-out mention; "{text}" is assumed. '
                "Give the real one as optout_text, or its length is a guess.",
            )
        return
    if settings.optout == "if-free":
        yield Problem.of(
            "optout-not-added",
            f'The opt-out mention "{text}" would not be added, because the text leaves no free room for it. '
            "Shorten the text, or ask for the mention always.",
        )
    if plan.optout_status == "missing":
        problem = Problem.of(
            "optout-missing",
            f'A commercial message has to say how to opt out: the text shown lacks "{text}". '
            "Write it, or have the vendor add it.",
        )
        yield problem._replace(vendor_code=mention.vendor_code, vendor_message=mention.vendor_message)
