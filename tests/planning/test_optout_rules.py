"""The rules of the opt-out mention and of the cut, one by one; each test bears its rule's name."""

from __future__ import annotations

from typing import Any

import pytest

import septet


def codes(plan: septet.Plan) -> list[str]:
    return [problem.code for problem in plan.problems]


class TestAlreadyThere:
    @pytest.mark.parametrize(
        "text",
        [
            "STOP AU 36111 et plus",
            "stop au 36111",
            "(Stop Au 36111)",
            "STOPAU36111",
            "STOP \t AU\n\n36111.",
            "…STOP AU 36111",
            "STOP\u00a0AU\u00a036111",
        ],
    )
    def test_anywhere_in_any_case_with_any_spacing(self, kernel: str, text: str) -> None:
        plan = septet.plan(text, "encom", commercial=True)
        assert (plan.optout, plan.optout_status) == ("", "already-there")
        assert plan.ok

    @pytest.mark.parametrize(
        "text",
        [
            "NONSTOP AU 36111",
            "STOP AU 361115",
            "1STOP AU 36111",
            "_STOP AU 36111",
            "STOP AU 36 111",
            "STOP, AU 36111",
        ],
    )
    def test_whole_words_and_numbers_only(self, kernel: str, text: str) -> None:
        plan = septet.plan(text, "encom", commercial=True)
        assert (plan.text, plan.optout_status) == (text + " STOP AU 36111", "added")

    @pytest.mark.parametrize(
        ("text", "mention"),
        [
            ("ST^OP 36180", None),
            ("STÔP 36180", None),
            ("STOP 3^6180", None),
            ("[stop]", "(STOP)"),
            ("{Stop^]", "(STOP)"),
        ],
    )
    def test_in_the_text_as_shown_after_substitution(
        self, kernel: str, text: str, mention: str | None
    ) -> None:
        planner = septet.Planner("smspartner", commercial=True, optout_text=mention)
        plan = planner.plan(text)
        assert (plan.optout, plan.optout_status) == ("", "already-there")
        assert planner.measure(text).units == plan.units == len(plan.text)

    def test_in_the_text_as_written_under_ucs2(self, kernel: str) -> None:
        """No table is applied there."""
        plan = septet.plan("ST^OP 36180", "smspartner", commercial=True, encoding="ucs2")
        assert plan.optout_status == "added"

    def test_in_the_text_as_shown_after_the_cut(self, kernel: str) -> None:
        text = "a" * 155 + " STOP 36034"
        cut = septet.plan(text, "smsmode", commercial=True, max_segments=1)
        assert (cut.text, cut.optout_status) == ("a" * 149 + " STOP 36034", "added")
        assert septet.plan(text, "smsmode", commercial=True).optout_status == "already-there"

    def test_what_the_cut_leaves_needs_no_room(self, kernel: str) -> None:
        plan = septet.plan("STOP 36034 " + "a" * 200, "smsmode", commercial=True, max_segments=1)
        assert (plan.optout, plan.optout_status, plan.units) == ("", "already-there", 160)

    def test_optout_text_alone_is_searched_for(self, kernel: str) -> None:
        options: dict[str, Any] = {"commercial": True, "optout_text": "STOP 38123"}
        assert septet.plan("STOP 36034", "smsmode", **options).optout == " STOP 38123"
        assert septet.plan("stop38123", "smsmode", **options).optout_status == "already-there"

    def test_word_boundaries_only_where_the_mention_has_a_word(self, kernel: str) -> None:
        plan = septet.plan("a(stop)b", "gsm", commercial=True, optout_text="(STOP)")
        assert plan.optout_status == "already-there"

    def test_the_form_of_a_short_code(self, kernel: str) -> None:
        found = {
            text: septet.plan(text, "smspartner", commercial=True).optout_status == "already-there"
            for text in ("STOP 36xxx", "STOP 36XXX", "STOP 36123", "STOP 36xx1", "STOP 3612", "STOP 361234")
        }
        assert [text for text, there in found.items() if there] == ["STOP 36xxx", "STOP 36XXX", "STOP 36123"]

    def test_the_mention_follows_the_country(self, kernel: str) -> None:
        assert septet.plan("a", "smsmode", commercial=True, country="fr").optout == " STOP 36034"
        assert septet.plan("a", "smsmode", commercial=True, country="BE").optout == " no-sms.eu"
        there = septet.plan("no-sms.eu", "smsmode", commercial=True, country="BE")
        assert there.optout_status == "already-there"
        assert septet.plan("no-sms.eu", "smsmode", commercial=True).optout_status == "added"
        assert septet.plan("a", "encom", commercial=True, country="BE").optout == " STOP AU 36111"


