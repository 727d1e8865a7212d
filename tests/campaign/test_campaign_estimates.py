"""Estimates compared with planning every row by itself, for every kind of source."""

from __future__ import annotations

import contextlib
import io
import json
import pickle
import random
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import Future
from decimal import Decimal
from pathlib import Path
from typing import Any

import campaign_oracle
import pyarrow as pa
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from mechanisms import over_profiles

import septet
from septet.campaign import Cost, Estimator, PriceList, Progress, Reject, Tally, estimate
from septet.campaign.pipelines import Cancelled, Pool, stop_if_cancelled
from septet.errors import CampaignError
from septet.wording.problems import SEVERITIES

PRICE = Decimal("0.045")
PLANNERS: list[tuple[str, dict[str, Any]]] = [
    ("gsm", {}),
    ("gsm", {"encoding": "ucs2"}),
    ("gsm", {"max_segments": 1}),
    ("smsmode", {}),
    ("smsmode", {"commercial": True}),
    ("smsmode", {"commercial": True, "encoding": "auto"}),
    ("smsmode", {"commercial": True, "optout": "never"}),
    ("smsmode", {"optout": "if-free", "max_segments": 2}),
    ("smspartner", {"commercial": True}),
    ("smspartner", {"commercial": True, "encoding": "auto"}),
    ("smspartner-eco", {"commercial": True}),
    ("encom", {"commercial": True}),
    ("envoyersmspro", {"commercial": True, "optout": "always"}),
    ("envoyersmspro", {"truncate": True}),
    ("gsm", {"truncate": "words", "truncate_mark": "...", "max_segments": 1}),
    ("smsmode", {"truncate": "words", "commercial": True, "encoding": "auto", "max_segments": 2}),
    ("envoyersmspro", {"encoding": "ucs2"}),
    # Whose bill, or whose problems, are more than a sum over characters.
    ("twilio", {}),
    ("sinch", {}),
    ("webex", {}),
    ("telnyx", {}),
    ("clicksend", {}),
    ("brevo", {"commercial": True}),
    ("octopush", {"commercial": True}),
    ("ovhcloud", {"commercial": True}),
    ("aws", {}),
    ("twilio", {"encoding": "ucs2"}),
    ("twilio", {"truncate": True, "max_segments": 2}),
    ("webex", {"encoding": "gsm7"}),
    ("sinch", {"encoding": "gsm7"}),
    ("sinch", {"commercial": True, "optout_text": "STOP 36034", "optout": "always"}),
    ("smspartner", {"commercial": True, "optout": "never"}),
    ("smsmode@2020-11", {"commercial": True}),
    ("gsm", {"optout_text": "[STOP] €", "optout": "always", "commercial": True}),
]

PIECES = [
    *("a", " ", "é", "€", "[", "ç", "œ", "…", "’", "😀", "Ж", "\n", "\r\n", "\r", "\x1b", "\0"),
    *(
        "STOP 36034",
        "STOP",
        "36034",
        "STOP AU 36111",
        "STOP SMS au 36111",
        "NoPub = STOP",
        ":br:",
        "STOP 36123",
        "STOP 3^6123",
        "[STOP_CODE]",
        "e\u0301",
        "👨\u200d👩\u200d👧",
    ),
    *("Suivi https://exemple.fr/s/AbCdEf", " et voici ", "Code 482 913"),
    *("x" * 140, "é" * 70, "😀" * 33, "]" * 80, "k" * 400, "Ж" * 67, "œ" * 75),
]
texts = st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=12)


@pytest.mark.parametrize(("profile", "options"), PLANNERS)
@given(rows=texts)
@examples(25)
def test_figures_are_those_of_the_rows(
    kernel: str, profile: str, options: dict[str, Any], rows: list[str]
) -> None:
    if profile == "gsm" and "optout" in options:
        options = {**options}
    found = estimate(rows, profile=profile, price=PRICE, **options)
    campaign_oracle.same(found, campaign_oracle.expected(rows, profile, PRICE, **options))


