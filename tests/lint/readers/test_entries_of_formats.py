"""What each format has in its entries: keys, forms, states, comments, contexts, languages, dialects."""

from __future__ import annotations

from pathlib import Path

import message_files
import pytest

from septet.lint.entries import Entry
from septet.lint.readers.languages import language_of
from septet.lint.readers.reading import read


def by_key(path: str, octets: bytes | None = None) -> dict[str, Entry]:
    reading = read(path, message_files.FILES[path] if octets is None else octets)
    assert reading.broken is None
    return {
        entry.key if entry.plural is None else f"{entry.key} {entry.plural}": entry
        for entry in reading.entries
    }


def test_gettext() -> None:
    found = by_key("locale/fr/LC_MESSAGES/django.po")
    code = found["%(code)s is your code"]
    assert code.source == "%(code)s is your code"
    assert code.comments == ("sms",)
    assert code.references == ("telephony/otp.py:12", "telephony/otp.py:40")
    assert [field.name for field in code.message.fields] == ["code"]
    odoo = found['Hello ${object.name},\nsee you "tomorrow"']
    assert odoo.references == ("model:sms.template,body:calendar.reminder",)
    assert odoo.text == 'Bonjour ${object.name},\n\tà "demain" \\o/ et merci'
    forms = [found["sms|%d message 0"], found["sms|%d message 1"]]
    assert [(form.source, form.contexts, form.other_keys) for form in forms] == [
        ("%d message", ("sms",), ("%d message",)),
        ("%d messages", ("sms",), ("%d message",)),
    ]
    assert {key: entry.state for key, entry in found.items() if entry.state != "translated"} == {
        "New": "fuzzy",
        "Not yet": "untranslated",
        "Gone": "obsolete",
    }
    assert found["Not yet"].text == "Not yet"
    assert {entry.language for entry in found.values()} == {"fr"}
    assert len(by_key("locale/ar.po")) == 6
    assert {entry.language for entry in by_key("locale/ar.po").values()} == {"ar"}


def test_yaml() -> None:
    found = by_key("config/locales/es.yml")
    sms = found["telephony.otp.sms"]
    assert sms.comments == ("sms, un segmento", "véase el manual")
    assert sms.language == "es"
    # Everything that an anchor names is an entry once, under each of its paths.
    assert sms.other_keys == ("es.telephony.otp.sms", "other.otp.sms", "es.other.otp.sms")
    assert {key for key in found if key.startswith("other")} == {
        *("other.list.0", "other.list.1", "other.list.2", "other.count.one one", "other.count.other other"),
        "other.empty",
    }
    # Keys that look like languages but are not stay in the paths.
    assert [*by_key("en.yml", b"to:\n  a: x\n")] == ["to.a"]
    assert [*by_key("/srv/shop/config/locales/all.yml", b"fr:\n  a: x\n")] == ["a"]
    assert [*by_key("all.yml", b"fr:\n  a: x\nes:\n  a: y\n")] == ["a"]
    invited = by_key("translations/messages+intl-icu.fr.yaml")["sms.invited"]
    assert [variant.label for variant in invited.message.variants] == ["gender=female", "gender=other"]
    assert invited.language == "fr"


def test_json_and_its_kinds() -> None:
    chinese = by_key("locales/zh/translation.json")
    assert chinese["sms.sent_one one"].other_keys == ("sms.sent",)
    assert [field.written for field in chinese["sms.link"].message.fields] == [
        "{{ url }}",
        "$t(common.thanks)",
    ]
    assert chinese["empty"].state == "untranslated"
    turkish = by_key("lang/tr.json")
    assert turkish["otp"].comments == ("sms",)
    assert [variant.literal for variant in turkish["otp"].message.variants] == [
        " kod: İyi l'ağ",
        " kodlar: İyi l'ağ",
    ]
    arabic = by_key("lib/l10n/app_ar.arb")
    assert (arabic["code"].contexts, arabic["code"].comments) == (("sms",), ("One-time code",))
    assert arabic["title"].language == "ar"
    both = by_key("i18n.json", b'{"fr": {"sms": {"a": "x"}}, "en": {"sms": {"a": "y"}}}')
    assert both["sms.a"].other_keys == ("en.sms.a",)
    chrome = by_key("_locales/fr/messages.json", b'{"a": {"message": "Salut $NAME$", "description": "sms"}}')
    assert [field.name for field in chrome["a"].message.fields] == ["NAME"]
    assert chrome["a"].comments == ("sms",)
    bare = by_key("src/_locales/fr/messages.json", b'{"a": {"message": "Salut $1"}}')
    assert [field.name for field in bare["a"].message.fields] == ["1"]
    laravel = by_key("lang/fr.json", b'{"Hi :name": "Salut :name, 10:30"}')["Hi :name"]
    assert [field.name for field in laravel.message.fields] == ["name"]
    assert by_key("fr.json", b'{"step_1": "x"}')["step_1"].plural is None
    # The same words as keys of a tree.
    tree = by_key("fr.json", b'{"sms": {"message": "x", "title": "y"}, "other": {"message": "z"}}')
    assert {*tree} == {"sms.message", "sms.title", "other.message"}


