"""The preview as a page: nothing of a text acts, all of it is there, and what it costs is said."""

from __future__ import annotations

import itertools
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pages import Found, as_written, read
from sources import ROOT
from typer.testing import CliRunner

import septet
from septet.cli.app import app
from septet.views.pages.page import POLICY, page, tag
from septet.views.pages.preview import preview_page
from septet.views.pages.texts import MOST_CUT, MOST_WRITTEN

HOSTILE = (
    "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'><b onclick=alert(3)>&amp;&#60;"
    "<!-- --><svg/onload=alert(4)> \x00\x07\x1b[31m\x7f\x85 \u202egnp.exe\u202c \u2066\u200b\ud800 \ufffe"
)


def preview(text: str, price: str | None = None, **options: Any) -> Found:
    planner = septet.Planner(**options)
    return read(preview_page(planner.plan(text), planner.profile, price=price))


def facts(whole: Found) -> dict[str, str]:
    return {name.text: value.text for name, value in zip(whole.all("dt"), whole.all("dd"), strict=True)}


def marked(within: Found) -> list[tuple[str, str, str | None]]:
    return [(" ".join(m.classes), as_written(m), m.attributes.get("data-sign")) for m in within.all("mark")]


def test_a_page_says_that_nothing_may_be_loaded_or_run() -> None:
    whole = preview("Bonjour")
    assert whole.attributes["lang"] == "en"
    policies = [meta.attributes for meta in whole.all("meta") if "http-equiv" in meta.attributes]
    assert policies == [{"http-equiv": "Content-Security-Policy", "content": POLICY}]
    assert POLICY.startswith("default-src 'none'; ")
    assert "script" not in POLICY
    names = [element.name for element in whole.one("head").all()]
    assert names.index("meta") < names.index("title") < names.index("style")


def test_a_page_has_one_heading_of_each_rank_above_the_next() -> None:
    ranks = [int(e.name[1]) for e in preview("ça ê", profile="smsmode").all() if e.name in ("h1", "h2", "h3")]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(ranks))


@pytest.mark.parametrize("profile", septet.profiles())
@given(text=st.text(st.characters(), max_size=200) | st.text("<>&\"'/=!-a]é\r\n\u202e\u200b", max_size=60))
@example(text=HOSTILE)
@example(text="")
@example(text=" |")
@example(text="a" + "\u0301" * 300 + "\r\n\r\n\u2028")
def test_any_text_is_shown_whole_and_as_text(profile: str, text: str) -> None:
    planner = septet.Planner(profile, commercial=True)
    plan = planner.plan(text)
    whole = read(preview_page(plan, planner.profile))
    shown = [as_written(bubble) for bubble in whole.all("div", "text")]
    segments = [segment.text for segment in plan.segments]
    # What was deleted or cut after the end has a mark, which is on a space of its own.
    behind = bool(plan.changes) and plan.changes[-1].end == len(text) and plan.changes[-1].replacement == ""
    assert shown == segments or (behind and shown == [*segments[:-1], f"{segments[-1]} "])
    original = list(whole.all("p", "written"))
    if original:
        assert as_written(original[0]) == text.replace("\r\n", "\n")
    else:
        assert not [change for change in plan.changes if change.reason != "line-break"]


def test_markup_in_a_title_or_an_attribute_is_text() -> None:
    whole = read(page(HOSTILE, tag("p", HOSTILE, title=HOSTILE)))
    assert whole.one("title").text.startswith("</style></title><script>alert(1)</script>")
    paragraph = whole.one("p")
    assert as_written(paragraph) == HOSTILE
    assert (paragraph.attributes["title"] or "").startswith("</style></title><script>alert(1)</script>")


def test_what_is_marked_in_a_bubble() -> None:
    whole = preview("œuf, 10 €", profile="smspartner", optout="always")
    assert marked(whole.one("div", "text")) == [
        ("changed", "oe", "~"),
        ("costs", "€", "2"),
        ("mention", "STOP 36xxx", None),
    ]
    assert marked(whole.one("p", "written")) == [("changed", "œ", None)]
    assert ("lost", "?", "!") in marked(preview("ça", profile="smsmode").one("div", "text"))
    assert marked(preview("Жé").one("div", "text")) == [("forces", "Ж", "^")]
    assert marked(preview("😀").one("div", "text")) == [("forces", "😀", "^2")]
    # What the vendor deletes is marked where the text goes on, or behind its end.
    assert marked(preview("a^", profile="smspartner").one("div", "text")) == [("deleted", " ", "x")]


