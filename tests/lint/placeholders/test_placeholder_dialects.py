"""Placeholders of each dialect, with their spelling as name, and the messages that a text makes with them."""

from __future__ import annotations

import pytest

from septet.lint.placeholders.dialects import message, placeholders
from septet.lint.placeholders.messages import Field, Literal

GENERAL = ("general",)


@pytest.mark.parametrize(
    ("dialects", "text", "expected"),
    [
        (GENERAL, "Hi %(name)s, %s", {"%(name)s": "name", "%s": "1"}),
        (GENERAL, "{name} {0} {{name}} {{ a.b }} {{{raw}}}", ["name", "0", "name", "a.b", "raw"]),
        (GENERAL, '{{x | default: "y"}} {{count, number}} {{- safe}}', ["x", "count", "safe"]),
        (GENERAL, "%{x} %<n>d ${y} $${z} ${object.name}", ["x", "n", "y", "z", "object.name"]),
        (GENERAL, "$t(a.brand) %app_name% @@x@@ @contact.name", ["a.brand", "app_name", "x", "contact.name"]),
        (GENERAL, "{####} {#var#} {##}", ["####", "#var#", "##"]),
        (GENERAL, "<%= code %> ((name)) %1$s %2$d", ["code", "name", "1", "2"]),
        # Signs of a sentence are not placeholders.
        (GENERAL, "-20%de remise, 100% sûr, 5 % de plus : 10:30 me@contact.fr { } $5 (à) #1", []),
        (("percent",), "%1$s %% %-5.2f %lld %@ %#@days@ 50%%", ["1", "2", "3", "4", "days"]),
        (("python",), "{} {0!r:>5} {name} {{x}}", ["", "0", "name"]),
        (("laravel",), ":name, :Token :tokenUrl https://x.fr 10:30 a::b", ["name", "Token", "tokenUrl"]),
        (("chrome",), "$NAME$ $1 5$", ["NAME", "1"]),
        (("qt",), "%1 %L2 %n", ["1", "2", "n"]),
        (("icu",), "{name} {n, number} {d, date, ::yMMMd}", ["name", "n", "d"]),
        (("java", "general"), "{0} {1,number,#.##}", ["0", "1"]),
    ],
)  # fmt: skip
def test_names(dialects: tuple[str, ...], text: str, expected: list[str] | dict[str, str]) -> None:
    found = placeholders(text, dialects)
    assert all(text[field.start : field.end] == field.written for field in found)
    if isinstance(expected, dict):
        assert {field.written: field.name for field in found} == expected
    else:
        assert [field.name for field in found] == expected


@pytest.mark.parametrize(
    ("dialects", "text", "expected"),
    [
        (
            ("icu",),
            "{n, plural, offset:1 =0 {aucun} one {# élé} other {# l''un {name}}} fin",
            {"n=0": "aucun fin", "n=one": "⟨n⟩ élé fin", "n=other": "⟨n⟩ l'un ⟨name⟩ fin"},
        ),
        (
            GENERAL,
            "{g, select, m {Il {n, plural, one {a} other {b}}} other {Iel}}",
            {"g=m n=one": "Il a", "g=m n=other": "Il b", "g=other": "Iel"},
        ),
        (("java",), "{0,choice,0#aucun|1#un|1<{0} {1}}", {"0=0#": "aucun", "0=1#": "un", "0=1<": "⟨0⟩ ⟨1⟩"}),
        (GENERAL, "{% if a %}x{% elif b %}y{{ b }}{% endif %}z", {"a": "xz", "b": "y⟨b⟩z", "not a": "z"}),
        (GENERAL, "{% if a -%}  x{% else %}y{%- endif %}{# non #}", {"a": "x", "not a": "y"}),
        (GENERAL, "<% if a %>x<% else %>y<%= b %><% end -%>\nz", {"a": "xz", "not a": "y⟨b⟩z"}),
        (GENERAL, "{% macro m() %}x{% endmacro %}{% if a %}y{% endif %}", {"a": "xy", "not a": "x"}),
        (GENERAL, "{{#if a}}x{{else}}y{{/if}}{{! non }}", {"a": "x", "not a": "y"}),
        (GENERAL, "{{if .A}}x {{.B}}{{end}}!", {".A": "x ⟨.B⟩!", "not .A": "!"}),
        (GENERAL, "Bonjour((name?? cher client)).", {"name": "Bonjour cher client.", "not name": "Bonjour."}),
        (("laravel",), "{0} rien|{1} un|[2,*] :count", {"{0}": "rien", "{1}": "un", "[2,*]": "⟨count⟩"}),
        (("laravel",), "un ami|des amis", {"form 1": "un ami", "form 2": "des amis"}),
        (("laravel",), "Nom | prénom", {"": "Nom | prénom"}),
        (("percent",), "100%% de %d", {"": "100% de ⟨1⟩"}),
        (("percent",), "100%%", {"": "100%%"}),
        (("python",), "{{{x}}}", {"": "{⟨x⟩}"}),
        (("icu",), "'{'x'}' l'un #", {"": "{x} l'un #"}),
    ],
)
def test_messages(dialects: tuple[str, ...], text: str, expected: dict[str, str]) -> None:
    found = message(text, dialects)
    assert found.is_complete
    assert not found.flaws
    assert {variant.label: _shown(variant.pieces) for variant in found.variants} == expected
    for variant in found.variants:
        for piece in variant.pieces:
            if isinstance(piece, Literal) and len(piece.text) == piece.end - piece.start:
                assert text[piece.start : piece.end] == piece.text


