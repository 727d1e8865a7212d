"""Everything that a person reads comes from the catalogue, whatever shows it: pages, the terminal, JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clocks import stop_at
from command_line import invoke
from marked_language import everything_marked, left_over
from pages import Found, read
from raised_problems import RAISED
from vector_files import VECTORS, text_of

import septet
from septet._tables import EDITION
from septet.advice.foldings import STEPS
from septet.campaign import estimate
from septet.campaign.estimators import Estimator
from septet.campaign.samples import Samples
from septet.planning.options import NAMES as OPTIONS
from septet.views.pages.estimate import estimate_page
from septet.views.pages.preview import preview_page
from septet.wording.speaking import speaking

# What no language has a word of its own for.
NAMES = f"{EDITION} ud FEFF GSM UCS septet SMS UTF JSON HTTP CSV LF CRLF STOP EUR utf csv cython python bdi"


@pytest.fixture(autouse=True)
def marked() -> Iterator[None]:
    with everything_marked():
        yield


# Forms of days, charsets, time zones, and what is typed.
OF_REQUESTS = (
    "YYYYMMDD DDMMYYYY DD MM YYYY HH mm HHmm replies json xml XML ISO Europe Paris POST GET pip install "
    "requests vendor_fields https www Istanbul Australia Sydney"
)


def names_of(text: str) -> str:
    """The names of its characters, which are those of Unicode."""
    return " ".join(unicodedata.name(character, "") for character in text)


# --- problems -----------------------------------------------------------------------------


@pytest.mark.parametrize("row", RAISED, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_problems_of_a_text(row: Any) -> None:
    _, profile, options, text, *_ = row
    for problem in septet.plan(text, profile, **options).problems:
        escaped = text.encode("unicode_escape").decode()
        told = str(problem.details.get("characters", "")), str(problem.details.get("probably", ""))
        data = (
            profile,
            text,
            escaped,
            names_of(text),
            *told,
            *map(str, options.values()),
            *mentions(septet.profile(profile)),
            "FFFD Stop jeanb",
        )
        assert left_over(problem.in_language("fr"), NAMES, *data) == set()


def requests() -> Iterator[Any]:
    for path in sorted((VECTORS / "requests").glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        for vector in document if isinstance(document, list) else document["vectors"]:
            yield pytest.param(vector, id=f"{path.stem}-{vector.get('label', '')}")


@pytest.mark.parametrize("vector", list(requests()))
def test_the_problems_of_a_request(vector: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(vector["now"], monkeypatch)
    arguments = vector.get("arguments", {})
    if isinstance(arguments.get("recipients"), dict):
        arguments = arguments | {"recipients": ["0612345678"] * 2000}
    prepared = septet.prepare(vector["profile"], text_of(vector["text"]), **arguments)
    # A vendor may take blanks out of a sender, and names countries.
    given = json.dumps(vector, ensure_ascii=False)
    given += given.replace(" ", "") + " US CA"
    profile = septet.profile(vector["profile"])
    fields = " ".join(field["name"] for field in profile.rule("fields"))
    for problem in prepared.problems:
        data = given, names_of(given), fields, str(profile.country), OF_REQUESTS, *OPTIONS, *mentions(profile)
        assert left_over(problem.in_language("fr"), NAMES, *data) == set(), problem


def test_the_problems_of_a_batch(tmp_path: Path) -> None:
    rows = [
        {"recipient": "0612345678", "text": "Été à 10 € \x81"},
        {"recipient": "612345678", "text": "ж"},
        {"recipient": "", "text": "", "sender": "Trop long pour un nom"},
        {"recipient": "06", "text": "colis arrivÃ©", "sender": "é"},
    ]
    report = septet.batch_file(rows, tmp_path / "out.csv", skip_refused=True)
    given = json.dumps(rows, ensure_ascii=False)
    assert len(report.counts) > 5
    for fault in report.faults:
        for problem in fault.problems:
            data = given, names_of(given), "smsmode iso ISO windows arrivé"
            assert left_over(problem.in_language("fr"), NAMES, *data) == set(), problem


# --- rules --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", septet.profiles())
def test_the_rules_of_a_vendor(name: str) -> None:
    profile = septet.profile(name)
    # Quotations stay as they are: what a vendor's codes say, and how its document is read.
    quoted = [text for text in texts_of(profile._rules) if " " in text]
    names = [text for text in texts_of(profile._rules) if " " not in text]
    characters = " ".join(names_of(text) for text in texts_of(profile._rules))
    for rule in profile.rules:
        if rule.key in {reading["rule"] for reading in profile.rule("readings")}:
            continue
        told = left_over(
            rule.text.in_language("fr"), NAMES, characters, *quoted, *names, name, "POST GET XML true false"
        )
        assert told == set(), rule


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from texts_of(held)
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from texts_of(held)
    elif isinstance(value, str):
        yield value
        yield value.upper()


# --- pages --------------------------------------------------------------------------------

MESSAGES = [
    "Bonjour, c’est l’été 😀 !",
    "Bonjour",
    "ж " * 80,
    "",
    "\ud800",
    "aa " * 300,
    "Soldes :br: ]]]",
]


def texts_on(page: Found) -> Iterator[str]:
    """All that can be read on a page, and all that is read out; not what the messages say."""
    for name, value in page.attributes.items():
        if value and name in ("title", "aria-label"):
            yield value
    if page.name in ("style", "code") or "text" in page.classes or "written" in page.classes:
        return
    for part in page.content:
        if isinstance(part, str):
            yield part
        else:
            yield from texts_on(part)


#: Of the campaign in `PEOPLE`, everything that can be asked.
QUOTE = (
    *("--recipient", "tel", "--prices", "list.csv", "--vat", "5,5", "--exclude", "optout.csv"),
    *("--rate", "0.002", "--send-at", "2027-03-02T19:30", "--window", "8-21", "--optout-rate", "0.02"),
)
PEOPLE = "message;tel;tail\n" + "".join(
    f"Bonjour{' é' * (40 * place)};{tel};\n"
    for place, tel in enumerate(
        [
            *(
                "06123456",
                "",
                "0612345678",
                "+33 6 12 34 56 78",
                "0692123456",
                "0140200000",
                "0800000000",
                "0899000000",
            ),
            *("+14155552671", "+61412345678", "80012345678", "0698765432", "0699999999"),
            "+442079460000",
        ]
    )
)
PRICES = (
    "destination;currency;price\nFR;EUR;0,045\n+33693;EUR;0,05\n+33612;EUR;0,05\nRE;EUR;0,08\n*;USD;0,1\n"
)
OPT_OUTS = "numéro\n0698765432\nnon\n"


def in_a_folder(folder: Path) -> None:
    for name, content in (("people.csv", PEOPLE), ("list.csv", PRICES), ("optout.csv", OPT_OUTS)):
        (folder / name).write_text(content, "utf-8")


@pytest.mark.parametrize(
    "more", [(), ("--dedupe", "--mobiles-only"), ("--commercial", "--profile", "smspartner")]
)
def test_the_page_of_a_quote(more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.chdir(tmp_path)
    in_a_folder(tmp_path)
    invoke(
        "--lang", "fr", "estimate", "people.csv", *QUOTE, *more, "--country", "FR", "--report", "page.html"
    )
    known = [septet.profile(name) for name in ("gsm", "smspartner")]
    data = [PEOPLE, "people.csv list.csv optout.csv message tel UTC BE RE US AU GB FR USD STOP"]
    data += [text for one in known for text in (one.title, one.document, one.name, *mentions(one))]
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "•" in page
    for text in texts_on(read(page)):
        assert left_over(text, NAMES, OF_REQUESTS, "TS é", *data) == set(), text


@pytest.mark.parametrize("profile", ["smsmode", "smspartner", "gsm", "twilio"])
@pytest.mark.parametrize("price", [None, "0.045"])
def test_a_campaigns_page(profile: str, price: str | None) -> None:
    pytest.importorskip("matplotlib")
    options: dict[str, Any] = {"commercial": True, "price": price, "currency": price and "EUR"}
    estimator = Estimator(profile=profile, **options)
    samples = Samples(estimator)
    rows = [{"message": text} for text in MESSAGES] + [{"other": "a"}]
    found = estimate(rows, profile=profile, sink=samples.add, rejects=samples.reject, **options)
    page = estimate_page(found, samples, estimator.profile, "clients.csv", made=None, lang="fr")
    assert '<html lang="fr">' in page
    known = septet.profile(profile)
    data = (*MESSAGES, "clients.csv", known.title, known.document, known.name, "message TS")
    every_name = " ".join(map(names_of, MESSAGES))
    for text in texts_on(read(page)):
        assert left_over(text, NAMES, every_name, "other", *mentions(known), *data) == set(), text


TEXTS = [
    ("Bonjour, c’est l’été 😀 !\nÇa va ] \u202e", "smspartner", {"commercial": True}),
    ("", "smsmode", {}),
    ("aa " * 300, "smsmode", {"commercial": True, "encoding": "auto"}),
    ("ж日本 🇫🇷", "gsm", {}),
    ("Soldes :br: é", "smspartner", {"encoding": "ucs2"}),
    ("aa " * 100, "envoyersmspro", {"truncate": None}),
]


@pytest.mark.parametrize(("text", "profile", "options"), TEXTS)
def test_a_previews_page(text: str, profile: str, options: dict[str, Any]) -> None:
    known = septet.profile(profile)
    with speaking("fr"):
        page = preview_page(septet.plan(text, profile, **options), known, price="0.045")
    assert '<html lang="fr">' in page
    data = (text, names_of(text), known.title, known.document, known.name, "TS br", *mentions(known))
    for said in texts_on(read(page)):
        assert left_over(said, NAMES, *data, *texts_of(known._rules), "words") == set(), said


def mentions(profile: septet.Profile) -> list[str]:
    found = profile.rule("optout")["mentions"]
    return [mention["text"] for mention in found] + [
        other for mention in found for other in mention["others"]
    ]


# --- the terminal -------------------------------------------------------------------------

FILE = "message;tel\n" + "\n".join(
    ["Bonjour, c’est l’été 😀;0612345678", "Salut ça va;0612345679", '"Bonjour";x', ";0612345678", "a"]
)

COMMANDS = [
    ("preview", "Ça € l’été 😀 :br:", "--profile", "smspartner", "--commercial", "--price", "0.045"),
    ("preview", "aa " * 300, "--profile", "smsmode", "--commercial"),
    ("preview", "", "--profile", "gsm"),
    ("config",),
    ("estimate", "in.csv", "--profile", "smsmode", "--commercial", "--price", "0.045", "--currency", "EUR"),
    ("estimate", "in.csv", "--profile", "smspartner", "--optout-rate", "0.02", "--price", "0.045"),
    ("estimate", "people.csv", "--country", "FR", *QUOTE),
    ("estimate", "people.csv", "--country", "FR", *QUOTE, "--dedupe", "--mobiles-only"),
    ("estimate", "people.csv", "--profile", "smspartner", "--commercial", *QUOTE),
    ("estimate", "people.csv", "--profile", "smsmode", "--rate", "1000", "--send-at", "2027-03-02T19:30"),
    ("estimate", "--template", "Bonjour {prenom} !", "--bounds", "prenom=2..200", "--price", "0.04"),
    ("estimate", "--template", "Bonjour {prenom} !", "--bounds", "prenom=2", "--profile", "envoyersmspro"),
    ("estimate", "--template", "👩{a}👩", "--bounds", "a=1..200", "--profile", "twilio"),
    ("advise", "Soldes d’été : -20 % sur tout ce week-end…", "--profile", "smsmode", "--price", "0.04"),
    ("advise", "Ça va " + "aa " * 60, "--profile", "gsm"),
    ("advise", "Bonjour"),
    ("advise", "Bonjour", "--apply"),
    ("compare", "Soldes d’été : -20 %\nsur tout ce week-end…" + "a" * 300, "--commercial", "--price", "0.04"),
    ("profiles", "encom"),
    ("profiles", "check", "own.toml"),
    ("encode", "ça va", "--reference", "1"),
    ("decode", "E8329BFD4697D9EC37"),
    ("decode", "--coding", "8bit", "E8329BFD4697D9EC37"),
    ("request", "Bonjour", "--profile", "smsmode", "--recipients", "0612345678", "--sender", "RDV"),
    (
        "check",
        "Bonjour ]]] ç",
        "--profile",
        "smsmode",
        "--recipients",
        "06,07",
        "--sender",
        "Un trop long nom",
    ),
    ("batch", "batch.csv", "out.csv", "--rejects", "refused.csv"),
    ("batch", "batch.csv", "out2.csv"),
    ("--version",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command)[:40])
def test_what_the_commands_write(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "1000")
    (tmp_path / "in.csv").write_text(FILE, "utf-8")
    in_a_folder(tmp_path)
    batch = "recipient;text;note\n0612345678;Bonjour ç;a\n0612;Bonjour;b\n0612345679;ж;c\n"
    (tmp_path / "batch.csv").write_text(batch, "utf-8")
    (tmp_path / "own.toml").write_text('extends = "smsmode"\ntitle = "Own"\n', "utf-8")
    result = invoke("--lang", "fr", *command)
    assert result.exit_code in (0, 1), result.stderr
    written = (tmp_path / "refused.csv").read_text("utf-8") if (tmp_path / "refused.csv").exists() else ""
    names = [septet.profile(name) for name in septet.profiles()]
    data = [
        " ".join(command),
        FILE,
        PEOPLE,
        "USD UTC US AU RE GB",
        batch,
        *septet.profiles(),
        *(p.title for p in names),
    ]
    data += [septet.profile("encom").document, *texts_of(septet.profile("encom")._rules)]
    data += [rule.text for rule in septet.profile("encom").rules if rule.key in READINGS]
    data += [text for p in names for text in mentions(p)]
    data += [CODES, *OPTIONS, *STEPS, names_of(batch + FILE), WORDS]
    data += texts_of(septet.profile("smsmode")._rules)
    told = left_over(result.stdout + result.stderr + written, NAMES, *map(str, data))
    assert told == set(), result.stdout + result.stderr + written


# Names of options, columns, files and media types, and what is decoded.
WORDS = (
    "price lang tool toml pyproject auto words line problem note hellohello www form application "
    # The texts that `profiles check` tries.
    "日本 \\r\\nb «\\xa0ici\\xa0»"
)

READINGS = {reading["rule"] for reading in septet.profile("encom").rule("readings")}
CODES = " ".join((VECTORS.parent.parent / "docs" / "problems.md").read_text("utf-8").split("`")[1::2])


# --- JSON ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ("check", "ç" * 200, "--profile", "smsmode"),
        ("preview", "ç" * 200, "--profile", "smsmode"),
        ("request", "ç" * 200, "--profile", "smsmode", "--recipients", "06"),
        ("advise", "Soldes d’été : -20 %…", "--profile", "smsmode"),
        ("compare", "ç" * 200, "--profiles", "smsmode,twilio"),
        ("profiles", "smsmode"),
        ("estimate", "--template", "Bonjour {a}", "--bounds", "a=200"),
    ],
)
def test_json_has_the_same_keys_and_codes_in_every_language(command: tuple[str, ...]) -> None:
    english = json.loads(invoke(*command, "--json", "--lang", "en").stdout)
    french = json.loads(invoke(*command, "--json", "--lang", "fr").stdout)
    said = {"message", "note", "text", "name"}
    differing = set(differences(english, french))
    assert differing
    assert differing <= said


def differences(one: Any, other: Any, key: str = "") -> Iterator[str]:
    assert type(one) is type(other)
    if isinstance(one, dict):
        assert list(one) == list(other)
        for name in one:
            yield from differences(one[name], other[name], name)
    elif isinstance(one, list):
        assert len(one) == len(other)
        for each in zip(one, other, strict=True):
            yield from differences(*each, key)
    elif one != other:
        assert "⟦" in other
        yield key