def test_characters_without_a_shape_are_boxes_with_their_code_points() -> None:
    whole = preview("a\u202eb\x1bc\ud800")
    boxes = [(e.text, e.attributes.get("title")) for e in whole.one("div", "text").all("span", "box")]
    assert boxes == [("U+202E", "RIGHT-TO-LEFT OVERRIDE"), ("U+001B", None), ("U+D800", None)]


def test_a_line_break_breaks_the_line() -> None:
    bubble = preview("a\nb").one("div", "text")
    assert bubble.text == "a↵\nb"


def test_each_segment_has_a_bubble_that_says_how_full_it_is() -> None:
    whole = preview("]" * 153)
    heads = [head.text for head in whole.all("div", "segment")]
    assert heads == [
        "Segment 1 of 3152 of 153 units",
        "Segment 2 of 3152 of 153 units",
        "Segment 3 of 32 of 153 units",
    ]
    widths = [bar.one("span").attributes["style"] for bar in whole.all("div", "usage")]
    assert widths == ["width:99.3%", "width:99.3%", "width:1.3%"]


def test_the_legend_has_a_row_for_each_kind_with_the_names_of_its_characters() -> None:
    rows = [
        ([shown.text for shown in row.all("bdi")], row.one("span", "sign").text, row.text)
        for row in preview("œ, ‘net’ 10 €", profile="smspartner").one("tbody").all("tr")
    ]
    assert [(shown, sign) for shown, sign, _ in rows] == [
        (["œ → oe"], "~"),
        (["‘ → '", "’ → '"], "~"),
        (["€"], "2"),
    ]
    assert rows[1][2].endswith("2 typographic apostrophes are replaced")
    (name,) = {bdi.attributes["title"] for bdi in preview("Ж").one("tbody").all("bdi")}
    assert name == "U+0416 CYRILLIC CAPITAL LETTER ZHE"


def test_what_it_comes_to() -> None:
    found = facts(preview("10 € et 5", price="0.045", profile="smsmode", commercial=True))
    assert found["Billed"] == "1 segment"
    assert found["Cost"] == "0.045"
    assert found["Encoding"] == "GSM-7"
    assert found["Units"] == "21"  # 9 characters, € once more; " STOP 36034" has 11
    assert found["Opt-out"] == "added at the end"
    assert found["Kind of message"] == "commercial"
    assert found["Opt-out mention"] == "STOP 36034 (always)"
    assert "Cost" not in facts(preview("10"))


def test_problems_are_explained_with_their_severity_and_code() -> None:
    whole = preview("ça" + "\x1b", profile="smsmode")
    items = [
        (item.classes, item.one("code").text, item.text) for item in whole.one("ul", "problems").all("li")
    ]
    assert [(classes, code) for classes, code, _ in items] == [
        (["error"], "invalid-character"),
        (["warning"], "lossy-substitution"),
    ]
    assert items[1][2].startswith("Warning: character 1: ")
    assert whole.one("p", "verdict").text == "Must not be sent as it is."
    assert whole.one("p", "verdict").classes == ["verdict", "bad"]
    assert preview("ca").one("p", "verdict").text == "May be sent."
    assert not list(preview("ca").all("ul", "problems"))


def test_a_cheaper_way_to_say_it_is_shown() -> None:
    # 80 units of UCS-2 are 2 segments; with an apostrophe of GSM-7 they are one.
    whole = preview("C’est " + "l'ami " * 12, price="0.05")
    section = next(section for section in whole.all("section") if section.one("h2").text == "Suggestions")
    assert "saves 1 segment (0.05)" in section.text
    assert "Advice" not in facts(whole)
    assert "Suggestions" not in preview("Bonjour").text


