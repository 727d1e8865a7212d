"""Texts that are passed over have nothing that a rule is made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from message_files import FILES
from raised_problems import RAISED
from strategies import texts

import septet
from septet.lint.about_texts import _OF_PROBLEMS
from septet.lint.checking import check, planner_of
from septet.lint.clean_texts import CleanTexts
from septet.lint.configs import config_of
from septet.lint.entries import Entry
from septet.lint.findings import Finding
from septet.lint.judging import Judge
from septet.lint.places import Source
from septet.lint.readers.files import File
from septet.lint.readers.gettext import _OF_FLAGS
from septet.lint.readers.reading import _FORMATS
from septet.planning.blemishes import may_have_faults

PLANNERS = [
    septet.Planner(name, **options)
    for name in ("gsm", "twilio", "smsmode", "smspartner", "ovhcloud", "octopush")
    for options in ({}, {"commercial": True}, {"commercial": True, "optout": "never"})
]


def faults(plan: septet.Plan) -> bool:
    has_faults = any(problem.code in _OF_PROBLEMS for problem in plan.problems)
    assert may_have_faults(plan) or not has_faults, plan.problems
    return has_faults


def test_each_problem_that_a_rule_is_made_of_is_looked_for() -> None:
    raised = set()
    for _, profile, options, text, *_ in RAISED:
        plan = septet.plan(text, profile, **options)
        faults(plan)
        raised |= {problem.code for problem in plan.problems}
    assert raised >= set(_OF_PROBLEMS)


@given(text=texts(), planner=st.sampled_from(PLANNERS))
@examples(200)
def test_no_text_is_passed_over_that_has_one(text: str, planner: septet.Planner) -> None:
    faults(planner.plan(text))


PARTS = [
    *(
        "Bonjour ",
        "l'été",
        "’",
        "(ici)",
        " ex.fr",
        "€",
        "x" * 70,
        "x" * 147,
        "ê",
        "Ã©",
        "\n",
        " ",
        "`",
        "<b>",
    ),
    *("((", "))", "(", "{", "}", "%", "$", ":", "|", "''", "@", "[x]", ";", "& co", "://", "é"),
    *("%(name)s", "%(name)d", "{name}", "{{name}}", "{{ name }}", "%{name}", "${name}", "((name))", ":name"),
    *("{0}", "%1$s", "%s", "{{if}}", "{{end}}", "%n", "$t(name)", "{name, plural, other {#}}", "NAME", "ab"),
]
#: Those of all formats, and what flags of gettext add.
DIALECTS = sorted(
    {form.dialects for form in _FORMATS.values()}
    | {(*names, "general") for names in _OF_FLAGS.values()}
    | {("general", "laravel"), ("chrome",), ("python", "general")}
)


def judges(judge: Judge, entries: list[Entry]) -> list[Finding]:
    """The findings of all rules for all entries; no entry is skipped."""
    judge._clean._most = -1
    return [finding for entry in entries for finding in judge.findings(entry)]


@given(
    parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=7),
    dialects=st.sampled_from(DIALECTS),
    profile=st.sampled_from(["gsm", "twilio", "smsmode", "ovhcloud", "smspartner", "telnyx"]),
    bounds=st.sampled_from([{"*": "1..20"}, {"name": "0..9"}, {"*": "3:accents"}, {"name": 160}]),
    options=st.sampled_from(
        [{}, {}, {"commercial": True}, {"encoding": "gsm7"}, {"suffix": "STOP"}, {"max_segments": 1}]
    ),
)
@examples(400)
def test_what_is_clean_at_once_has_no_finding(
    parts: list[str],
    dialects: tuple[str, ...],
    profile: str,
    bounds: dict[str, object],
    options: dict[str, object],
) -> None:
    try:
        config = config_of({"profile": profile, "bounds": bounds, **options})
        judge = Judge(config, planner_of(config))
    except septet.OptionError:
        return
    source = Source("".join(parts).encode())
    entry = File("fr.txt", source, "template", dialects).entry("key", source.text, 0, "plain")
    is_clean = not judge.unsure([entry])
    try:
        count = judge.counter.count_of(judge.counter.forms(entry.message))
    except ValueError:  # its values are too long for bounds
        assert not is_clean
        return
    if is_clean or judge._clean.holds(entry.text, entry.message, count):
        assert judges(judge, [entry]) == []


def test_common_messages_are_clean_at_once() -> None:
    judge = Judge(config := config_of({"bounds": {"*": "1..20"}}), planner_of(config))
    texts = ["Votre code (à 4 chiffres) est 1234.", "Merci {name}, à bientôt !".replace("ô", "o"), "12 €"]
    texts += ["Bonjour %(name)s, {{ code }} %{ville}.", "Rappel pour ((name)) à 12h", "x" * 200]
    file = File("fr.txt", Source(b""), "template", ("general",))
    entries = [file.entry("key", text, 0, "") for text in texts]
    assert judge.unsure(entries) == []
    others = [
        "",
        " a",
        "a  b",
        "l’été",
        "x" * 158,
        "{name}",
        "{count, number} a",
        "100 % a",
        "(a)ex.fr(",
        "ж",
    ]
    entries = [file.entry("key", text, 0, "") for text in others]
    assert judge.unsure(entries) == entries


@pytest.mark.parametrize(
    "config",
    [{}, {"bounds": {"*": "1..20"}, "max_segments": 1}, {"profile": "twilio", "source_language": "en"}],
)
def test_reports_are_the_same_where_nothing_is_passed_over(
    config: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, octets in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(octets)
    monkeypatch.chdir(tmp_path)
    quick = check(".", config)
    monkeypatch.setattr(CleanTexts, "unsure", lambda self, entries: entries)
    monkeypatch.setattr(CleanTexts, "holds", lambda *given: False)
    assert quick == check(".", config)
    assert len(quick.findings) > 50
