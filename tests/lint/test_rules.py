"""The rules: each is reported for texts of its kind, at their place, and for no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from linted_files import catalogue, report, told

import septet
from septet.lint.findings import Segments
from septet.lint.rules import RULES

NBSP = "\u00a0"

#: Texts for each rule about characters or a whole text, what is at its place, settings, and the severity.
CASES: list[tuple[str, str, str, dict[str, object], str]] = [
    ("unicode", "Fête à Noël", "ê", {}, "warning"),
    ("unicode", "Ça coûte 5 €", "û", {}, "warning"),
    ("unicode", "Votre code 😀", "😀", {}, "warning"),
    ("unicode", "您的验证码是 123456", "您", {}, "notice"),
    ("unicode", "رمزك 123", "ر", {}, "notice"),
    ("expensive-character", "l’accès", "’", {}, "warning"),
    ("expensive-character", "un “mot” — deux…", "“", {}, "warning"),
    ("expensive-character", "Bonjour…", "…", {"profile": "smsmode"}, "warning"),
    ("hidden-character", f"Prix{NBSP}: 5 €", NBSP, {}, "warning"),
    ("hidden-character", "mot\u200b de passe", "\u200b", {}, "warning"),
    ("hidden-character", "a\u200eb", "\u200e", {}, "warning"),
    ("hidden-character", "\ufeffBonjour", "\ufeff", {}, "warning"),
    ("hidden-character", "mi\u00adlieu", "\u00ad", {}, "warning"),
    ("not-nfc", "Bon e\u0301te", "e", {}, "warning"),
    ("lossy", "Votre code ☃", "☃", {"profile": "smsmode", "encoding": "gsm7"}, "warning"),
    ("unmapped", "Un ☃", "☃", {"encoding": "gsm7"}, "error"),
    ("suspect-encoding", "Ã©tÃ© Ã  la mer", "Ã", {}, "warning"),
    ("suspect-markup", "Un <b>mot</b>", "<", {}, "warning"),
    ("suspect-markup", "5 &euro; et &amp;", "&", {}, "warning"),
    ("glued-link", "Go ex.fr/a🎉Come in", "e", {}, "warning"),
    ("outer-blanks", "Un texte assez long pour ne pas etre un morceau ", " ", {}, "notice"),
    ("near-the-edge", "x" * 158, "x", {}, "notice"),
    ("too-many-segments", "x" * 161, "x", {"max_segments": 1}, "error"),
    ("unbounded-placeholder", "Bonjour %(nom)s", "B", {}, "warning"),
    ("fragment", " et merci", " ", {}, "notice"),
    ("single-expression", "{{ message }}", "{", {}, "notice"),
    ("optout-missing", "Soldes", "S", {"profile": "smsmode", "commercial": True, "optout": "never"}, "error"),
]


@pytest.mark.parametrize(("rule", "text", "at", "config", "severity"), CASES, ids=lambda part: str(part)[:20])
def test_a_rule_is_told_at_its_place(
    rule: str, text: str, at: str, config: dict[str, object], severity: str, tmp_path: Path
) -> None:
    path = catalogue(tmp_path / "fr.po", ("key", text))
    found = {finding.rule: finding for finding in report(path, **config).findings}
    assert rule in found, found
    finding = found[rule]
    line = path.read_text("utf-8").splitlines()[finding.line - 1]
    assert line[finding.column - 1 :].startswith(at)
    assert finding.severity == severity
    assert (finding.end_line, finding.end_column) > (finding.line, finding.column)
    # If it is ignored, nothing is reported.
    others = report(path, **config, ignore=[rule]).findings
    assert [one.rule for one in others] == [one for one in found if one != rule]


#: Texts that look like a finding and are not one, by the rule that would report it.
NONE: list[tuple[str, str, dict[str, object]]] = [
    ("unicode", "l’accès", {"profile": "twilio"}),  # replaced by the vendor
    ("unicode", "Fête", {"encoding": "ucs2"}),  # asked for
    ("expensive-character", "l’accès", {"profile": "twilio"}),
    ("expensive-character", "您的“验证码”是 1", {}),  # UCS-2 anyway, and one unit
    ("expensive-character", "l'acces", {}),
    ("hidden-character", "می\u200cخواهم", {}),  # Persian
    ("hidden-character", "क्\u200dष", {}),  # Hindi
    ("hidden-character", "👨\u200d👩\u200d👧", {}),
    ("hidden-character", "❤\ufe0f", {}),
    ("hidden-character", "שלום\u200f 123", {}),
    ("hidden-character", "\u200b\u200bYour code is 1 FA+9qCX9VSu", {}),
    ("not-nfc", "Été", {}),
    ("glued-link", "Voir https://ex.fr/a. Merci", {}),
    ("suspect-markup", "5 < 6 & 7 > 2", {}),
    ("near-the-edge", "x" * 150, {}),
    ("too-many-segments", "x" * 160, {"max_segments": 1}),
    ("unbounded-placeholder", "Bonjour %(nom)s", {"bounds": {"nom": 3}}),
    ("unbounded-placeholder", "Bonjour %(nom)s", {"bounds": {"*": "1..9"}}),
    ("unbounded-placeholder", "Bonjour %s et %s", {"bounds": {"%s": "1..9"}}),
    ("unbounded-placeholder", "Bonjour %(nom_complet)s", {"bounds": {"nom*": "1..9"}}),
    ("fragment", "Merci et bonne fin de journée à vous tous ", {}),
]


def test_what_is_no_finding(tmp_path: Path) -> None:
    for number, (rule, text, config) in enumerate(NONE):
        path = catalogue(tmp_path / f"{number}.po", ("key", text))
        assert rule not in told(path, **config).get("key", []), (rule, text)


def test_every_rule_is_tested_and_has_a_page() -> None:
    here = Path(__file__).read_text("utf-8")
    for rule in RULES.values():
        assert f'"{rule.name}"' in here, rule.name
        assert rule.title.in_language("fr") != rule.title
        assert rule.page.in_language("fr") != rule.page


def test_what_a_single_sign_costs_and_what_it_takes_without(tmp_path: Path) -> None:
    text = "Votre code d’accès est 123456. Ne le communiquez à personne, nous ne le demandons jamais."
    path = catalogue(tmp_path / "fr.po", ("otp", text))
    found = report(path, price="0.045", currency="EUR", volume={"otp": 2_000_000})
    for rule in ("unicode", "expensive-character"):
        (finding,) = [one for one in found.findings if one.rule == rule]
        assert (finding.segments, finding.without) == (Segments(2, 2), Segments(1, 1))
        assert str(finding.cost) == "90000.000"
    # The same segment is counted once.
    assert found.to_dict()["cost"] == "90000"


@pytest.mark.parametrize(
    ("text", "bounds", "segments", "tip"),
    [
        ("x" * 150 + "{c}", {"c": "6:digits"}, (1, 1), ""),
        ("x" * 150 + "{c}", {"c": 6}, (1, 2), "two septets"),
        ("x" * 140 + "{c}", {"c": "1..30:digits"}, (1, 2), "c has 21 characters or more"),
        ("x" * 100 + "{c}", {"c": "1..30:accents"}, (1, 2), "GSM-7 lacks"),
        (
            "x" * 100 + "{c}{d}",
            {"c": "1..50:digits", "d": "1..20:digits"},
            (1, 2),
            "c has 41 characters or more",
        ),
    ],
)
def test_the_count_holds_for_every_value_and_says_which_one_tips_it(
    text: str, bounds: dict[str, object], segments: tuple[int, int], tip: str, tmp_path: Path
) -> None:
    path = catalogue(tmp_path / "fr.po", ("key", text))
    found = {one.rule: one for one in report(path, bounds=bounds, max_segments=1).findings}
    if segments[1] == 1:
        assert "too-many-segments" not in found
        return
    assert found["too-many-segments"].segments == segments
    assert tip in found["too-many-segments"].message


def test_a_translation_that_needs_more_than_its_source(tmp_path: Path) -> None:
    path = catalogue(
        tmp_path / "fr.po",
        ("Your code is " + "x" * 70, "Voici l’accès : " + "x" * 70),
        ("Same " + "x" * 70, "Pareil " + "x" * 70),
        ("Dear ☃ " + "x" * 70, "Cher " + "x" * 70),
        ("sms.otp", "x" * 161),  # a key, which is no text
    )
    rules = {rule: key for key, found in told(path).items() for rule in found}
    assert rules["dearer-than-source"].startswith("Your code")
    # For files of one language each, by the key.
    for language, text in (("en", "short"), ("fr", "é" * 161)):
        (tmp_path / f"{language}.yml").write_text(f"{language}:\n  otp:\n    sms: '{text}'\n", "utf-8")
    files = [tmp_path / "en.yml", tmp_path / "fr.yml"]
    assert "dearer-than-source" not in told(files).get("otp.sms", [])
    assert "dearer-than-source" in told(files, source_language="en")["otp.sms"]


def test_what_is_not_sent_is_said_for_what_it_is(tmp_path: Path) -> None:
    path = catalogue(
        tmp_path / "fr.po",
        ("Empty one", ""),
        ("Fuzzy " + "x" * 160, "l’eau", "#, fuzzy"),
        ("Good", "Bon"),
    )
    path.write_text(path.read_text("utf-8") + '#~ msgid "Old"\n#~ msgstr "l’ancien"\n', "utf-8")
    found = told(path, max_segments=1)
    assert found == {
        "Empty one": ["untranslated"],
        # What counts is the source.
        "Fuzzy " + "x" * 160: ["too-many-segments", "untranslated"],
        "Old": ["obsolete"],
    }
    # A template of catalogues has no translations: its texts are what is sent.
    template = catalogue(tmp_path / "app.pot", ("Fête", ""))
    assert told(template) == {"Fête": ["unicode"]}


def test_the_apostrophes_of_message_format(tmp_path: Path) -> None:
    path = tmp_path / "messages_fr.properties"
    path.write_text("otp = Votre code d'acc\\u00E8s est {0}\nok = Aujourd''hui {0}\nplain = l'eau\n", "utf-8")
    found = told(path, bounds={"0": 6})
    assert found == {"otp": ["lone-apostrophe"]}
    (finding,) = report(path, bounds={"0": 6}).findings
    assert (finding.line, finding.column) == (1, 19)


def test_a_placeholder_that_is_not_closed(tmp_path: Path) -> None:
    path = tmp_path / "app_fr.arb"
    path.write_text('{"@@locale": "fr", "otp": "Voici {code et la suite"}', "utf-8")
    assert "unclosed-placeholder" in told(path)["otp"]


def test_every_branch_of_a_plural_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "app_en.arb"
    text = "{n, plural, one {one day} other {" + "x" * 161 + "}}"
    path.write_text(f'{{"@@locale": "en", "left": "{text}"}}', "utf-8")
    found = {one.rule: one for one in report(path, max_segments=1, bounds={"*": "1..3"}).findings}
    assert found["too-many-segments"].segments == (1, 2)
    assert "other" in found["too-many-segments"].message


def test_severities_and_options_of_rules(tmp_path: Path) -> None:
    path = catalogue(tmp_path / "fr.po", ("key", "x" * 155))
    assert told(path) == {}
    assert told(path, rules={"near-the-edge": {"characters": 6}}) == {"key": ["near-the-edge"]}
    found = report(path, rules={"near-the-edge": {"characters": 6, "severity": "error"}})
    assert (found.findings[0].severity, found.exit_code, found.ok) == ("error", 1, False)
    assert report(path, rules={"near-the-edge": {"characters": 6}}).exit_code == 0


def test_no_finding_quotes_a_text(tmp_path: Path) -> None:
    secret = "Geheimnis"
    path = tmp_path / "fr.yml"
    path.write_text(f"fr:\n  sms: '{secret} l’eau {'x' * 200} <b> https://a.fr/b日 '\n", "utf-8")
    found = report(path, max_segments=1)
    assert len(found.findings) > 3
    assert secret not in str(found.to_dict())
    assert septet.schema("lint")