def test_the_page_names_the_tables_and_the_rules_that_it_was_made_by() -> None:
    footer = preview("a").one("footer").text
    assert septet.TABLES_EDITION in footer
    assert septet.__version__ in footer
    assert facts(preview("a", profile="encom"))["Its document"] == septet.profile("encom").document


def test_what_was_cut_is_shown_as_cut() -> None:
    text = "a" * 900
    whole = preview(text, profile="smsmode")
    assert marked(whole.one("p", "written")) == [("cut", "a" * 135, None)]  # 900 - 5 segments of 153
    assert facts(whole)["Cut off"] == "135 characters"


def test_a_long_text_makes_no_endless_page() -> None:
    whole = preview("é" * 300 * 153)
    assert len(list(whole.all("div", "bubble"))) == 255
    assert whole.one("ol").text.endswith("and 45 more segments")
    text = "ç" * 100_000
    written = preview(text, profile="smspartner", encoding="gsm7").one("p", "written")
    assert written.text == "ç" * MOST_WRITTEN + " and 80 000 more characters"
    cut = preview("a" * 100_000, profile="smsmode").one("p", "written")
    assert len(cut.one("mark").text) == MOST_CUT
    assert cut.text == "a" * (765 + MOST_CUT) + " and 97 235 more characters"
    many = preview("".join(map(chr, range(0x4E00, 0x4E00 + 150))))
    (row,) = many.one("tbody").all("tr")
    assert row.text.endswith("150 Chinese characters force UCS-2")
    assert [shown.text for shown in row.all("bdi")] == list(map(chr, range(0x4E00, 0x4E08)))


def invoke(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["preview", "Ça va ?", *arguments])


def complaint(result: Any) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return str(result.stderr)


def test_the_command_writes_the_page_beside_the_preview(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert invoke("--html", str(target), "--price", "0.05").stdout == invoke("--price", "0.05").stdout
    planner = septet.Planner()
    assert target.read_text("utf-8") == preview_page(planner.plan("Ça va ?"), planner.profile, price="0.05")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert json.loads(invoke("--html", str(target), "--json").stdout)["text"] == "Ça va ?"


def test_the_command_prints_the_page_alone_for_a_dash() -> None:
    planner = septet.Planner()
    assert invoke("--html", "-").stdout == preview_page(planner.plan("Ça va ?"), planner.profile)


def test_a_page_that_cannot_be_written_is_said_in_a_line(tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "page.html"
    assert complaint(invoke("--html", str(nowhere))) == (
        f"septet: --html: {nowhere}: No such file or directory; nothing was written\n"
    )
    assert "is not a regular file" in complaint(invoke("--html", str(tmp_path)))
    assert "null" in complaint(invoke("--html", "a\x00b"))
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_fails_leaves_the_older_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "page.html"
    target.write_text("older")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "No space left on device" in complaint(invoke("--html", str(target)))
    assert target.read_text() == "older"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
def test_a_page_keeps_the_permissions_and_the_link_of_its_file(tmp_path: Path) -> None:
    target, link = tmp_path / "page.html", tmp_path / "link.html"
    target.write_text("older")
    target.chmod(0o640)
    link.symlink_to(target)
    assert invoke("--html", str(link)).exit_code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_message_is_not_written_over(tmp_path: Path) -> None:
    message = tmp_path / "message.txt"
    message.write_text("Bonjour")
    result = CliRunner().invoke(app, ["preview", "--file", str(message), "--html", str(message)])
    assert "is the file to read: expected another name" in complaint(result)
    assert message.read_text() == "Bonjour"


VENDOR_FILES = ROOT / "tables" / "vendors"


def test_the_vendor_file_is_not_written_over(tmp_path: Path) -> None:
    vendor = tmp_path / "vendor.toml"
    vendor.write_bytes((VENDOR_FILES / "gsm.toml").read_bytes())
    result = CliRunner().invoke(app, ["preview", "Bonjour", "--profile", str(vendor), "--html", str(vendor)])
    assert "is that of --profile: expected another name" in complaint(result)
    assert vendor.read_bytes() == (VENDOR_FILES / "gsm.toml").read_bytes()


def test_only_one_thing_is_printed() -> None:
    assert "both print to standard output" in complaint(invoke("--html", "-", "--json"))