def _shown(pieces: tuple[Literal | Field, ...]) -> str:
    return "".join(piece.text if isinstance(piece, Literal) else f"⟨{piece.name}⟩" for piece in pieces)


@pytest.mark.parametrize(
    ("dialects", "text", "places", "literal"),
    [
        (("java",), "L'été de {0} et d'{1}", [1], "Lété de {0} et d"),
        (("java",), "Aujourd''hui, l'{0}", [15], "Aujourd'hui, l{0}"),
        (("java",), "C''est {0}, d'accord", [13], "C'est , daccord"),
        (("java", "general"), "L'été sans valeur", [], "L'été sans valeur"),
        (("icu",), "l'{name}", [1], "l{name}"),
        (("icu",), "l'été de {name}", [], "l'été de "),
        (("icu",), "Tapez '{code}' ici", [], "Tapez {code} ici"),
    ],
)
def test_apostrophes_that_are_lost(
    dialects: tuple[str, ...], text: str, places: list[int], literal: str
) -> None:
    found = message(text, dialects)
    assert [flaw.start for flaw in found.flaws if flaw.rule == "lone-apostrophe"] == places
    assert found.variants[0].literal == literal


def test_braces_that_do_not_pair_are_said_and_kept() -> None:
    for text in ("{n, plural, one {x}", "Bonjour {name", "x } y {n, plural, other {a}}"):
        found = message(text, ("icu",))
        assert [flaw.rule for flaw in found.flaws] == ["unclosed"]
        assert found.variants[0].literal.startswith(text[:1])


def test_a_message_that_is_one_expression_is_said() -> None:
    for text in (
        "{{ 'Bonjour %s' % object.name if object.name else 'Bonjour' }}",
        "${object.name and 'Rendez-vous' or 'Visite'}",
        "<%= ok ? 'Votre colis' : 'Le colis' %>",
    ):
        found = message(text, GENERAL)
        assert [(flaw.rule, flaw.start, flaw.end) for flaw in found.flaws] == [
            ("single-expression", 0, len(text))
        ]
    assert not message("{{ object.name }}", GENERAL).flaws


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ object.name and 'Bonjour, l’été' or 'Bonsoir' }}", ["Bonjour, l’été", "Bonsoir"]),
        ("{{ ('A ' + object.name) if object.ok else \"Bob’s\" }}", ["A [object.name]", "Bob’s"]),
        ("${'Rendez-vous %s à %s' % (a, b) if a else ''}", ["Rendez-vous [1] à [2]", ""]),
        (r"{{ _('C\'est l’été, {}').format(name) }}", ["C'est l’été, [1]"]),
        ("{{ 'Bonjour ' ~ name ~ ', ça va ?' }}", ["Bonjour [name], ça va ?"]),
        ("<%= ok ? 'Votre colis…' : \"L’autre\" %>", ["Votre colis…", "L’autre"]),
        ("{{ 'é’' ~ name | upper ~ 'là' }}", ["é’", "là"]),
        ("{{ t('messages.hello') }}", ["[t('messages.hello')]"]),
        ("{{ object.name or 'Dear customer' }}", ["[object.name]", "Dear customer"]),
        ("{{ (((('le' ))))  +  \n 'mot' }}", ["lemot"]),
    ],
)
def test_what_an_expression_may_send(text: str, expected: list[str]) -> None:
    found = message(text, GENERAL)
    assert [flaw.rule for flaw in found.flaws] == ["single-expression"]
    sent = []
    for variant in found.variants:
        sent.append("".join(f"[{p.name}]" if isinstance(p, Field) else p.text for p in variant.pieces))
        for piece in variant.pieces:
            if isinstance(piece, Literal) and piece.end - piece.start == len(piece.text):
                assert text[piece.start : piece.end] == piece.text
            elif isinstance(piece, Literal):
                assert text[piece.start] == "\\"
    assert sent == expected


def test_expressions_that_were_made_to_stop_their_reader() -> None:
    for text in (
        "{{ " + "'ab' + " * 1_000 + "'cd' }}",
        "{{ " + "(" * 3_000 + "'ab'" + ")" * 3_000 + " }}",
        "{{ " + "'ab' if x else " * 1_000 + "'cd' }}",
        "{{ " + "not " * 4_000 + "'abc' }}",
        "{{ '" + "é\\'" * 100_000 + "' }}",
        "{{ 'ab\ud800' + '\\" + "' }}",
    ):
        assert message(text, GENERAL).variants


def test_branches_that_multiply_are_each_in_one_message() -> None:
    choice = "{%s, select, a {x%s} b {yy%s} other {z%s}}"
    text = " ".join(choice % ((f"n{number}",) + (number,) * 3) for number in range(12))
    found = message(text, ("icu",))
    assert not found.is_complete
    assert len(found.variants) <= 66
    literals = [variant.literal for variant in found.variants]
    for number in range(12):
        for sign in ("x", "yy", "z"):
            assert any(f"{sign}{number}" in literal.split() for literal in literals), (number, sign)
    assert max(map(len, literals)) == len(" ".join(f"yy{number}" for number in range(12)))


def test_effort_is_that_of_the_length() -> None:
    # What takes the square of these lengths takes minutes.
    for part in (
        "{{",
        "{%",
        "<%=",
        "<%",
        "{a, plural, other {",
        "((",
        "'{",
        "%(",
        "$t(",
        '{{"',
        "{#",
        ":a",
        "|",
        "{a, plural, other {x}}",
    ):
        for dialects in (GENERAL, ("icu",), ("java",), ("laravel",)):
            message(part * (10_000 // len(part)), dialects)