@given(
    rows=st.lists(
        st.lists(st.sampled_from([*"aé€[ğşı😀", "ç", "ğ" * 80, "k" * 150]), max_size=5).map("".join)
    )
)
@examples(40)
def test_national_tables(kernel: str, rows: list[str]) -> None:
    """With Turkish tables, only characters of no table force UCS-2, and ğ is one unit or two."""
    found = estimate(rows, price=PRICE, language="tr")
    planner = septet.Planner(language="tr")
    plans = [planner.plan(row) for row in rows]
    assert found.segments == sum(plan.billed_segments for plan in plans)
    forcing = Counter(
        character for plan in plans for character in {plan.original[start:end] for start, end in plan.forcing}
    )
    said = {one.character: one.rows for one in found.characters if one.kind == "forces-ucs2"}
    assert said == forcing
    doubles = Counter(c for plan in plans if not plan.forcing for c in {plan.text[p] for p in plan.doubles})
    assert {o.character: o.rows for o in found.characters if o.kind == "counts-double"} == doubles


@pytest.mark.parametrize("letters", range(60, 70))
def test_what_costs_double_where_clusters_stay_whole(kernel: str, letters: int) -> None:
    """Three characters of two units, joined: each row without them, by the plan, is what they cost."""
    text = "ж" * letters + "👨\u200d👩\u200d👧"
    planner = septet.Planner("twilio", encoding="ucs2")
    bare = text.translate(dict.fromkeys(map(ord, "👨👩👧"), "."))
    more = planner.count(text) - planner.count(bare)
    found = estimate([text], profile="twilio", encoding="ucs2", price=PRICE)
    assert {one.character: one.segments for one in found.characters} == dict.fromkeys("👨👩👧", more)


@given(rows=texts, cut=st.integers(0, 12))
@examples(30)
def test_tallies_of_parts_add_up_to_that_of_the_whole(rows: list[str], cut: int) -> None:
    estimator = Estimator(profile="smsmode", price=PRICE, commercial=True, encoding="auto")
    estimator = pickle.loads(pickle.dumps(estimator))
    whole = pa.RecordBatch.from_arrays([pa.array(rows, pa.string())], ["message"])
    parts = [pickle.loads(pickle.dumps(estimator.tally(part))) for part in (whole[:cut], whole[cut:])]
    assert sum(parts, Tally()) == parts[1] + parts[0] == estimator.tally(whole)
    found = estimator.estimate(parts[0] + parts[1])
    assert (
        found
        == pickle.loads(pickle.dumps(found))
        == estimate(rows, profile="smsmode", price=PRICE, commercial=True, encoding="auto")
    )


TABLE = {
    "message": ["Bonjour", "Bonjour 😀", "Hello", None, "C’est vous", "Bonjour"],
    "phone": ["06 12 34 56 78", "+32470123456", "12", "0612345678", "+33612345679", "+4915112345678"],
}
LIST = "destination,currency,price\n33,EUR,0.045\n32,EUR,0.08\n336,EUR,0.05\n"


@pytest.fixture
def prices(tmp_path: Path) -> PriceList:
    path = tmp_path / "prices.csv"
    path.write_text(LIST, "utf-8")
    return PriceList.load(path)


def test_a_price_list_gives_each_recipient_its_price_and_its_mention(prices: PriceList) -> None:
    rejects: list[Reject] = []
    batches: list[Any] = []
    found = estimate(
        pa.table(TABLE),
        profile="smsmode",
        commercial=True,
        encoding="auto",
        prices=prices,
        recipient="phone",
        rejects=rejects.append,
        sink=batches.append,
    )
    # 0612345678 and 0612345679 begin with 336; the Belgian mention is no-sms.eu; Germany has no price.
    rows = [
        ("Bonjour STOP 36034", "0.05"),
        ("Bonjour 😀 no-sms.eu", "0.08"),
        ("C’est vous STOP 36034", "0.05"),
    ]
    # The message that is not there is empty: nothing is sent, nor billed.
    rows.insert(2, ("", "0.05"))
    bills = [septet.count(text) * Decimal(price) for text, price in rows]
    assert (found.rows, found.measured, found.rejected) == (6, 4, 2)
    assert (found.cost, found.currency) == (sum(bills), "EUR")
    assert [(reject.line, reject.code) for reject in rejects] == [(3, "bad-number"), (6, "no-price")]
    (batch,) = batches
    assert batch.schema.names == [*TABLE, "encoding", "units", "billed_segments", "cost", "problems"]
    assert batch["cost"].to_pylist() == bills
    assert batch["units"].to_pylist() == [septet.plan(text).units for text, _ in rows]
    assert batch["phone"].to_pylist() == [TABLE["phone"][row] for row in (0, 1, 3, 4)]