def others(plan: septet.Plan) -> list[Any]:
    return [problem.details["number"] for problem in plan.problems if problem.code == "optout-other-number"]


class TestOtherNumbers:
    """A mention of another short code is neither taken for the vendor's nor passed over in silence."""

    @pytest.mark.parametrize(
        ("profile", "mention"),
        [
            ("smsmode", " STOP 36034"),
            ("smspartner", " STOP 36xxx"),
            ("encom", " STOP AU 36111"),
            ("envoyersmspro", "\nSTOP SMS au 36111"),
            ("ovhcloud", " STOP 36xxx"),
            ("smsfactor", " STOP SMS: 36xxx"),
        ],
    )
    @pytest.mark.parametrize(
        "written",
        ["STOP 38063", "stop38063", "Stop: 38063", "STOP au 38063", "Stop SMS  38063", "STOP SMS au\n38063."],
    )
    def test_it_is_told_of_and_the_vendor_s_is_added(
        self, kernel: str, profile: str, mention: str, written: str
    ) -> None:
        plan = septet.plan(f"Promo {written}", profile, commercial=True)
        assert (plan.text, plan.optout_status, others(plan)) == (
            f"Promo {written}{mention}",
            "added",
            ["38063"],
        )
        (problem,) = (problem for problem in plan.problems if problem.code == "optout-other-number")
        assert (problem.severity, problem.start) == ("warning", None)
        assert mention.strip() in problem.message
        assert septet.plan(f"Promo {written}", profile).problems == ()  # no mention is looked for

    @pytest.mark.parametrize(
        "text",
        [
            "NONSTOP 38063",
            "STOP 380631",
            "STOP 3806",
            "STOP38063x",
            "stop à 38063 euros",
            "sTOP 38063",
            "38063",
        ],
    )
    def test_what_is_none(self, kernel: str, text: str) -> None:
        assert others(septet.plan(text, "smsmode", commercial=True)) == []

    @pytest.mark.parametrize("profile", ["smspartner", "ovhcloud", "smsfactor"])
    def test_numbers_of_other_vendors_documents_are_not_theirs(self, kernel: str, profile: str) -> None:
        for number, is_theirs in (("36180", True), ("36063", True), ("36111", False), ("36034", False)):
            plan = septet.plan(f"Promo STOP {number}", profile, commercial=True)
            assert (plan.optout_status == "already-there") is is_theirs
            assert others(plan) == ([] if is_theirs else [number])

    def test_no_shipped_profile_takes_the_mention_of_another_document_for_its_own(self, kernel: str) -> None:
        documented = {"encom": "STOP AU 36111", "envoyersmspro": "STOP SMS au 36111", "smsmode": "STOP 36034"}
        for name in septet.profiles():
            for owner, mention in documented.items():
                if name.partition("@")[0] != owner:
                    plan = septet.plan(f"Promo {mention}", name, commercial=True)
                    assert plan.optout_status != "already-there", (name, mention)

    def test_its_own_number_in_other_words_is_no_other_number(self, kernel: str) -> None:
        plan = septet.plan("a" * 147 + " STOP 36111", "encom", commercial=True)
        assert (plan.optout_status, plan.billed_segments, others(plan)) == ("added", 2, [])

    def test_with_a_mention_of_ones_own(self, kernel: str) -> None:
        options: dict[str, Any] = {"commercial": True, "optout_text": "STOP 36063"}
        assert septet.plan("Promo STOP 36063", "smsmode", **options).problems == ()
        assert others(septet.plan("Promo STOP 36034", "smsmode", **options)) == ["36034"]
        assert others(septet.plan("Stop 36063 Stop 36034", "smsmode", **options)) == ["36034"]

    def test_where_nothing_is_added_it_is_told_as_well(self, kernel: str) -> None:
        plan = septet.plan("Promo STOP 36063", "smsmode", commercial=True, optout="never")
        assert sorted(codes(plan)) == ["optout-missing", "optout-other-number"]
        assert sorted(codes(septet.plan("Promo STOP 36063", "smspartner-eco", commercial=True))) == [
            "optout-missing",
            "optout-other-number",
        ]

    def test_one_that_is_cut_away_is_not_told_of(self, kernel: str) -> None:
        text = "a" * 155 + " STOP 38063"
        assert others(septet.plan(text, "smsmode", commercial=True, max_segments=1)) == []
        assert others(septet.plan(text, "smsmode", commercial=True)) == ["38063"]


