"""Writes docs/profiles.md, the profiles for people to read, from what tables/generate.py wrote.

python tables/document.py            writes it
python tables/document.py --check    fails when it is stale
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "profiles.md"

sys.path.insert(0, str(ROOT / "src"))

import septet  # noqa: E402
from septet.gsm.segmentation import ENCODING_NAMES, capacity, header_octets  # noqa: E402
from septet.vendors.policies import choices  # noqa: E402
from septet.vendors.profiles import youngest_sources  # noqa: E402
from septet.vendors.words.rules import Rule  # noqa: E402

YOUNGEST = youngest_sources()

HEAD = """\
# The profiles

Written by `tables/document.py` from [tables/vendors](../tables/vendors): change those, then run
`make tables`. `septet profiles NAME` prints the same. Each rule says where it is written, as an
address with the date of the page or the day it was read; *assumed* marks what the vendor's documents
leave open or contradict, with the reason for the reading that is taken.

`name@date` is another document of the same vendor, by its date. A file of your own works the same
way: [tables/README.md](../tables/README.md) has its format, `septet profiles check FILE` checks it.

A vendor is found [by its country](#by-country) or [by what it does otherwise](#by-what-differs).

| name | what | youngest source | encoding | replaced | alone, of several | at most | commercial mention |
|---|---|---|---|---|---|---|---|
"""


def escaped(text: str) -> str:
    """The text with everything escaped that Markdown would interpret."""
    return re.sub(r"([\\`*_<>|\[\]#~])", r"\\\1", text)


def source(text: str) -> str:
    """As `escaped`, but addresses stay whole."""
    return "".join(
        part if part.startswith("http") else escaped(part) for part in re.split(r"(https?://\S+)", text)
    )


def row(profile: septet.Profile) -> str:
    encodings = profile.rule("encodings")
    default = {"auto": "automatic", **ENCODING_NAMES}[encodings["default"]]
    if "ucs2" not in encodings["offered"]:
        default += " only"
    replaced = len(profile.substitutions)
    policy = f"{replaced}, {profile.policy}" if replaced else "–"
    reference = profile.rule("segments")["reference"]
    sizes = ", ".join(
        f"{capacity(encoding)}/{capacity(encoding, header_octets(reference))}"
        for encoding in ("gsm7", "ucs2")
        if encoding in encodings["offered"]
    )
    if octets := profile.rule("counting")["octets"]:
        sizes = f"{octets} octets"
    return " | ".join(
        [
            "",
            f"`{profile.name}`",
            escaped(profile.title),
            YOUNGEST[profile.name] or "–",
            default,
            policy,
            sizes,
            limit(profile),
            mention(profile),
            "",
        ]
    ).strip()


def limit(profile: septet.Profile) -> str:
    table, characters = profile.rule("limit"), profile.rule("character_limit")
    most = f"{table['ceiling']} segment{'s' if table['ceiling'] > 1 else ''}"
    if table["default"] not in (None, table["ceiling"]):
        most = f"{table['default']}, or {table['ceiling']} segments on request"
    if characters:
        counts = [characters[encoding] or "–" for encoding in ("gsm7", "ucs2")]
        counted = {"utf-16": "UTF-16 units"}.get(characters["counted"], characters["counted"])
        most = "/".join(map(str, dict.fromkeys(counts))) + f" {counted}"
    return most + (", then cut" if table["truncate"] else "")


def mention(profile: septet.Profile) -> str:
    rule = profile.rule("optout")
    if not rule["mentions"]:
        return "none known"
    text = f"`{rule['mentions'][0]['text']}`"
    if rule["mentions"][0]["unspecified"]:
        text += " (stands for theirs)"
    return text if rule["commercial"]["default"] != "never" else f"{text}, which you write"


def links(profiles: list[septet.Profile]) -> str:
    """Links to the sections of some profiles."""
    return ", ".join(f"[`{profile.name}`](#{profile.name.replace('@', '')})" for profile in profiles)


def by_country(profiles: list[septet.Profile]) -> Iterator[str]:
    """The profiles of each country whose national numbers or mentions they use."""
    yield "\n## By country\n\n"
    for country in sorted({profile.country for profile in profiles if profile.country}):
        yield f"- {country}: {links([profile for profile in profiles if profile.country == country])}\n"
    yield f"- none of its own: {links([profile for profile in profiles if not profile.country])}\n"


#: How vendors differ from the standard, and which do.
DIFFERENCES: dict[str, Callable[[septet.Profile], Any]] = {
    "a line break costs more, or is one whatever its form": lambda p: p.rule("line_breaks"),
    "replaces characters": lambda p: p.rule("substitutions"),
    "lets the sender switch that": lambda p: len(choices(p.all_rules)) > 1,
    "has no Unicode": lambda p: not {"ucs2", "utf8"} & {*p.rule("encodings")["offered"]},
    "is no SMS": lambda p: p.rule("counting")["octets"] is not None,
    "goes as GSM-7 unless asked": lambda p: p.rule("encodings")["default"] == "gsm7",
    "Unicode carries few characters": lambda p: (p.rule("ucs2") or {}).get("characters"),
    "national tables": lambda p: (p.rule("languages") or {}).get("offered"),
    "an alphabet of its own": lambda p: (
        p.rule("alphabet")["base"] != "default" or p.rule("alphabet")["add"] or p.rule("alphabet")["remove"]
    ),
    "some characters cost otherwise": lambda p: p.rule("costs"),
    "counts units, not transmitted segments": lambda p: p.rule("counting")["by"] == "units",
    "152 and 66 in each of several": lambda p: p.rule("segments")["reference"] == "16-bit",
    "cuts no word, so that a text may take more segments": lambda p: p.rule("segments")["split_at"],
    "sends several messages that no header joins": lambda p: (
        p.rule("segments")["reference"] == "none" and p.rule("counting")["octets"] is None
    ),
    "cuts what is too long": lambda p: p.rule("limit")["truncate"],
    "ten segments at most": lambda p: p.rule("limit")["ceiling"] <= 10,
    "a limit in characters": lambda p: p.rule("character_limit"),
    "puts something before or behind the text": lambda p: p.rule("prefix") or p.rule("suffix"),
    "rewrites links": lambda p: p.rule("links"),
    "takes no marketing": lambda p: (p.rule("commercial") or {}).get("refused"),
    "adds its opt-out mention to marketing": lambda p: (
        p.rule("optout")["mentions"] and p.rule("optout")["commercial"]["default"] != "never"
    ),
    "its request is described": lambda p: p.rule("request"),
    "a rule for senders": lambda p: p.rule("sender"),
}


def by_difference(profiles: list[septet.Profile]) -> Iterator[str]:
    yield "\n## By what differs\n\n"
    for what, is_so in DIFFERENCES.items():
        yield f"- {what}: {links([profile for profile in profiles if is_so(profile)])}\n"


def section(profile: septet.Profile) -> Iterator[str]:
    yield f"\n## `{profile.name}`\n\n{escaped(profile.title)}. {source(profile.document)}"
    yield f" ({profile.date}).\n\n" if profile.date else ".\n\n"
    for rule in profile.rules:
        yield from bullet(rule)


def bullet(rule: Rule) -> Iterator[str]:
    yield f"- **{escaped(rule.key)}**: {escaped(rule.text)}"
    if rule.assumed:
        yield f"\n  *Assumed: {escaped(rule.why)}*"
    yield f"\n  Source: {source(rule.source)}\n"


def page() -> str:
    """The text of the page."""
    profiles = [septet.profile(name) for name in septet.profiles()]
    parts = [HEAD, *(row(profile) + "\n" for profile in profiles)]
    parts.extend(by_country(profiles))
    parts.extend(by_difference(profiles))
    for profile in profiles:
        parts.extend(section(profile))
    return "".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the page is stale")
    arguments = parser.parse_args()
    text = page()
    if arguments.check:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            print("docs/profiles.md is stale: run python tables/document.py", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
