"""The format of a vendor file, and the checker that every vendor file passes.

A file holds one table per rule. A rule says where it comes from (`source`) and, where the
vendor's document is silent or contradicts itself, `assumed = true` with one line of `why`.
The tables in `tables/vendors` and a user's own file go through `check`, which names the file,
the key and what was expected. It knows no vendor and imports no table: the caller passes the
alphabets and the profile to extend. `tables/README.md` describes every key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from septet.errors import ProfileError
from septet.gsm.characters import ESCAPE
from septet.wording.quoting import nearest, printable

from . import answers, batches, exports, requests
from . import texts as text_format
from .added_texts import check_added_texts
from .keys import PROVENANCE, Key
from .mending import is_about, mended
from .text_rules import check_text_rules
from .texts import HEAD, IF_FREE, KIND_OF_MESSAGE, MENTION, SEVERAL

Rules = dict[str, Any]


class BaseAlphabet(NamedTuple):
    """The characters of a table pair: those of one septet, and those of two with the escape."""

    basic: str
    extension: str


TABLES = text_format.TABLES | requests.TABLES | batches.TABLES | exports.TABLES
LISTS = text_format.LISTS | requests.LISTS | batches.LISTS | answers.LISTS
OPTIONAL_TABLES = (
    *("languages", "ucs2", "octets", "line_breaks", "substitution", "character_limit", "unsubscription"),
    *("prefix", "suffix", "commercial", "links", "white_space"),
    *requests.TABLES,
    *batches.TABLES,
    *exports.TABLES,
)


def check(
    document: Mapping[str, Any],
    where: str,
    alphabets: Mapping[str, BaseAlphabet],
    languages: Collection[str],
    countries: Collection[str],
    parent: Callable[[str], Rules],
) -> Rules:
    """The rules of a vendor file, complete and checked; `ProfileError` with one fault a line.

    `document` is the parsed TOML, `where` the file's name for messages, `languages` those that
    have national tables, `countries` the codes of all; `parent` finds the rules of the profile
    that `extends` names.
    """
    return _Checker(where, alphabets, languages, countries).rules(document, parent)


class _Checker:
    def __init__(
        self,
        where: str,
        alphabets: Mapping[str, BaseAlphabet],
        languages: Collection[str],
        countries: Collection[str],
    ) -> None:
        self.where = where
        self.languages = languages
        self.countries = countries
        self.alphabets = alphabets
        #: The faults of single keys, in the order in which they are found.
        self.faults: list[ProfileError] = []

    def tried(self, make: Callable[..., Any], *given: Any) -> Any:
        """The result of `make`; None if it finds a fault, which is kept so that the check can go on."""
        try:
            return make(*given)
        except ProfileError as error:
            self.faults.append(error)
            return None

    def told(self) -> None:
        """Raises the faults that were kept, one a line."""
        if self.faults:
            raise ProfileError("\n".join(map(str, self.faults)))

    def fault(self, key: str, expected: str, found: Any = ...) -> ProfileError:
        seen = "" if found is ... else f", found {_short(found)}"
        # A key that somebody wrote may break the line, as each fault has one.
        return ProfileError(f"{self.where}: {printable(key, 200)}: expected {expected}{seen}")

    def note(self, key: str, expected: str, found: Any = ...) -> None:
        """Keeps a fault, so that the check can go on."""
        self.faults.append(self.fault(key, expected, found))

    def rules(self, document: Mapping[str, Any], parent: Callable[[str], Rules]) -> Rules:
        known = [*HEAD, "extends", "without", *TABLES, *LISTS]
        for key in document:
            if key not in known:
                self.faults.append(self.fault(key, "one of " + ", ".join(known) + nearest(key, known)))
        rules: Rules = {}
        if "extends" in document:
            if not isinstance(document["extends"], str):
                raise self.fault("extends", "the name of a profile", document["extends"])
            try:
                rules = dict(parent(document["extends"]))
            except ProfileError as error:
                raise ProfileError(f"{self.where}: extends: {error}") from None
        self.leave_out(rules, document.get("without", []))
        for key, wanted in HEAD.items():
            if key in document or key not in rules:
                rules[key] = self.tried(self.value, document, key, wanted, key)
        for key, columns in TABLES.items():
            if key in document:
                rules[key] = self.tried(self.table, document[key], columns | PROVENANCE, key)
            elif key not in rules:
                if key not in OPTIONAL_TABLES:
                    self.faults.append(self.fault(key, f"a table [{key}]"))
                rules[key] = None
        for key, columns in LISTS.items():
            if key in document:
                if key == "readings":  # this was assumed, or there would be no reading
                    document = {**document, key: self.readings(document[key])}
                rules[key] = self.tried(self.tables, document[key], columns | PROVENANCE, key)
            elif key not in rules:
                rules[key] = []
        limit = rules["character_limit"] if "character_limit" in document else None
        if limit and limit["several"] is not None:
            limit["several"] = self.tried(self.table, limit["several"], SEVERAL, "character_limit.several")
        if "optout" in document and rules["optout"] is not None:
            rules["optout"] = self.tried(self.optout, rules["optout"])
        faulty = {self.key_of(fault) for fault in self.faults}
        if not faulty:
            self.consistent(rules)
        else:
            # The checks of several keys run with something valid instead of each fault.
            single, self.faults = self.faults, []
            # The checks of fields need all of them, and the address that contains them.
            whole = not any(is_about(key, faulty) for key in ("request.url", "fields", "batch_fields"))
            self.consistent(mended(rules, faulty, TABLES, OPTIONAL_TABLES, LISTS), whole=whole)
            self.faults = single + [one for one in self.faults if not is_about(self.key_of(one), faulty)]
        self.told()
        return rules

    def key_of(self, fault: ProfileError) -> str:
        """The key that a fault is about."""
        return str(fault).removeprefix(f"{self.where}: ").partition(": ")[0]

    def leave_out(self, rules: Rules, tables: Any) -> None:
        """Removes from the extended rules what does not hold here."""
        may_go = [*OPTIONAL_TABLES, *LISTS]
        if not isinstance(tables, list) or any(table not in may_go for table in tables):
            raise self.fault("without", "a list with some of " + ", ".join(may_go), tables)
        for table in tables:
            rules.pop(table, None)

    def readings(self, found: Any) -> Any:
        if isinstance(found, list):
            return [{"assumed": True, **row} if isinstance(row, dict) else row for row in found]
        return found

    def value(self, table: Mapping[str, Any], key: str, wanted: Key, path: str) -> Any:
        if key not in table:
            if wanted.default is ...:
                raise self.fault(path, wanted.expected + ", found nothing")
            return wanted.default
        if not wanted.holds(table[key]):
            raise self.fault(path, wanted.expected, table[key])
        return table[key]

    def table(self, found: Any, columns: Mapping[str, Key], path: str) -> Rules:
        if not isinstance(found, dict):
            raise self.fault(path, f"a table [{path}]", found)
        for key in found:
            if key not in columns:
                names = list(columns)
                expected = "one of " + ", ".join(names) + nearest(key, names)
                self.faults.append(self.fault(f"{path}.{key}", expected))
        table = {
            key: self.tried(self.value, found, key, wanted, f"{path}.{key}")
            for key, wanted in columns.items()
        }
        if table.get("assumed") and not table["why"]:
            self.note(f"{path}.why", "one line of why this is assumed")
        return table

    def tables(self, found: Any, columns: Mapping[str, Key], path: str) -> list[Rules]:
        if not isinstance(found, list):
            raise self.fault(path, f"a list of tables [[{path}]]", found)
        return [self.table(row, columns, f"{path}[{place}]") for place, row in enumerate(found)]

    def optout(self, found: Rules) -> Rules:
        for kind in ("transactional", "commercial"):
            if found[kind] is not None:
                found[kind] = self.tried(self.table, found[kind], KIND_OF_MESSAGE, f"optout.{kind}")
        if found["if_free"] is None or found["mentions"] is None:
            return found
        for encoding in found["if_free"]:
            if encoding not in IF_FREE:
                raise self.fault(f"optout.if_free.{encoding}", "gsm7 or ucs2")
        found["if_free"] = {
            encoding: self.table(
                found["if_free"][encoding], columns | PROVENANCE, f"optout.if_free.{encoding}"
            )
            for encoding, columns in IF_FREE.items()
            if encoding in found["if_free"]
        }
        found["mentions"] = self.tables(found["mentions"], MENTION | PROVENANCE, "optout.mentions")
        return found

    def consistent(self, rules: Rules, *, whole: bool = True) -> None:
        """Checks that no single key can show: the alphabet holds what is sent, defaults are offered."""
        alphabet = rules["alphabet"]
        if alphabet["base"] not in self.alphabets:
            self.note("alphabet.base", "one of " + ", ".join(self.alphabets), alphabet["base"])
        base = self.alphabets.get(alphabet["base"], next(iter(self.alphabets.values())))
        if ESCAPE in alphabet["add"]:
            self.note("alphabet.add", "no U+001B, which no alphabet holds")
        if both := set(alphabet["add"]) & set(alphabet["remove"]):
            self.note("alphabet.add", "no character that remove has, too", "".join(sorted(both)))
        if both := set(alphabet["add"]) & set(base.basic):
            expected = "no character that the base has already"
            self.note("alphabet.add", expected, "".join(sorted(both)))
        single = (set(base.basic) | set(alphabet["add"])) - set(alphabet["remove"])
        double = set(base.extension) - set(alphabet["remove"]) - set(alphabet["add"])
        if rules["line_breaks"] and rules["line_breaks"]["units"] > 1:
            single, double = single - {"\n"}, double | ({"\n"} & single)
        held = single | double
        for place, cost in enumerate(rules["costs"]):
            own = set(cost["characters"])
            self.costs(f"costs[{place}].characters", own, rules, held)
            single, double = (
                (single - own, double | own) if cost["units"] > 1 else (single | own, double - own)
            )

        if rules["unknown_character"]["shown"] not in single:
            self.note("unknown_character.shown", "a character of the alphabet that costs 1")
        encodings = rules["encodings"]
        if encodings["default"] not in encodings["offered"]:
            self.note("encodings.default", "one of encodings.offered", encodings["default"])
        if "gsm7" not in encodings["offered"] and rules["counting"]["octets"] is None:
            self.note("encodings.offered", "gsm7 among others", encodings["offered"])
        self.country("country", rules["country"])
        for place, mention in enumerate(rules["optout"]["mentions"]):
            for country in mention["countries"]:
                self.country(f"optout.mentions[{place}].countries", country)
        for place, row in enumerate(rules["sender_countries"]):
            for country in row["countries"]:
                self.country(f"sender_countries[{place}].countries", country)
        if rules["quiet_hours"]:
            self.country("quiet_hours.country", rules["quiet_hours"]["country"])
        for home, counted in (rules["territories"] or {"counted_as": {}})["counted_as"].items():
            for country in (home, *counted):
                self.country("territories.counted_as", country)
        for language in (rules["languages"] or {"offered": []})["offered"]:
            if language not in self.languages:
                expected = "some of " + ", ".join(self.languages)
                self.note("languages.offered", expected, language)
        for language in (rules["languages"] or {"default": []})["default"]:
            if language not in rules["languages"]["offered"]:
                self.note("languages.default", "some of languages.offered", language)
        limit = rules["limit"]
        if limit["default"] is not None and limit["default"] > limit["ceiling"]:
            self.note("limit.default", "at most limit.ceiling", limit["default"])
        if limit["vendor_code"] and not limit["refused_above"]:
            self.note("limit.refused_above", "where the vendor refuses, as vendor_code is given")
        if limit["vendor_message"] and not limit["vendor_code"]:
            self.note("limit.vendor_code", "the vendor's code, as vendor_message is given")
        elif isinstance(limit["vendor_message"], dict) and not isinstance(limit["vendor_code"], dict):
            expected = "a table with one for gsm7 and one for ucs2, as vendor_message is"
            self.note("limit.vendor_code", expected, limit["vendor_code"])
        refused = limit["refused_above"]
        if isinstance(refused, list) and max(refused, default=0) > limit["ceiling"]:
            self.note("limit.refused_above", "at most limit.ceiling each", max(refused))
        if limit["default"] and isinstance(refused, list) and max(refused, default=255) < limit["default"]:
            self.note("limit.refused_above", "limit.default or more, which the vendor takes", max(refused))
        wide = set((rules["ucs2"] or {}).get("characters") or "")
        if wide & held:
            self.note("ucs2.characters", "characters that the alphabet lacks", "".join(wide & held))
        in_ucs2 = (
            (rules["substitution"] or {}).get("policy") == "always"
            and "ucs2" in rules["encodings"]["offered"]
            and not wide
        )
        self.substitutions(rules["substitutions"], single, held | wide, in_ucs2)
        texts = [merge["text"] for merge in rules["merge_fields"]]
        for place, text in enumerate(texts):
            if any(other in text for other in texts[:place] + texts[place + 1 :]):
                self.note(f"merge_fields[{place}].text", "a text that holds no other merge field", text)
        for kind in ("transactional", "commercial"):
            table = rules["optout"][kind]
            if table["default"] not in table["offered"]:
                self.note(f"optout.{kind}.default", f"one of optout.{kind}.offered", table["default"])
        if not set(rules["optout"]["separator"]) <= held:
            self.note("optout.separator", "characters of the alphabet", rules["optout"]["separator"])
        check_added_texts(rules, held, self.note)
        check_text_rules(rules, single, held, self.note)
        around = (requests.inconsistencies, batches.inconsistencies) if whole else ()
        for found in (*around, answers.inconsistencies):
            for fault in found(rules):
                self.note(*fault)

    def country(self, key: str, code: str | None) -> None:
        if code is not None and code not in self.countries:
            self.note(key, "a country's ISO 3166-1 code, such as FR or BE", code)

    def costs(self, key: str, characters: set[str], rules: Rules, held: set[str]) -> None:
        """Checks that characters with another cost are in the alphabet, or in a national table instead."""
        languages = rules["languages"]
        if not characters or (not characters <= held and not (languages and languages["offered"])):
            self.note(key, "characters of the alphabet", "".join(sorted(characters)))
        if rules["line_breaks"] and "\n" in characters:
            self.note(key, "no line break, whose cost is in line_breaks", "\n")

    def substitutions(self, groups: list[Rules], single: set[str], held: set[str], wide: bool) -> None:
        """The replacements; `wide` is whether they may be characters of UCS-2."""
        seen_by_name: dict[str, set[str]] = {"": set()}
        for place, group in enumerate(groups):
            for row, (source, target) in enumerate(group["rows"]):
                path = f"substitutions[{place}].rows[{row}]"
                names = group["when"] or [""]
                seen = set().union(*(seen_by_name.setdefault(name, set()) for name in {*names, ""}))
                if not group["when"]:
                    seen = set().union(*seen_by_name.values())
                if len(source) != 1 or source in ESCAPE + "\r":
                    self.note(path, "one character to replace, neither U+001B nor U+000D", source)
                elif source in seen:
                    self.note(path, "a character that no other row replaces", source)
                elif wide and source not in held and not set(target) <= held and max(target) <= "\uffff":
                    pass  # this is only replaced in UCS-2, where each of them costs 1
                elif not set(target) <= held:
                    expected = "a replacement of characters of the alphabet"
                    if source not in held:
                        expected += '; others are for policy = "always", where UCS-2 is offered'
                    self.note(path, expected, target)
                # A cut may fall inside an expansion, so each of its characters weighs 1, in UCS-2 too.
                elif len(target) > 100 or (
                    len(target) > 1 and not (set(target) <= single and max(target) <= "\uffff")
                ):
                    self.note(path, "a replacement of at most 100 characters that cost 1 each", target)
                for name in names:
                    seen_by_name[name].add(source)


def _short(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "..."