def test_string_catalogues() -> None:
    reading = read("a.xcstrings", message_files.FILES["Localizable.xcstrings"])
    assert [
        (entry.key, entry.language, entry.plural, entry.state, entry.source) for entry in reading.entries
    ] == [
        ("%@ is your code", "fr", None, "translated", "%@ is your code"),
        ("%@ is your code", "tr", None, "untranslated", "%@ is your code"),
        ("%lld days.one", "fr", "one", "translated", "%lld days"),
        ("%lld days.other", "fr", "other", "translated", "%lld days"),
    ]
    assert reading.entries[0].comments == ("sms",)


def test_android() -> None:
    found = by_key("res/values-tr/strings.xml")
    assert found["code"].comments == ("sms",)
    assert found["code"].text == "Septet: kodunuz %1$s, İstanbul'da ’ geçerli"
    assert found["quoted"].text == "  iki  boşluk "
    assert found["wrapped"].text == "Sayın %1$s, <b> yarın görüşürüz\n@ev ’"
    assert "alias" not in found
    assert (found["days.one one"].other_keys, found["days.other other"].text) == (("days",), "%d gün kaldı")
    assert {entry.language for entry in found.values()} == {"tr"}


def test_laravel() -> None:
    found = by_key("lang/fr/sms.php")
    assert found["code"].comments == ("sms", "1 segment")
    assert found["code"].other_keys == ("sms.code",)
    assert found["double"].text == 'Bonjour :name,\nvotre solde\t"est" de $5 ’ é $x'
    assert [field.name for field in found["double"].message.fields] == ["name", "x"]
    sent = found["nested.deep.sent"].message.variants
    assert [(variant.label, variant.literal) for variant in sent] == [
        ("{1}", "un message"),
        ("[2,*]", " messages"),
    ]
    assert [field.name for field in found["nested.deep.prefix"].message.fields] == ["token", "tokenUrl"]
    assert found["nested.joined"].text == "à suivre et fin \\"
    mixed = found["mixed"].message.variants[0]
    assert [type(piece).__name__ for piece in mixed.pieces] == ["Literal", "Field", "Literal"]
    assert found["here"].text == "Première ligne : $name\n  seconde {$user->name} “là”"
    assert found["now"].text == "Tel $quel \\n\nici"
    assert "call" not in found
    # Programs in PHP that return no array are not files of texts.
    assert read("a.php", b"<?php\nclass A {}\n") == ("a.php", "", (), None, ())


def test_strings_and_properties() -> None:
    apple = by_key("fr.lproj/Localizable.strings")
    assert (apple["code"].comments, apple["ok"].comments, apple["bare.key"].comments) == (
        ("sms",),
        ("bouton",),
        (),
    )
    assert apple["code"].language == "fr"
    java = by_key("messages_de.properties")
    assert java["code"].comments == ("sms",)
    (variant,) = java["code"].message.variants
    assert variant.literal == "Ihr Code für  läuft um  Uhr ab, geht's?"
    assert {entry.language for entry in java.values()} == {"de"}


def test_xliff() -> None:
    found = by_key("messages.fr.xlf")
    code = found["sms.code"]
    assert (code.comments, code.contexts, code.other_keys, code.language) == (
        ("sms",),
        ("sms",),
        ("h1",),
        "fr",
    )
    assert code.source == "Hi {INTERPOLATION}"
    assert [field.name for field in code.message.fields] == ["INTERPOLATION"]
    angular = by_key(
        "a.xlf",
        b"""
      <xliff version="1.2"><file target-language="fr"><body><trans-unit id="a"><source>s</source>
      <target>{VAR, plural, one {un} other {<x id="N"/> jours}}</target>
      </trans-unit></body></file></xliff>""",
    )["a"]
    assert [(variant.label, variant.literal) for variant in angular.message.variants] == [
        ("VAR=one", "un"),
        ("VAR=other", " jours"),
    ]
    assert [found[key].state for key in ("raw", "none", "new")] == [
        "translated",
        "untranslated",
        "untranslated",
    ]
    second = b"""<xliff version="2.0" srcLang="en" trgLang="tr"><file id="f"><unit id="u" name="sms.a">
      <notes><note>sms</note></notes><segment><source>Hi</source><target>Selam</target></segment></unit></file></xliff>"""
    entry = by_key("a.xliff", second)["sms.a"]
    assert (entry.text, entry.source, entry.language, entry.comments) == ("Selam", "Hi", "tr", ("sms",))


