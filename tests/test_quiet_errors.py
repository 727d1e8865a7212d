"""No error repeats a text that was given in the wrong place: it may hold a one-time code."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import septet
import septet.campaign
import septet.lint
from septet.errors import shown, shown_path

CODE = "493817"
TEXTS = (f"Votre code est {CODE}, ne le partagez pas", CODE, f"Le code /{CODE} est a vous")
#: The values in the other places, so that the wrong one is reached.
RIGHT = {"profile": "gsm", "text": "Bonjour", "source": ["a"], "column": "message", "batch": b""}
PLAN = septet.plan("Bonjour")
PREPARED = septet.prepare("twilio", "Bonjour", recipients="+33612345678")

ASKED: dict[str, Callable[..., Any]] = {
    **{f"septet.{name}": getattr(septet, name) for name in septet.__all__},
    **{f"campaign.{name}": getattr(septet.campaign, name) for name in septet.campaign.__all__},
    **{f"lint.{name}": getattr(septet.lint, name) for name in septet.lint.__all__},
    **{
        f"Plan.{name}": getattr(PLAN, name)
        for name in ("cost", "drawing", "to_dict", "user_data", "submit_pdus", "short_messages")
    },
    **{f"Prepared.{name}": getattr(PREPARED, name) for name in ("to_dict", "raise_for_problems")},
    **{f"Request.{name}": getattr(PREPARED.request, name) for name in ("body", "query", "address")},
    "Profile.read_response": septet.profile("mailjet").read_response,
}


def wrong_calls(called: Callable[..., Any]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """A function's arguments, of which one is a text in the wrong place, or all in the wrong order."""
    try:
        places = list(inspect.signature(called).parameters.values())
    except (TypeError, ValueError):
        return
    needed = [
        place
        for place in places
        if place.kind in (place.POSITIONAL_ONLY, place.POSITIONAL_OR_KEYWORD) and place.default is place.empty
    ]
    right = [RIGHT.get(place.name, "Bonjour") for place in needed]
    for text in TEXTS:
        yield (text, "gsm"), {}
        yield ("gsm", text), {}
        yield (text, text), {}
        for at in range(len(needed)):
            yield (*right[:at], text, *right[at + 1 :]), {}
        for place in places if text == TEXTS[0] else ():
            if place.kind == place.KEYWORD_ONLY or (
                place.default is not place.empty and place.kind is place.POSITIONAL_OR_KEYWORD
            ):
                yield tuple(right), {place.name: text}
                yield tuple(right), {place.name: [text]}
        if text == TEXTS[0] and any(place.kind == place.VAR_KEYWORD for place in places):
            for name in ("encoding", "commercial", "optout", "max_segments", "country", "language", "ignore"):
                yield tuple(right), {name: text}


def said(error: BaseException | None) -> Iterator[str]:
    """All that a log may have of an error, and of what it was raised from."""
    while error is not None:
        yield f"{error}{error!r}{getattr(error, '__notes__', '')}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_no_error_repeats_a_text_in_the_wrong_place() -> None:
    raised, wrong = 0, []
    for name, called in ASKED.items():
        if isinstance(called, type) and issubclass(called, Exception):
            continue
        for given, named in wrong_calls(called) if callable(called) else ():
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                try:
                    called(*given, **named)
                except OSError:  # which names the file, as that of any file that is opened does
                    continue
                except Exception as error:
                    raised += 1
                    wrong += [f"{name}{given}{named}: {one}" for one in said(error) if CODE in one]
            wrong += [f"{name}{given}{named}: {one.message}" for one in warned if CODE in str(one.message)]
    assert raised > 500
    assert not wrong


def test_what_is_raised_for_a_plan_quotes_nothing_of_it() -> None:
    for profile, text, options in (
        ("gsm", f"{'Bonjour ' * 19}code {CODE} suite", {"truncate": True, "max_segments": 1}),
        ("smsmode", f"Code ʂ https://exemple.fr/ç{CODE}", {}),
    ):
        plan = septet.plan(text, profile, **options)  # type: ignore[arg-type]
        with pytest.raises(septet.RejectedMessage) as rejected:
            plan.raise_for_problems(warnings=True)
        assert CODE in " ".join(problem.message for problem in plan.problems)
        assert not any(CODE in one or CODE[:3] in one for one in said(rejected.value))
        assert all(problem.code in str(rejected.value) for problem in plan.problems)


@pytest.mark.parametrize(
    ("body", "begins"),
    [
        (b'{"From": "MaBoite", "Text": "Code 493817", "n": 1}', '{"From": "MaBoite", "Text": "…", "n": 1}'),
        (b'{"Text": "Votre code est 493817 et', '{"Text": "…"'),
        (b'["493817", "a"]', '["…", "a"]'),
        (
            b"<answer><text>Code 493817</text><id>a1</id></answer>",
            "<answer><text>…</text><id>a1</id></answer>",
        ),
        (b"<html><title>502 Bad Gateway</title>", "<html><title>502 Bad Gateway</title>"),
        (b"Votre code est 493817", "Votre …"),
        (b"493817", "…"),
    ],
)
def test_an_answer_that_no_one_knows_may_repeat_what_was_sent(body: bytes, begins: str) -> None:
    with pytest.raises(septet.ResponseError) as unread:
        septet.profile("mailjet").read_response(body)
    assert unread.value.beginning == begins


def test_values_and_files_are_named_where_they_cannot_be_a_text() -> None:
    for value in ("ucs-2", "latin-15", "2026-13-45T10:00", 7, None, True, ("a", 2), [2948, 70000]):
        assert shown(value) == repr(value)
    assert shown("Votre code") == "a text of 10 characters"
    assert shown(b"493817") == "6 octets"
    assert shown({"a": 1}) == "a value of type dict"
    for path in ("liste de clients.csv", "liste", "/tmp/a/b", "mes envois/liste.XLSX"):
        assert shown_path(path) == path
    assert shown_path("Le code est 12") == "a name of 14 characters, which is not repeated here"


def test_a_response_is_shown_without_the_text_that_it_repeats() -> None:
    body = b'{"Text": "Code 493817", "MessageId": "m1", "SmsCount": 1, "Status": {"Code": 2}}'
    response = septet.profile("mailjet").read_response(body)
    assert "m1" in repr(response)
    assert CODE not in repr(response)
    assert response.raw["Text"] == f"Code {CODE}"
