"""Whether a reply asks for no more messages."""

from __future__ import annotations

import pytest

import septet

ASKS = (
    *("STOP", "stop", " Stop. ", "Stop!", "«stop»", "STOP au 36111", "stop sms 36111", "STOP 36180", "sｔop"),
    *("Arrêt.", "ARRET", "arre\u0302t"),
)
DOES_NOT = (
    *("", "ok", "do not stop", "NONSTOP", "stop it please", "Stopover in Paris?", "merci", "1", "STOP 1"),
    *("36111", "yes", "start", "UNSTOP", "je m'arrete", "the end"),
)


@pytest.mark.parametrize("reply", ASKS)
def test_a_reply_that_asks(reply: str) -> None:
    assert septet.is_optout(reply)
    assert septet.is_optout(reply, country="FR")
    assert septet.is_optout(reply, "smsmode")


@pytest.mark.parametrize("reply", DOES_NOT)
def test_a_reply_that_does_not(reply: str) -> None:
    assert not septet.is_optout(reply)


def test_words_count_where_they_are_documented() -> None:
    for word in ("unsubscribe", "Cancel", "END", "quit", "opt-out", "OptOut", "revoke", "stopall", "remove"):
        assert septet.is_optout(word)
        assert septet.is_optout(word, country="us")
        assert not septet.is_optout(word, country="FR")
    assert septet.is_optout("arrêt", country="CA")
    assert not septet.is_optout("arrêt", country="DE")
    assert septet.is_optout("stop", country="DE")


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="country"):
        septet.is_optout("stop", country="XX")
    with pytest.raises(septet.ProfileError):
        septet.is_optout("stop", "nobody")
    with pytest.raises(TypeError, match="expected a str"):
        septet.is_optout(None)  # type: ignore[arg-type]
