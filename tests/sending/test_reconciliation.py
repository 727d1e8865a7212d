"""Planned and billed segments compared with each other; every figure is arithmetic."""

from __future__ import annotations

import copy
import json
import pickle
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import septet


class Sent(NamedTuple):
    """The facts of a prepared message."""

    plan: septet.Plan
    recipients: tuple[str, ...]


def sent(text: str, recipients: int, profile: str = "smspartner") -> Sent:
    return Sent(septet.plan(text, profile), tuple(f"3360000{number:04}" for number in range(recipients)))


def billed(segments: int | None, cost: str | None = "0.038", currency: str | None = "EUR") -> septet.Response:
    amount = None if cost is None else Decimal(cost)
    return septet.Response(True, ("307",), segments, amount, currency)


def test_the_documents_own_examples_agree() -> None:
    # SMS Partner: one recipient, nb_sms 1. Envoyer SMS Pro: two recipients, sms_sent 2.
    answer = b'{"success":true,"code":200,"message_id":307,"nb_sms":1,"cost":0.038,"currency":"EUR"}'
    found = septet.reconcile(sent("test", 1), septet.profile("smspartner").read_response(answer))
    assert found == septet.Reconciliation(
        recipients=1,
        planned=1,
        billed=1,
        planned_per_recipient=1,
        billed_per_recipient=1,
        agrees=True,
        cost=Decimal("0.038"),
        currency="EUR",
        note="planned 1 segment; billed 1 segment, cost 0.038 EUR: as planned",
    )
    answer = b"<envoyersmspro><status>success</status><message><message_id>879</message_id>"
    answer += b"<sms_sent>2</sms_sent><sms_remaing>564</sms_remaing></message></envoyersmspro>"
    response = septet.profile("envoyersmspro").read_response(answer)
    found = septet.reconcile(sent("Ceci est un test", 2, "envoyersmspro"), response)
    assert (found.planned, found.billed, found.billed_per_recipient, found.agrees) == (2, 2, 1, True)
    assert found.note == "planned 2 segments (2 recipients, 1 each); billed 2 segments: as planned"


def test_it_says_where_what_the_vendor_counts_is_an_inference() -> None:
    # « Retour du serveur » shows sms_sent 2 for two recipients of one segment, and no long message.
    answer = "<envoyersmspro><status>success</status><message><message_id>879</message_id>"
    answer += "<sms_sent>%d</sms_sent><sms_remaing>564</sms_remaing></message></envoyersmspro>"
    read = septet.profile("envoyersmspro").read_response
    prepared = Sent(septet.plan("a" * 161, "envoyersmspro", max_segments=2), ("33600000001", "33600000002"))
    for count, judged in ((4, "as planned"), (2, "not as planned, 1 each"), (5, "and no whole number")):
        response = read((answer % count).encode())
        assert response.billed_inferred is not None
        found = septet.reconcile(prepared, response)
        assert judged in found.note
        assert found.note.endswith(
            "; sms_sent is assumed to be recipients × segments, "
            "as the document shows no answer to a long message"
        )
    assert "assumed" not in septet.reconcile(sent("a", 2, "envoyersmspro"), read((answer % 2).encode())).note
    assert "assumed" in septet.reconcile(sent("a", 2, "envoyersmspro"), read((answer % 4).encode())).note
    assert billed(1).billed_inferred is None


def test_a_message_for_some_is_reconciled_with_those() -> None:
    sent = septet.prepare("infobip", "a" * 161, recipients=["33612345678", "33612345679"])
    plan = sent.plan

    def answer(*counts: int | None) -> septet.Response:
        rows = [
            {
                "messageId": f"m{place}",
                "status": {"groupId": 5 if count is None else 1, "id": 52 if count is None else 26},
                "details": {"messageCount": count},
            }
            for place, count in enumerate(counts)
        ]
        return septet.profile("infobip").read_response(json.dumps({"messages": rows}).encode())

    found = septet.reconcile(sent, answer(2, None))
    assert (found.recipients, found.planned, found.billed, found.agrees) == (1, plan.billed_segments, 2, True)
    assert found.note.startswith("accepted for 1 of 2 recipients; ")
    assert septet.reconcile(sent, answer(2, 3)).agrees is False
    assert septet.reconcile(sent, answer(None, None)).agrees is None