def test_a_number_of_no_one_country_is_abroad() -> None:
    batches: list[Any] = []
    rows = [{"m": "a" * 152, "to": "0612345678"}, {"m": "a" * 152, "to": "870773111632"}]
    estimate(rows, "m", profile="smsmode", commercial=True, recipient="to", price="0.05", sink=batches.append)
    # " STOP 36034" has 11 characters, " no-sms.eu" 10.
    assert batches[0]["units"].to_pylist() == [163, 162]


def test_overseas_france_is_france_where_the_vendor_counts_it_so() -> None:
    batches: list[Any] = []
    rows = [{"m": "a", "to": number} for number in ("+33612345678", "+262692123456", "+32470123456")]
    estimate(rows, "m", profile="smsmode", commercial=True, recipient="to", price="0.05", sink=batches.append)
    # Réunion is counted as France (tables/vendors/smsmode.toml, [territories]), Belgium is not.
    assert batches[0]["units"].to_pylist() == [12, 12, 11]


def test_prices_in_several_currencies_are_not_added_up(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("destination;currency;price\n33;EUR;0,045\n41;CHF;0,1\n", "utf-8")
    rows = [{"m": "a", "to": "+33612345678"}, {"m": "x" * 200, "to": "+41791234567"}]
    batches: list[Any] = []
    found = estimate(rows, "m", prices=path, recipient="to", sink=batches.append)
    assert (found.cost, found.currency, found.segments) == (None, None, 3)
    assert found.costs == (Cost("CHF", Decimal("0.2")), Cost("EUR", Decimal("0.045")))
    assert batches[0]["currency"].to_pylist() == ["EUR", "CHF"]
    assert batches[0]["cost"].to_pylist() == [Decimal("0.045"), Decimal("0.200")]
    assert json.loads(json.dumps(found.to_dict()))["costs"] == [
        {"currency": "CHF", "amount": "0.2"},
        {"currency": "EUR", "amount": "0.045"},
    ]


def test_a_template_makes_the_texts_and_a_row_without_a_field_has_none() -> None:
    rows = [{"prenom": "Zoé", "n": 3}, {"prenom": None, "n": 4}, {"n": 1}, {"prenom": "Anaïs", "n": 12}]
    batches: list[Any] = []
    found = estimate(rows, template="Bonjour {prenom}, {n} €", sink=batches.append)
    texts = ["Bonjour Zoé, 3 €", "Bonjour Anaïs, 12 €"]
    assert dict(found.rejects) == {"missing-field": 2}
    assert found.segments == sum(map(septet.count, texts))
    assert batches[0]["message"].to_pylist() == texts
    assert batches[0]["encoding"].to_pylist() == ["gsm7", "ucs2"]


def test_rows_are_given_on_as_they_were_with_what_was_measured() -> None:
    rows = ["", "é€", "x" * 161, "\x1b", "1" * 160]
    batches: list[Any] = []
    estimate(rows, price="0,045", profile="smsmode", commercial=True, sink=batches.append)
    planner = septet.Planner("smsmode", commercial=True)
    assert batches[0].to_pylist() == [
        {
            "message": row,
            "encoding": plan.encoding,
            "units": plan.units,
            "billed_segments": plan.billed_segments,
            "cost": plan.cost("0.045"),
            "problems": " ".join(code for code in SEVERITIES if code in {p.code for p in plan.problems}),
        }
        for row, plan in zip(rows, map(planner.plan, rows), strict=True)
    ]
    free: list[Any] = []
    estimate(rows, sink=free.append)
    assert set(free[0]["cost"].to_pylist()) == {None}


def test_unsubscribing_costs_where_the_vendor_bills_it() -> None:
    """sMsmode, API HTTP 2.7, 2, « Paramètre STOP SMS »: one credit for each."""
    found = estimate(["a"] * 75, profile="smsmode", price="0.045", currency="EUR", optout_rate=0.02)
    assert found.unsubscriptions == (Decimal("0.02"), 1, Decimal("1.50"), (Cost("EUR", Decimal("0.06750")),))
    free = estimate(["a"] * 75, profile="encom", price="0.045", optout_rate="0,02")
    assert free.unsubscriptions == (Decimal("0.02"), 0, Decimal("1.50"), ())
    assert estimate(["a"]).unsubscriptions is None


def test_an_estimate_does_not_change() -> None:
    found = estimate(["a"], price=1)
    with pytest.raises(AttributeError, match="does not change"):
        found.rows = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.problems["too-long"] = 1  # type: ignore[index]
    with pytest.raises((TypeError, AttributeError)):
        del found._tally
    assert hash(found) == hash(estimate(["a"], price=1))
    assert repr(found) == "<septet.campaign.Estimate gsm: 1 rows, 1 segments, 1>"
    assert found.options["price"] == "1"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"column": ""}, "column: expected the name of a column"),
        ({"recipient": 5}, "recipient: expected the name of a column"),
        ({"price": 1, "prices": "a.csv", "recipient": "b"}, "price and prices are both given"),
        ({"prices": "a.csv"}, "prices: a price list needs the column of the recipients"),
        ({"currency": "EUR"}, "currency: it is that of a price"),
        ({"price": "a lot"}, "price: expected a number"),
        ({"price": -1}, "price: expected a finite number of zero or more"),
        ({"optout_rate": 2}, "optout_rate: expected a share from 0 to 1"),
        ({"optout_rate": "some"}, "optout_rate: expected a share from 0 to 1"),
        ({"profile": "smsmod"}, "did you mean"),
        ({"max_segments": 900}, "max_segments"),
    ],
)
def test_options_that_make_no_sense(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        estimate(["a"], **options)
    with pytest.raises(TypeError, match="is not an option"):
        estimate(["a"], optouts=1)


def test_columns_that_are_not_there_or_are_in_the_way() -> None:
    table = pa.table({"message": ["a"], "cost": ["b"]})
    with pytest.raises(CampaignError, match="the column 'cost' has the name of one that is added"):
        estimate(table, sink=print)
    assert estimate(table).segments == 1
    with pytest.raises(CampaignError, match="no column is named 'phone'"):
        estimate(table, recipient="phone")
    with pytest.raises(CampaignError, match="no column is named 'prenom'"):
        estimate(table, template="{prenom}")
    with pytest.raises(CampaignError, match="need rows with fields"):
        estimate(["a"], template="{prenom}")


def test_progress_is_told_and_what_a_caller_raises_comes_through() -> None:
    seen: list[Progress] = []
    content = b"message\n" + b"0123456789\n" * 600_000
    found = estimate(io.BytesIO(content), progress=seen.append)
    assert [one.rows for one in seen] == sorted(one.rows for one in seen)
    assert seen[-1][:4] == (600_000, 0, 600_000, len(content))
    assert found.segments == 600_000
    table = pa.table({"message": ["a"] * 40_000})
    estimate(table, progress=seen.append)
    assert seen[-1] == (40_000, 0, 40_000, 40_000, 40_000)

    def interrupted(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        estimate(io.BytesIO(content), progress=interrupted)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("septet")]


def test_an_interrupted_run_ends_in_the_middle_of_a_block() -> None:
    """Each row here is planned by itself; a block of them would take a while."""
    begun = threading.Event()

    def endless() -> None:
        begun.set()
        while True:
            stop_if_cancelled()

    def interrupted() -> Future[None]:
        with contextlib.suppress(KeyboardInterrupt), Pool() as pool:
            future = pool.submit(endless)
            begun.wait()
            raise KeyboardInterrupt
        return future

    future = interrupted()
    with pytest.raises(Cancelled):
        future.result()


def test_a_batch_without_the_column() -> None:
    with pytest.raises(CampaignError, match="the record batch: no column is named 'message'"):
        Estimator().tally(pa.RecordBatch.from_pydict({"messages": ["a"]}))


def test_without_pyarrow_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['pyarrow'] = None; from septet.campaign import estimate; estimate(['a'])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.stderr.splitlines()[-1] == (
        'ModuleNotFoundError: estimating a campaign needs pyarrow: pip install "septet[campaign]"'
    )


@pytest.mark.parametrize("commercial", [False, True])
@over_profiles("profile")
def test_every_profile_is_estimated_as_its_plans_are(profile: str, commercial: bool) -> None:
    """Also policies, placeholders and limits in characters, for which weights are not enough."""
    pieces = [
        "abc",
        "é",
        "ç",
        "’",
        "€",
        "[",
        "œ",
        "日",
        "😀",
        "e\u0301",
        "\r\n",
        "STOP au XXXXX",
        "[STOP_CODE]",
    ]
    chosen = random.Random(20261122)
    texts = [
        "".join(chosen.choices(pieces, [60, 9, 2, 2, 3, 3, 1, 0.5, 0.5, 1, 3, 1, 1], k=length))
        for length in (0, 1, 20, 30, 52, 54, 60, 100, 150, 600)
        for _ in range(4)
    ]
    plans = [septet.plan(text, profile, commercial=commercial) for text in texts]
    found = estimate(texts, profile=profile, commercial=commercial)
    assert (found.rows, found.measured) == (len(texts), len(texts))
    assert found.segments == sum(plan.billed_segments for plan in plans)
    encodings = Counter(plan.encoding for plan in plans)
    assert {share.value: share.rows for share in found.encodings if share.rows} == encodings
    codes = Counter(code for plan in plans for code in {problem.code for problem in plan.problems})
    assert dict(found.problems) == codes
    assert found.refused.rows == sum(not plan.ok for plan in plans)
    statuses = Counter(plan.optout_status for plan in plans)
    assert (found.optout.added, found.optout.missing) == (statuses["added"], statuses["missing"])


@over_profiles("profile")
def test_garbled_rows_are_those_that_a_plan_says_are_garbled(kernel: str, profile: str) -> None:
    """Both kernels mark the same rows, and the other rows cost as before."""
    import pyarrow as pa

    from septet.campaign.appraisals import BITS, Appraiser

    rows = [
        *(
            "Votre colis est arrivÃ©",
            "Bonjour",
            "aujourdâ€™hui 10 €",
            "NÃO",
            "MAÇÃ…",
            "été à 10 €…",
            "Â¿Vale?",
        ),
        *(
            "caf\ufffd",
            "B\0o\0n\0",
            "a\0b",
            "10 \x80",
            "a\x8d",
            "dÃ\u00ada",
            "Â§ 3",
            "mÂ¨t",
            "10\u00a0€",
            "ä½\u00a0å¥½",
        ),
        *("báº¡n Ä‘Ã£", "Ð¿Ñ€Ð¸Ð²", "一二三", "䈀漀渀樀", "ï»¿a", "😀 ðŸ˜€", "", "x" * 200 + "Ã‰", "Ã\u0080"),
    ]
    appraisal, counts = Appraiser(septet.Planner(profile)).appraise(pa.array(rows))
    bit = BITS["suspect-encoding"]
    found = [row for row, bits in zip(rows, appraisal.problems.tolist(), strict=True) if bits & bit]
    garbled = [
        row for row in rows if any(p.code == "suspect-encoding" for p in septet.plan(row, profile).problems)
    ]
    assert found == garbled
    assert len(found) >= 14
    assert counts["problem", "suspect-encoding"] == len(found)
    assert appraisal.billed.tolist() == [septet.count(row, profile) for row in rows]


_LOOKED_AT = [
    *(
        "Suivi : https://ex.fr/~a[1]",
        "Prix : 5~10 €",
        "5^10",
        "Code : NOËL",
        "Mot de passe : l’eau",
        "3 août",
    ),
    *(
        "https://ex.fr/a🎉Go",
        "ex.fr/a)See",
        "ex.fr/a(voir",
        "(voir ex.fr/a)",
        "Tom &amp; Co",
        "a<br>b",
        "AT&T",
    ),
    *(" a", "a ", "\u00a0a", "a\u2003", "a\n", "\ta", "é", "à", "aé", "\u3000", "", "a\x1c", "\u200ba"),
    *(
        "10\u202f€",
        "5 – 10",
        "C’est l’été 😀 à 9h30 ⏰",
        "20°C",
        "20 °C",
        "½ h",
        "10½",
        "{prénom} [x]",
        "{nom}",
    ),
    *(
        "Hi   Ann  , hello",
        "Fin  . Fin  ... Fin  .",
        "10 zł",
        "5 œufs",
        "votre 1er œuf",
        "(06) 12’34",
        "Kod: 12ę4",
        "jean~x@ex.fr",
        "@ex.fr #12ç4",
        "٣ jours",
    ),
    *(
        "<#> Code 12\nFA+9çCX9VSu",
        "https://ex.ru/wiki/Москва",
        "ex.cn/a点击",
        "12ç",
        "ç12",
        "ex.fr/ç",
        "ç.fr/a",
    ),
    *("avec le code NOËL", "avec le code NO~EL", "code promo ÉTÉ", "Code Á-B", "kod ŁÓDŹ", "code |A"),
    *("≈ 5 km", "~ 10 €", "5 µg", "5 µ", "10 km – 5 km", "3 de março", "25 €, goûter", "40 de août"),
    *("Hi [prénom] {prêt nom}", "[FirstName]", "{!prêt}", "<prénom>", "{first|prêt}", "[[Prêt nom]]"),
]


@pytest.mark.parametrize("options", [{}, {"recipient": "to"}, {"truncate": True, "max_segments": 1}], ids=str)
def test_a_value_with_blanks_around_it_is_said_of_its_row(kernel: str, options: dict[str, Any]) -> None:
    rows = [
        {"name": name, "to": "+33612345678"}
        for name in ("Ann", " Ann", "Ann ", "Ann\n", "\u00a0Ann", "", "A  n", "Zoé", "à ", " ")
    ]
    found = estimate(rows, template="Hi {name}, hello", **options)
    assert found.problems["outer-blanks"] == 6
    quiet = estimate(rows, template="Hi {name}, hello", ignore="outer-blanks", **options)
    assert "outer-blanks" not in quiet.problems


@pytest.mark.parametrize("options", [{}, {"encoding": "gsm7"}, {"commercial": True}], ids=str)
@over_profiles("profile")
def test_rows_have_the_problems_of_their_plans(kernel: str, profile: str, options: dict[str, Any]) -> None:
    """What a column is looked at for is found in the rows in which a plan finds it, and in no others."""
    import pyarrow as pa

    from septet.campaign.appraisals import BITS, Appraiser

    if "encoding" in options and "gsm7" not in septet.profile(profile).rule("encodings")["offered"]:
        return
    rows = [*_LOOKED_AT, *(f"Bonjour, {row} merci" for row in _LOOKED_AT)]
    appraiser, planner = Appraiser(septet.Planner(profile, **options)), septet.Planner(profile, **options)
    told = [{problem.code for problem in planner.plan(row).problems} for row in rows]
    for texts in (pa.array(rows), pa.array([b"x", *(row.encode() for row in rows)]).slice(1)):
        appraisal, counts = appraiser.appraise(texts)
        for row, bits, codes in zip(rows, appraisal.problems.tolist(), told, strict=True):
            assert {code for code, bit in BITS.items() if bits & bit} == codes, row
        assert counts["problem", "outer-blanks"] == sum("outer-blanks" in codes for codes in told) >= 8


@pytest.mark.parametrize(
    "options",
    [
        {"encoding": "latin1"},
        {"encoding": "latin1", "ports": (2948, 9200)},
        {"encoding": "latin1", "truncate": True, "max_segments": 1},
        {"header": b"\x01\x02\x80\x05"},
    ],
)
def test_latin_1_and_further_elements_are_counted_as_they_are_planned(options: dict[str, Any]) -> None:
    lengths = (5, 139, 140, 141, 134, 268, 269)
    ends = ("", "€", "Δ", "ç", "[", "\x80", "😀", "日")
    rows = [letter * length + end for letter in "aé" for length in lengths for end in ends]
    plans = [septet.plan(row, "smpp", **options) for row in rows]
    found = estimate(rows, profile="smpp", **options)
    assert found.segments == sum(plan.billed_segments for plan in plans)
    assert {share.value: share.rows for share in found.encodings} == Counter(p.encoding for p in plans)
    assert dict(found.problems) == Counter(
        code for plan in plans for code in {problem.code for problem in plan.problems}
    )
    column = septet.Planner("smpp", **options).measure_arrow(pa.array(rows))
    assert column.column("encoding").to_pylist() == [plan.encoding for plan in plans]
    assert column.column("units").to_pylist() == [plan.units for plan in plans]