@pytest.mark.parametrize("profile", septet.profiles())
def test_a_mention_of_ones_own_stands_only_where_no_document_fixes_the_words(profile: str) -> None:
    rows = septet.profile(profile).rule("optout")["mentions"]
    fixed = any(row["fixed"] for row in rows)
    assert fixed is (profile in ("encom", "envoyersmspro", "smspartner-eco", "octopush", "octopush@2016"))
    for options in ({"commercial": True}, {}):
        if fixed:
            with pytest.raises(ValueError, match=r"optout_text: .* has fixed words for its mention, "):
                septet.plan("Promo", profile, optout_text="STOP 38123", **options)  # type: ignore[arg-type]
        else:
            septet.plan("Promo", profile, optout_text="STOP 38123", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", septet.profiles())
def test_a_mention_of_ones_own_is_shown_as_it_is_written(profile: str) -> None:
    """Each character that the vendor replaces, or that no encoding holds, is refused by its name."""
    own = septet.profile(profile)
    if any(row["fixed"] for row in own.rule("optout")["mentions"]) or own.rule("counting")["octets"]:
        return  # there is nothing to choose, or any character goes as it is
    for character in [*own.substitutions, "[", "^", "é", "日"]:
        mention = f"STOP{character}"
        if character in own.substitutions or not (character in own.alphabet or _in_ucs2(own, character)):
            with pytest.raises(ValueError, match=rf"U\+{ord(character):04X}"):
                septet.plan("Promo", profile, commercial=True, optout_text=mention)
        elif "always" in own.rule("optout")["commercial"]["offered"]:
            plan = septet.plan("Promo", profile, commercial=True, optout_text=mention, optout="always")
            assert plan.text.endswith(mention)
            assert character in own.alphabet or plan.encoding == "ucs2"
            assert septet.plan(plan.text, profile, commercial=True, optout_text=mention).text == plan.text


def _in_ucs2(profile: septet.Profile, character: str) -> bool:
    """Whether a message with this character is sent as UCS-2 by default."""
    rule = profile.rule("ucs2")
    carried = rule["characters"] if rule else ""
    return profile.rule("encodings")["default"] == "auto" and (
        "ucs2" in profile.rule("encodings")["offered"] and (not carried or character in carried)
    )


class TestStatus:
    @pytest.mark.parametrize(
        "profile", ["gsm", "encom", "smspartner", "smspartner-eco", "smsmode", "envoyersmspro"]
    )
    def test_transactional_is_not_searched(self, kernel: str, profile: str) -> None:
        assert septet.plan("STOP AU 36111 STOP 36034", profile).optout_status == "not-required"

    @pytest.mark.parametrize("profile", ["smspartner", "smsmode", "envoyersmspro"])
    def test_commercial_and_never_is_missing(self, kernel: str, profile: str) -> None:
        plan = septet.plan("Soldes", profile, commercial=True, optout="never")
        assert (plan.optout_status, codes(plan), plan.ok) == ("missing", ["optout-missing"], False)

    def test_commercial_at_the_eco_range(self, kernel: str) -> None:
        plan = septet.plan("Soldes", "smspartner-eco", commercial=True)
        assert (plan.optout_status, codes(plan)) == ("missing", ["optout-missing"])
        assert septet.plan("Soldes nopub =stop", "smspartner-eco", commercial=True).ok

    def test_no_mention_is_known_to_the_standard(self, kernel: str) -> None:
        plan = septet.plan("Soldes", "gsm", commercial=True)
        assert (plan.optout_status, plan.problems) == ("not-required", ())
        plan = septet.plan("Soldes", "gsm", commercial=True, optout_text="STOP 38123", optout="never")
        assert (plan.optout_status, codes(plan)) == ("missing", ["optout-missing"])

    def test_if_free_without_room(self, kernel: str) -> None:
        text = "a" * 150
        plan = septet.plan(text, "smsmode", optout="if-free")
        assert (plan.optout_status, codes(plan), plan.ok) == ("not-added", ["optout-not-added"], True)
        plan = septet.plan(text, "smsmode", commercial=True, optout="if-free")
        assert (plan.optout_status, plan.ok) == ("missing", False)
        assert sorted(codes(plan)) == ["optout-missing", "optout-not-added"]

    def test_an_assumed_mention_is_named_only_when_added(self, kernel: str) -> None:
        assert codes(septet.plan("a", "smspartner", commercial=True)) == ["optout-unspecified"]
        assert codes(septet.plan("STOP 36180", "smspartner", commercial=True)) == []
        assert codes(septet.plan("a", "smspartner", commercial=True, optout_text="STOP 36180")) == []


class TestIfFree:
    def test_it_is_judged_by_billed_segments(self, kernel: str) -> None:
        options: dict[str, Any] = {"optout": "if-free", "optout_text": "STOP 38123"}
        statuses = [septet.plan("a" * n, "gsm", **options).optout_status for n in (149, 150, 295, 296)]
        assert statuses == ["added", "not-added", "added", "not-added"]

    def test_it_is_judged_after_the_cut(self, kernel: str) -> None:
        plan = septet.plan("a" * 400, "smsmode", optout="if-free", max_segments=1)
        assert (plan.truncated, plan.units, plan.optout_status) == (240, 160, "not-added")

    def test_a_cut_may_make_room(self, kernel: str) -> None:
        """Whole, the text is too long for it; cut before a cluster, there is room."""
        text = "a" * 140 + "e" + "\u0301" * 40
        plan = septet.plan(text, "smsmode", optout="if-free", max_segments=1)
        assert (plan.text, plan.truncated) == ("a" * 140 + " STOP 36034", 41)
        assert plan.optout_status == "added"

    @pytest.mark.parametrize("truncate", [False, True])
    @pytest.mark.parametrize(
        ("profile", "letter", "longest"),
        [
            # The mention has 11 characters with its blank; the vendors take 1600, 1000 and 630 units.
            ("twilio", "a", 1600 - 11),
            ("vonage", "a", 1000 - 11),
            ("aws", "я", 630 - 11),
        ],
    )
    def test_it_passes_no_limit_in_characters(
        self, kernel: str, profile: str, letter: str, longest: int, truncate: bool
    ) -> None:
        """What the vendor would refuse, or cost the sender a character of the text, is not free."""
        options: dict[str, Any] = {"optout": "if-free", "optout_text": "STOP 38123", "truncate": truncate}
        planner = septet.Planner(profile, **options)
        for more in (0, 1, 11):
            text = letter * (longest + more)
            plan = planner.plan(text)
            alone = septet.plan(text, profile)
            assert (plan.text, plan.truncated) == (text + plan.optout, 0)
            assert plan.billed_segments == alone.billed_segments
            assert "too-many-characters" not in codes(plan)
            assert plan.optout_status == ("not-added" if more else "added")

    def test_a_threshold_and_the_segments_must_both_hold(self, kernel: str) -> None:
        long: dict[str, Any] = {"optout": "if-free", "optout_text": "x" * 30}
        assert septet.plan("a" * 129, "smsmode", **long).optout_status == "added"
        assert septet.plan("a" * 130, "smsmode", **long).optout_status == "not-added"
        assert septet.plan("a" * 200, "smsmode", optout="if-free").optout_status == "not-added"


def test_a_mention_never_decides_the_encoding(kernel: str) -> None:
    """€ in a mention costs two septets, and does not call for UCS-2."""
    plan = septet.plan("a", "gsm", commercial=True, optout_text="STOP €")
    assert (plan.encoding, plan.units) == ("gsm7", 9)
    assert septet.plan("я", "gsm", commercial=True, optout_text="STOP €").units == 8


class TestTheCut:
    def test_the_mention_s_room_is_reserved(self, kernel: str) -> None:
        plan = septet.plan("a" * 142, "envoyersmspro", commercial=True, truncate=True)
        assert (plan.text, plan.units) == ("a" * 141 + "\nSTOP SMS au 36111", 160)
        assert (plan.truncated, plan.optout_status, plan.ok) == (1, "added", True)

    def test_a_mention_without_room_for_text_is_too_long(self, kernel: str) -> None:
        plan = septet.plan(
            "я" * 80, "gsm", commercial=True, optout_text="x" * 69, truncate=True, max_segments=1
        )
        assert (plan.truncated, plan.optout_status, codes(plan)) == (0, "added", ["too-long"])
        assert plan.text == "я" * 80 + " " + "x" * 69
        plan = septet.plan(
            "я" * 80, "gsm", commercial=True, optout_text="x" * 68, truncate=True, max_segments=1
        )
        assert (plan.text, codes(plan)) == ("я " + "x" * 68, ["truncated"])

    def test_a_whole_text_that_holds_its_mention_gets_no_second_one(self, kernel: str) -> None:
        """Nothing can be cut, so all of it is shown, and the mention with it."""
        mention = "x" * 100
        options: dict[str, Any] = {
            "commercial": True,
            "optout_text": mention,
            "truncate": True,
            "max_segments": 1,
        }
        plan = septet.plan("я" * 80 + " " + mention, "gsm", **options)
        assert (plan.truncated, plan.optout, plan.optout_status) == (0, "", "already-there")
        assert codes(plan) == ["too-long"]

    @pytest.mark.parametrize(
        "cluster", ["e\u0301", "👨\u200d👩\u200d👧", "🇫🇷", "👍🏽", "한", "\r\n"], ids=ascii
    )
    def test_no_cluster_is_cut(self, kernel: str, cluster: str) -> None:
        weight = septet.plan(cluster, encoding="ucs2").units
        for room in range(1, weight):
            text = "я" * (70 - room) + cluster
            plan = septet.plan(text, truncate=True, max_segments=1)
            assert (plan.text, plan.truncated) == ("я" * (70 - room), len(cluster))
        assert septet.plan("я" * (70 - weight) + cluster, truncate=True, max_segments=1).truncated == 0

    def test_an_escape_pair_and_a_surrogate_pair_are_not_cut(self, kernel: str) -> None:
        assert septet.plan("a" * 159 + "€", truncate=True, max_segments=1).text == "a" * 159
        assert septet.plan("я" * 69 + "😀", truncate=True, max_segments=1).text == "я" * 69

    def test_clusters_are_those_of_the_original(self, kernel: str) -> None:
        """When shown, the accent is a separate ?; when written, it belongs to the letter before it."""
        plan = septet.plan("a" * 159 + "e\u0301", "smspartner", truncate=True, max_segments=1)
        assert (plan.text, plan.truncated) == ("a" * 159, 2)

    def test_a_first_cluster_beyond_the_budget_is_cut_by_characters(self, kernel: str) -> None:
        plan = septet.plan("e" + "\u0301" * 99, truncate=True, max_segments=1)
        assert (plan.text, plan.truncated) == ("e" + "\u0301" * 69, 30)

    def test_the_longest_prefix_is_kept_with_deleted_characters(self, kernel: str) -> None:
        plan = septet.plan("a" * 160 + "^^" + "a", "smspartner", truncate=True, max_segments=1)
        assert plan.truncated == 1
        assert [change.reason for change in plan.changes] == ["deletion", "deletion", "truncated"]

    def test_the_longest_prefix_is_by_billed_segments(self, kernel: str) -> None:
        """306 units are two segments where units are counted, though three are transmitted."""
        text = "a" * 152 + "€" + "a" * 200
        assert septet.plan(text, "smspartner", truncate=True, max_segments=2).units == 306
        assert septet.plan(text, "gsm", truncate=True, max_segments=2).units == 305

    def test_problems_inside_the_cut_are_dropped(self, kernel: str) -> None:
        plan = septet.plan("a" * 159 + "œ…:br:\x1b", "smspartner", truncate=True, max_segments=1)
        assert codes(plan) == ["truncated"]
        plan = septet.plan("a" * 158 + "……", "smspartner", truncate=True, max_segments=1)
        assert codes(plan) == ["unmapped-character"]

    def test_a_run_of_problems_ends_at_the_cut(self, kernel: str) -> None:
        plan = septet.plan("a" * 159 + "……", "smspartner", truncate=True, max_segments=1)
        places = [(problem.code, problem.start, problem.end) for problem in plan.problems]
        assert places == [("unmapped-character", 159, 160), ("truncated", 160, 161)]

    def test_a_crlf_is_not_cut(self, kernel: str) -> None:
        plan = septet.plan("a" * 159 + "\r\n" + "b", "smspartner", truncate=True, max_segments=1)
        assert (plan.text, plan.truncated) == ("a" * 159, 3)
        plan = septet.plan("\r\n" * 80 + "b", "smspartner", truncate=True, max_segments=1)
        assert (plan.text, plan.truncated) == ("\n" * 80, 1)

    def test_a_crlf_of_two_characters_is_not_cut_either(self, kernel: str) -> None:
        plan = septet.plan("a" * 159 + "\r\n" + "b", truncate=True, max_segments=1)
        assert (plan.text, plan.truncated) == ("a" * 159, 3)

    def test_what_is_said_of_it(self, kernel: str) -> None:
        plan = septet.plan("a" * 800, "smsmode")
        (problem,) = plan.problems
        assert (problem.code, problem.severity, problem.start, problem.end) == (
            "truncated",
            "warning",
            765,
            800,
        )
        assert problem.details["limit"] == 5
        assert problem.details["actual"] == 6
        assert problem.details["characters"] == plan.truncated == 35
        assert tuple(plan.changes[-1]) == (765, 800, "a" * 35, "", "truncated")


class TestVendorCode:
    @pytest.mark.parametrize(
        ("length", "ceiling", "code"),
        [(161, None, "4"), (161, 1, "4"), (307, 2, None), (460, 2, "4"), (460, 3, "4")],
    )
    def test_only_where_the_vendor_itself_refuses(
        self, kernel: str, length: int, ceiling: int | None, code: str | None
    ) -> None:
        (problem,) = septet.plan("a" * length, "envoyersmspro", max_segments=ceiling).problems
        assert (problem.code, problem.vendor_code) == ("too-long", code)
        assert problem.vendor_message == (code and "Message too long")


class TestNeverAdded:
    TEXTS = (
        "",
        "Soldes d’été, à 9 h",
        "Soldes STOP au 36111",
        "stop SMS 36173 et plus",
        "NONSTOP AU 36111",
        "STOP 36034",
        "[STOP_CODE] {name} %STOP%",
        "\r\n\u200b\u00ad",
        "\ud800 STOP\u00a036180",
        "STOP au 36111 " + "’é" * 90,
    )

    def test_its_texts_are_planned_at_once_as_the_long_way(
        self, kernel: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        statuses = set()
        for name in ("brevo", "octopush", "allmysms", "smspartner-eco"):
            planner = septet.Planner(name, commercial=True)
            assert planner.settings.optout == "never"
            for text in self.TEXTS:
                plan, composed = planner.plan(text), planner.plan_the_long_way(text)
                assert plan.to_dict() == composed.to_dict()
                assert plan.ok == composed.ok
                statuses.add(plan.optout_status)
            with monkeypatch.context() as context:
                context.setattr(septet.Planner, "plan_the_long_way", None)
                assert planner.plan("Soldes d’été, à 9 h").optout_status == "missing"
        assert statuses == {"missing", "already-there", "not-required"}
