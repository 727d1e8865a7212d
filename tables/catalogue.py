"""Keeps the catalogue of septet's sentences: src/septet/locale/*/LC_MESSAGES/django.po and its .mo.

    python tables/catalogue.py            adds new sentences of the code, removes those that are gone,
                                          and compiles the translations
    python tables/catalogue.py --check    fails if anything is missing, left over, doubtful or stale
    python tables/catalogue.py --from PO  takes missing translations from another copy, such as that of a
                                          branch that is being merged

Babel finds the templates where they are marked, in the calls of `KEYWORDS`. The phrases of vendor files that
are put into sentences are added too. A new sentence has an empty translation in the .po: write it there, and
run this again. Signs and blanks are set by the rules of the language.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gettext
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TABLES = Path(__file__).resolve().parent

sys.path[:0] = [str(TABLES)]

from alphabets import languages  # noqa: E402

PACKAGE = TABLES.parent / "src" / "septet"
LOCALE = PACKAGE / "locale"

#: The functions that mark a template, and which of their arguments are templates.
KEYWORDS = {"said": (1,), "counted": (1, 2), "gettext_lazy": (1,)}

PLURAL_FORMS = {"fr": "nplurals=2; plural=(n > 1);"}

HEADER = """\
# What septet says, in {language}: for septet itself, for Django, and for any other reader of gettext
# catalogues. Written by tables/catalogue.py from what the code says; the translations are made here.
{notes}msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

#: Which word translates which, for translators.
NOTES = {
    "fr": """\
# « prestataire » is the vendor, « mention de désinscription » the opt-out mention, « codage » the
# encoding of a message, « encodage » that of a file. The reader is addressed as « vous ».
"""
}

PARAMETER = re.compile(r"%\((\w+)\)([a-z])")

NARROW, WIDE = "\u202f", "\u00a0"


def french(text: str) -> str:
    """A French text with the blanks and signs of French typography.

    A narrow no-break space before ; ? ! and the sign of per cent, a no-break space before a colon and
    within quotation marks (Lexique des règles typographiques en usage à l'Imprimerie nationale,
    « Ponctuation »; CLDR, common/main/fr.xml, `percentFormat`), and the typographic apostrophe.
    """
    text = re.sub(rf"[ {WIDE}{NARROW}]+(?=[;?!])", NARROW, text)
    text = re.sub(rf"[ {WIDE}{NARROW}]+(?=%%|%(?!\())", NARROW, text)
    text = re.sub(rf"[ {NARROW}]+(?=:)", WIDE, text)
    text = re.sub(rf"«[ {WIDE}{NARROW}]*", "«" + WIDE, text)
    text = re.sub(rf"[ {WIDE}{NARROW}]*»", WIDE + "»", text)
    return re.sub(r"(?<=\w)'(?=[\w«%])", "’", text)


#: How the texts of a language are typeset.
TYPOGRAPHY = {"fr": french}


@functools.cache
def _said_in(path: Path) -> tuple[str | tuple[str, str], ...]:
    # Babel reports every f-string that it cannot use as a template; none is meant as one.
    with path.open("rb") as file, contextlib.redirect_stderr(io.StringIO()):
        return tuple(template for _, template, _, _ in extract("python", file, KEYWORDS))  # type: ignore[misc]


def said() -> dict[str | tuple[str, str], set[str]]:
    """Every template, or pair of a singular and a plural one, with the places that use it."""
    found: dict[str | tuple[str, str], set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if not place.startswith("_tables/"):
            for template in _said_in(path):
                found.setdefault(template, set()).add(place)
    for place, words in phrases():
        found.setdefault(words.replace("%", "%%"), set()).add(place)
    return found


# The keys of a vendor file whose words are put into sentences. Quotations and reasons are not among them:
# they keep the language of their document.
PHRASES = (
    *("tags.meaning", "placeholders.meaning", "ucs2.account_option", "quiet_hours.lifted"),
    *("recipients.expected", "sender.expected", "sender.without_optout", "tag.expected"),
    *("request.authentication", "fields.meaning", "batch_fields.meaning", "repeats.happens"),
)


def phrases() -> Iterator[tuple[str, str]]:
    """The words of tables that are put into sentences, each with its place."""
    for path in sorted((TABLES / "vendors").glob("*.toml")):
        rules = tomllib.loads(path.read_text("utf-8"))
        for where in PHRASES:
            table, key = where.split(".")
            held = rules.get(table, [])
            for row in held if isinstance(held, list) else [held]:
                if row.get(key):
                    yield f"tables/vendors/{path.name}", row[key]
    for _, language, _ in languages().values():
        yield "tables/alphabets/languages.tsv", language


def translated(language: str) -> Catalog:
    """The translations, as written."""
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, language)


