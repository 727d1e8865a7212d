"""Texts that raise each problem code of a plan, with the place and the figures that are reported."""

from __future__ import annotations

from typing import Any

# code, profile, options, text, start, end, details
RAISED: list[tuple[str, str, dict[str, Any], str, int | None, int | None, dict[str, Any]]] = [
    ("empty-message", "gsm", {}, "", None, None, {}),
    ("empty-message", "smspartner", {}, "^~", None, None, {"element": "children[message].data"}),
    ("invalid-character", "gsm", {}, "ab\x1bc", 2, 3, {"characters": "\x1b"}),
    ("invalid-character", "smsmode", {}, "ab\ud800\udc00c", 2, 4, {"characters": "\ud800\udc00"}),
    ("unmapped-character", "smspartner", {}, "aíúb", 1, 3, {"characters": "íú"}),
    ("unmapped-character", "gsm", {"encoding": "gsm7"}, "ç", 0, 1, {"characters": "ç"}),
    ("lossy-substitution", "smsmode", {}, "Ça çç!", 3, 5, {"characters": "çç"}),
    ("unicode-unavailable", "envoyersmspro", {"encoding": "ucs2"}, "abc", None, None, {}),
    ("too-long", "envoyersmspro", {}, "a" * 161, None, None, {"limit": 1, "actual": 2}),
    ("too-long", "gsm", {"max_segments": 2}, "a" * 307, None, None, {"limit": 2, "actual": 3}),
    ("too-many-segments", "gsm", {}, "a" * (153 * 255 + 1), None, None, {"limit": 255, "actual": 256}),
    ("too-many-characters", "twilio", {}, "a" * 1601, None, None, {"limit": 1600, "actual": 1601}),
    ("too-many-characters", "aws", {}, "я" * 631, None, None, {"limit": 630, "actual": 631}),
    ("optout-missing", "smsmode", {"commercial": True, "optout": "never"}, "Promo", None, None, {}),
    ("optout-missing", "smspartner-eco", {"commercial": True}, "Promo", None, None, {}),
    ("truncated", "smsmode", {}, "a" * 766, 765, 766, {"limit": 5, "actual": 6, "characters": 1}),
    ("optout-not-added", "smsmode", {"optout": "if-free"}, "a" * 150, None, None, {}),
    ("optout-unspecified", "smspartner", {"commercial": True}, "Promo", None, None, {}),
    (
        *("optout-other-number", "encom", {"commercial": True}, "Promo Stop SMS: 36063", None, None),
        {"number": "36063", "mention": "STOP AU 36111", "added": "STOP AU 36111"},
    ),
    (
        *("optout-other-number", "encom", {"commercial": True}, "STOP AU 36111, stop 36063", None, None),
        {"number": "36063", "mention": "STOP AU 36111", "added": ""},
    ),
    (
        *("added-text-unicode", "gsm", {"optout": "always", "optout_text": "ARRÊT"}, "a" * 70, None, None),
        {"billed": 2, "alone": 1},
    ),
    ("rcs-single", "rcs", {}, "é" * 81, None, None, {"limit": 160, "actual": 162}),
    ("commercial-refused", "mailjet", {"commercial": True, "optout": "never"}, "Promo", None, None, {}),
    ("boundary-overflow", "smsmode", {}, "]" * 153, None, None, {"billed": 2, "physical": 3}),
    # The vendor's table has two SMS up to 302 characters; 295 fit with the mention of 11.
    (
        *("documented-otherwise", "ovhcloud", {"commercial": True}, "a" * 296, None, None),
        {"billed": 3, "documented": 2},
    ),
    ("account-option-needed", "smspartner", {"encoding": "ucs2"}, "abc", None, None, {}),
    ("vendor-tag", "smspartner", {}, "a:br:b", 1, 5, {}),
    (
        *("suspect-encoding", "gsm", {}, "colis arrivÃ©", 11, 13),
        {"characters": "Ã©", "fault": "utf-8", "probably": "colis arrivé"},
    ),
    (
        *("suspect-encoding", "smsmode", {}, "l\x92eau", 1, 2),
        {"characters": "\x92", "fault": "windows-1252", "probably": "l’eau"},
    ),
    (
        *("suspect-encoding", "bird", {}, "B\0o\0n\0", 0, 6),
        {"characters": "B\0o\0n\0", "fault": "utf-16", "probably": "Bon"},
    ),
    ("suspect-encoding", "gsm", {}, "caf\ufffd", 3, 4, {"characters": "\ufffd", "fault": "lost"}),
    ("suspect-encoding", "gsm", {}, "a\x81", 1, 2, {"characters": "\x81", "fault": "windows-1252"}),
    (
        *("link-changed", "smspartner", {}, "Ici : https://ex.fr/a[1]", 6, 24),
        {"thing": "https://ex.fr/a[1]", "became": "https://ex.fr/a(1)"},
    ),
    (
        *("link-changed", "smspartner", {}, "Ecrire a jean~b@ex.fr", 9, 21),
        {"thing": "jean~b@ex.fr", "became": "jeanb@ex.fr"},
    ),
    ("link-changed", "smsmode", {}, "ex.fr/été_ç", 0, 11, {"thing": "ex.fr/été_ç", "became": "ex.fr/été_?"}),
    ("value-changed", "smspartner", {}, "Prix : 5~10 €", 7, 13, {"thing": "5~10 €", "became": "510 €"}),
    # A zero-width space between two numbers, which Telnyx deletes.
    ("value-changed", "telnyx", {}, "12\u200b34", 0, 5, {"thing": "12\u200b34", "became": "1234"}),
    (
        *("link-cut", "gsm", {"truncate": True, "max_segments": 1}, "a" * 151 + " https://ex.fr/a", 152, 167),
        {"thing": "https://ex.fr/a", "became": "https://"},
    ),
    (
        *("link-cut", "gsm", {"truncate": True, "max_segments": 1}, "a" * 160 + " ex.fr/a", 161, 168),
        {"thing": "ex.fr/a", "became": ""},
    ),
    (
        *("value-cut", "gsm", {"truncate": True, "max_segments": 1}, "a" * 156 + " 10 €", 157, 161),
        {"thing": "10 €", "became": "10 "},
    ),
    (
        *("glued-link", "gsm", {}, "Go ex.fr/a🎉Come in", 3, 10),
        {"thing": "ex.fr/a", "became": "ex.fr/a🎉Come"},
    ),
    ("suspect-markup", "gsm", {}, "Tom &amp;&lt; Co", 4, 13, {"thing": "&amp;&lt;", "meant": "&<"}),
    ("suspect-markup", "gsm", {}, "Tom<br>Co", 3, 7, {"thing": "<br>", "meant": "\n"}),
    ("suspect-markup", "gsm", {}, "<b>Tom", 0, 3, {"thing": "<b>", "meant": ""}),
    ("outer-blanks", "gsm", {}, "\n Tom", 0, 2, {"blanks": 2, "units": 2, "segments": 0}),
    ("outer-blanks", "gsm", {}, "a" * 160 + " ", 160, 161, {"blanks": 1, "units": 1, "segments": 1}),
]
