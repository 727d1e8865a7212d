"""Objections: problems of a message whatever its length: of its encoding, of added texts and of its kind."""

from __future__ import annotations

from functools import lru_cache

from septet.wording.messages import phrase, said
from septet.wording.problems import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .codings import Coding
    from .composed import Composed


def objections(composed: Composed) -> Iterator[Problem]:
    """The problems of the encoding, and of a marketing text."""
    terms = composed.terms
    if terms.settings.unicode_unavailable:
        message = said(
            "%(profile)s has no Unicode mode: the message is planned as GSM-7. "
            "Write it with GSM characters, or send it through another vendor.",
            profile=terms.profile.name,
        )
        yield Problem.of("unicode-unavailable", message)
    rule = terms.profile.rule("ucs2")
    if composed.encoding == "ucs2" and rule and rule["account_option"]:
        yield _about_an_option(rule["account_option"])
    if composed.coding.dearer_above is not None:
        yield from _dearer(composed)
    if composed.encoding == "ucs2" and (composed.optout or composed.prefix or composed.suffix):
        yield from _wide_additions(composed)
    if terms.settings.commercial:
        yield from _commercial(composed)


@lru_cache(maxsize=64)
def _about_an_option(option: str) -> Problem:
    message = said("This message is planned as UCS-2. %(option)s", option=phrase(option))
    return Problem.of("account-option-needed", message)


def _wide_additions(composed: Composed) -> Iterator[Problem]:
    """A problem where only the added texts keep the message out of GSM-7."""
    terms = composed.terms
    if terms.settings.encoding != "auto" or not composed.billed_segments:
        return
    parts = (composed.prefix, composed.suffix, composed.optout)
    wide = [part.strip() for part in parts if not terms.profile.alphabet.holds(part)]
    if not wide:
        return
    text = composed.prepared.text
    gsm7 = (coding for coding in (*terms.left_out, *terms.codings) if coding.encoding == "gsm7")
    found = ((coding, units) for coding in gsm7 if (units := coding.weights.units(text)) >= 0)
    for coding, units in found:
        figures = {
            "billed": composed.billed_segments,
            "alone": _alone(coding, text, units),
        }
        message = said(
            '"%(added)s" is not in GSM-7, so the message goes as UCS-2. Billed segments: %(billed)s; for '
            "the text alone, as GSM-7: %(alone)s. If that is less, have GSM-7 characters added instead.",
            added=" ".join(wide),
            **figures,
        )
        yield Problem.of("added-text-unicode", message, **figures)
        return


def _alone(coding: Coding, text: str, units: int) -> int:
    """The billed segments of a text with nothing added to it."""
    if units > coding.single and not coding.by_units:
        return len(coding.starts(coding.show(text)))
    return 1 if units <= coding.single else -(-units // coding.part)


def _dearer(composed: Composed) -> Iterator[Problem]:
    """A problem where a message that is billed once has a price of its own."""
    basic = composed.coding.dearer_above
    if basic is None or composed.units <= basic:
        return
    figures = {"limit": basic, "actual": composed.units}
    message = said(
        "The message takes %(actual)s octets: above %(limit)s it is not a basic message but a single one, "
        "at another price.",
        **figures,
    )
    yield Problem.of("rcs-single", message, **figures)


def _commercial(composed: Composed) -> Iterator[Problem]:
    rule = composed.terms.profile.rule("commercial")
    if rule and rule["refused"]:
        yield _about_marketing(composed.terms.profile.name, rule["vendor_code"], rule["vendor_message"])


@lru_cache(maxsize=64)
def _about_marketing(profile: str, vendor_code: str | None, vendor_message: str | None) -> Problem:
    message = said(
        "%(profile)s does not accept marketing texts. Send it through another vendor.", profile=profile
    )
    problem = Problem.of("commercial-refused", message)
    return problem._replace(vendor_code=vendor_code, vendor_message=vendor_message)