def renewed(language: str, *old: Catalog) -> Catalog:
    """The catalogue of the current sentences, with existing translations; the first one found is used."""
    set_in = TYPOGRAPHY.get(language, str)
    new = read_po(io.BytesIO(header(language).encode("utf-8")), language)
    for template, places in said().items():
        known = next(filter(None, (_known(each, template) for each in old)), None)
        texts = _all(known.string) if known is not None else ("",) * len(_all(template))
        set_texts = tuple(map(set_in, texts))
        string = set_texts if isinstance(template, tuple) else set_texts[0]
        flags = known.flags if known is not None else ()
        new.add(template, string, [(place, 1) for place in sorted(places)], flags)
    return new


def _known(catalogue: Catalog, template: str | tuple[str, str]) -> Message | None:
    """The entry of a template, if it is translated."""
    found = catalogue.get(template[0] if isinstance(template, tuple) else template)
    if found is None or not isinstance(found.string, type(template)) or not all(_all(found.string)):
        return None
    return found


def header(language: str) -> str:
    """The head of a catalogue."""
    return HEADER.format(language=language, notes=NOTES.get(language, ""), plural=PLURAL_FORMS[language])


def as_po(language: str, catalogue: Catalog) -> str:
    """A catalogue as it is stored, in the order of its templates."""
    body = io.BytesIO()
    write_po(body, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False)
    return header(language) + body.getvalue().decode("utf-8").strip() + "\n"


def as_mo(po: str, language: str) -> bytes:
    """A catalogue as programs read it."""
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(po.encode("utf-8")), language))
    return compiled.getvalue()


def read_by_programs(compiled: Path | io.BytesIO) -> dict[object, str]:
    """The entries of a compiled catalogue, without its head, which changes each time."""
    if isinstance(compiled, Path):
        if not compiled.exists():
            return {}
        compiled = io.BytesIO(compiled.read_bytes())
    held: dict[object, str] = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    return {template: text for template, text in held.items() if template}


def faults(language: str, po: str) -> Iterator[str]:
    """What is wrong with a catalogue, in words."""
    for entry in read_po(io.BytesIO(po.encode("utf-8")), language):
        if not entry.id:
            continue
        templates, texts = _all(entry.id), _all(entry.string)
        if not all(texts):
            yield f"not translated: {templates[0]}"
            continue
        if entry.fuzzy:
            yield f"doubtful: {templates[0]}"
        named = {parameter for template in templates for parameter in PARAMETER.findall(template)}
        for text in texts:
            of_text = set(PARAMETER.findall(text))
            # The singular need not contain the number.
            if of_text ^ named and not (
                len(texts) > 1 and named - of_text <= {("number", "s")} >= of_text - named
            ):
                yield f"other parameters than its template: {text}"
            if "%" in PARAMETER.sub("", text).replace("%%", ""):
                yield f"a per cent sign that is no parameter has to be written twice: {text}"
        for template in templates:
            if any(kind != "s" for _, kind in PARAMETER.findall(template)):
                yield f"a parameter is written as %(name)s, a number too: {template}"


def _all(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    if text is None:
        return ("",)
    return (text,) if isinstance(text, str) else tuple(text)


def main() -> int:
    """Writes the catalogues, or checks them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when anything is not as it should be"
    )
    parser.add_argument(
        "--from", dest="other", metavar="PO", type=Path, help="take what is missing from there"
    )
    given = parser.parse_args()
    only_check = given.check
    failed = False
    for language in sorted(folder.name for folder in LOCALE.iterdir()):
        folder = LOCALE / language / "LC_MESSAGES"
        written = (folder / "django.po").read_text("utf-8")
        others = [read_po(io.BytesIO(given.other.read_bytes()), language)] if given.other else []
        po = as_po(language, renewed(language, translated(language), *others))
        mo = as_mo(po, language)
        stale = read_by_programs(folder / "django.mo") != read_by_programs(io.BytesIO(mo))
        found = list(faults(language, po))
        if only_check:
            if written != po:
                found.append("django.po is not what the code says now: run make messages")
            elif stale:
                found.append("django.mo is not compiled from django.po: run make messages")
        else:
            (folder / "django.po").write_text(po, "utf-8")
            if stale:
                (folder / "django.mo").write_bytes(mo)
        for fault in found:
            print(f"locale/{language}: {fault}", file=sys.stderr)
        failed = failed or bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