def test_fluent_with_terms_of_another_file(tmp_path: Path) -> None:
    folder = tmp_path / "fr" / "app"
    folder.mkdir(parents=True)
    (tmp_path / "fr" / "brand.ftl").write_text(message_files.BRAND, "utf-8")
    found = by_key(str(folder / "sms.ftl"), message_files.FILES["l10n/fr/sms.ftl"])
    code = found["code"]
    assert code.comments == ("sms",)
    assert code.terms == {"-brand-name": "Septet"}
    (variant,) = code.message.variants
    assert variant.literal == "Septet :  est votre code, l’ami"
    assert [field.name for field in variant.fields] == ["code"]
    assert [found[f"sent {form}"].message.variants[0].literal for form in ("one", "other")] == [
        "Vous avez un message de Septet",
        "Vous avez  messages de Septet",
    ]
    # Without the other file, the term is a placeholder that no line covers.
    alone = by_key("nowhere/sms.ftl", message_files.FILES["l10n/fr/sms.ftl"])["code"]
    assert [field.name for field in alone.message.fields] == ["-brand-name", "code"]


def test_toml_csv_templates_and_python() -> None:
    toml = by_key("i18n/es.toml")
    assert toml["sms.code"].comments == ("sms",)
    assert {"count.one one", "steps.1.list.1.k"} < toml.keys()
    table = read("sms.csv", message_files.FILES["sms.csv"]).entries
    assert [(entry.key, entry.language, entry.comments, entry.state) for entry in table] == [
        ("sms.code", "fr", ("sms",), "translated"),
        ("sms.code", "en", ("sms",), "translated"),
        ("b", "fr", (), "untranslated"),
        ("b", "en", (), "translated"),
    ]
    template = by_key("reminder.txt.j2")["reminder"]
    assert [variant.literal for variant in template.message.variants] == [
        "Bonjour ,\nrendez-vous demain à l’heure.",
        "Bonjour,\nrendez-vous demain à l’heure.",
    ]
    several = b"""# septet: sms
send(
    to,
    "one",
    later="two",
)
send("three")
# septet: sms
if True:
    send("four")
"""
    assert [entry.text for entry in read("a.py", several).entries] == ["one", "two"]
    python = by_key("texts.py")
    assert {*python} == {"WELCOME", "remind", "TEXTS.late"}
    assert python["remind"].comments == ("login",)
    assert [field.name for field in python["remind"].message.fields] == ["user.name"]


def test_what_is_not_read_is_said() -> None:
    for path, expected in (
        ("texts.ts", ["Not read: texts in TypeScript belong to the program itself."]),
        ("src/fr.js", ["Not read: texts in JavaScript belong to the program itself."]),
        ("a.unknown", []),
        ("Makefile", []),
        ("pom.xml", []),
    ):
        reading = read(path, b"<project/>")
        assert [str(note) for note in reading.notes] == expected
        assert (reading.format, reading.entries, reading.broken) == ("", (), None)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("locale/pt_BR/LC_MESSAGES/a.po", "pt_BR"),
        ("config/locales/telephony.fr-CA.yml", "fr-CA"),
        ("res/values-zh-rTW/strings.xml", "zh-TW"),
        ("res/values-b+sr+Latn/strings.xml", "sr-Latn"),
        ("res/values/strings.xml", None),
        ("messages_zh_Hant.properties", "zh_Hant"),
        ("lang/vendor/sms.php", None),
        ("app_en.arb", "en"),
        ("C:\\work\\es\\sms.json", "es"),
        ("emails/to.txt", None),
        ("/srv/shop/config/locales/all.yml", None),
    ],
)
def test_the_language_that_a_path_names(path: str, language: str | None) -> None:
    # `to` is Tongan's tag, and a word: it is read as the language unless something else is stated.
    assert language_of(path) == (language or ("to" if path == "emails/to.txt" else None))