@pytest.mark.parametrize(
    ("recipients", "segments", "each", "agrees", "note"),
    [
        (4, 8, 2, True, "planned 8 segments (4 recipients, 2 each); billed 8 segments: as planned"),
        (
            *(4, 12, 3, False),
            "planned 8 segments (4 recipients, 2 each); billed 12 segments: not as planned, 3 each",
        ),
        (
            *(4, 7, None, False),
            "planned 8 segments (4 recipients, 2 each); billed 7 segments: not as planned, "
            "and no whole number for each of 4 recipients",
        ),
        (1, 3, 3, False, "planned 2 segments; billed 3 segments: not as planned"),
        (1, 0, 0, False, "planned 2 segments; billed 0 segments: not as planned"),
        (
            *(0, 8, None, None),
            "planned 2 segments for each recipient of a group; billed 8 segments: "
            "for an unknown number of recipients",
        ),
        (
            *(0, 7, None, False),
            "planned 2 segments for each recipient of a group; billed 7 segments: "
            "not as planned for any number of recipients",
        ),
        (
            *(4, None, None, None),
            "planned 8 segments (4 recipients, 2 each); the vendor does not say what it billed",
        ),
    ],
)
def test_it_says_when_the_vendor_billed_other_than_planned(
    recipients: int, segments: int | None, each: int | None, agrees: bool | None, note: str
) -> None:
    # 161 characters are two segments (TS 23.038, 6.1.2.1).
    found = septet.reconcile(sent("a" * 161, recipients), billed(segments, cost=None))
    assert found.planned == (2 * recipients or None)
    assert found.recipients == (recipients or None)
    assert (found.planned_per_recipient, found.billed_per_recipient) == (2, each)
    assert (found.billed, found.agrees, found.note) == (segments, agrees, note)


def test_a_refusal_bills_nothing_that_is_known() -> None:
    response = septet.profile("smsmode").read_response(b"33 | Credits\x1b[31m insuffisants")
    found = septet.reconcile(sent("test", 3, "smsmode"), response)
    assert (found.planned, found.billed, found.agrees) == (3, None, None)
    assert found.note == (
        "planned 3 segments (3 recipients, 1 each); refused by the vendor: 33 Credits\\x1b[31m insuffisants"
    )
    assert septet.reconcile(sent("test", 1), septet.Response(False)).note == (
        "planned 1 segment; refused by the vendor"
    )


def test_a_plan_that_shows_nothing_agrees_with_nothing_billed() -> None:
    assert septet.reconcile(sent("", 0), billed(0)).agrees is None
    assert septet.reconcile(sent("", 0), billed(1)).agrees is False
    assert septet.reconcile(sent("", 2), billed(0)).agrees is True


def test_it_is_a_value_in_plain_types() -> None:
    found = septet.reconcile(sent("test", 2), billed(2, "0.076"))
    assert json.loads(json.dumps(found.to_dict()))["cost"] == "0.076"
    assert pickle.loads(pickle.dumps(found)) == found == copy.deepcopy(found)
    assert septet.reconcile(sent("test", 2), billed(2, None)).to_dict()["cost"] is None
    assert septet.reconcile(sent("test", 1), billed(1, "2", None)).note.endswith("cost 2: as planned")


def test_arguments_of_the_wrong_type() -> None:
    with pytest.raises(TypeError, match="response: expected a Response, found bytes"):
        septet.reconcile(sent("test", 1), b"{}")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"prepared: expected what septet\.prepare gives, found Plan"):
        septet.reconcile(septet.plan("test"), billed(1))  # type: ignore[arg-type]
    # A string has a length, too, but is one number, not several.
    with pytest.raises(TypeError, match=r"prepared\.recipients: expected a sequence of numbers, found str"):
        septet.reconcile(Sent(septet.plan("test"), "33600000001"), billed(1))  # type: ignore[arg-type]


@given(st.integers(1, 1000), st.integers(0, 5000), st.integers(1, 1000))
def test_it_agrees_exactly_when_the_totals_are_the_same(length: int, segments: int, recipients: int) -> None:
    prepared = sent("a" * length, recipients)
    found = septet.reconcile(prepared, billed(segments))
    assert found.planned == prepared.plan.billed_segments * recipients
    assert found.agrees == (segments == found.planned)
    assert (found.billed_per_recipient is None) == (segments % recipients != 0)
    if found.billed_per_recipient is not None:
        assert found.billed_per_recipient * recipients == segments
        assert found.agrees == (found.billed_per_recipient == found.planned_per_recipient)
    assert found.note.isprintable()
