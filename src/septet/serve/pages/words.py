"""Words of the live page that its script puts together, each given once, in the page's language.

A number or a text that only the script knows is written as ``{name}`` in its sentence.
"""

from __future__ import annotations

from decimal import Decimal

from septet.wording.messages import capitalised, figure, said, translated
from septet.wording.problems import SEVERITY_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER, _OF = "{number}", "{of}"

#: By the name that the script has for each.
_WORDS: Mapping[str, str] = {
    "segment": said("Segment %(number)s of %(of)s", number=_NUMBER, of=_OF),
    "units": said("%(number)s of %(of)s units", number=_NUMBER, of=_OF),
    "nothing": said("The phone would show nothing."),
    "more": said("and %(number)s more", number=_NUMBER),
    "segments": said("Segments: %(number)s", number=_NUMBER),
    "cost": said("Cost"),
    "cost_of_all": said("Cost for all recipients"),
    "at_most": said("at most %(amount)s", amount="{amount}"),
    "show": said("Show"),
    "show_place": said("Show it in the message"),
    "use": said("Use this text"),
    "used": said("The message was replaced."),
    "undone": said("The message is as it was before."),
    "no_advice": said("There is no cheaper wording with the same meaning."),
    "as_typed": said("Counted with the fields as they are written, not as they are filled."),
    "after": said("%(encoding)s, segments: %(number)s", encoding="{encoding}", number=_NUMBER),
    "all_vendors": said("All vendors: %(number)s", number=_NUMBER),
    "own": said("Your vendor"),
    "price_of": said("Price of a segment at %(vendor)s", vendor="{vendor}"),
    "refused": said("Must not be sent as it is."),
    "shortest_of": said("Fewest characters of %(field)s", field="{field}"),
    "longest_of": said("Most characters of %(field)s", field="{field}"),
    "example_of": said("Example of %(field)s", field="{field}"),
    "tips": said("One of these in a field forces UCS-2:"),
    "bill": said("segments: %(least)s to %(most)s", least="{least}", most="{most}"),
    "losses": said("These characters in a field would not arrive:"),
    "copied": said("Copied."),
    "not_copied": said("The browser does not let the page copy: copy it by hand."),
    "link_long": said("The link has %(number)s characters, which some programs cut.", number=_NUMBER),
    "link_unknown": said("The link was made by another version of this page, and cannot be opened."),
    "away": said("The server does not answer; the figures are those of an older text."),
    "back": said("The server answers again."),
    "starting": said("Septet is being loaded into the browser, once."),
    "no_start": said("Septet could not be loaded into the browser. Load the page again."),
    "failed": said("That failed: %(reason)s", reason="{reason}"),
    "token_wrong": said("That is not the token of this server."),
    "automatic": said("automatic"),
    "becomes": said("becomes"),
    "no_request": said("The documents of this vendor describe no request."),
    "add_credentials": said("Add your credentials: %(credentials)s", credentials="{credentials}"),
    "too_long": said("The message is too long for this: at most %(number)s characters.", number=_NUMBER),
    "not_taken": said("This vendor does not accept that value: %(option)s", option="{option}"),
    "left_out": said("%(vendor)s does not support these options.", vendor="{vendor}"),
    "error": capitalised(SEVERITY_NAMES["error"]),
    "warning": capitalised(SEVERITY_NAMES["warning"]),
    "notice": capitalised(SEVERITY_NAMES["notice"]),
}


def words(lang: str) -> dict[str, str]:
    """All of them in a language. Raises ValueError for an unsupported one."""
    return {name: str(translated(sentence, lang)) for name, sentence in _WORDS.items()}


def signs(lang: str) -> dict[str, str]:
    """How a language writes numbers: the signs before decimals, and between groups of digits."""
    written = translated(figure(Decimal("1234.5")), lang)
    return {"point": written[-2], "group": written[1]}
