"""Texts that must not be sent unchanged, each with the problems that every entry point must report.

A row is a profile, its options, a text, the codes of the errors, those of the warnings and those of
the notices, in the order of the plan. The facts behind them are in docs/problems.md and in the vendor files.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class WrongText(NamedTuple):
    profile: str
    options: dict[str, Any]
    text: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "-".join((self.profile, *self.errors, *self.warnings, *self.notices)) or "right"


WRONG_TEXTS = [
    WrongText("gsm", {}, "", ("empty-message",)),
    WrongText("smspartner", {}, "^~", ("empty-message",)),
    WrongText("gsm", {}, "ab\x1bc", ("invalid-character",)),
    WrongText("smsmode", {}, "ab\ud800c\x1b", ("invalid-character",) * 2),
    WrongText("gsm", {"encoding": "gsm7"}, "façade", ("unmapped-character",)),
    WrongText("smspartner", {}, "aíúb", ("unmapped-character",)),
    WrongText("smspartner", {}, "aíb\x1bc", ("unmapped-character", "invalid-character")),
    WrongText("smsmode", {}, "Ça façade !", (), ("lossy-substitution",)),
    WrongText("envoyersmspro", {"encoding": "ucs2"}, "abc", ("unicode-unavailable",)),
    WrongText("envoyersmspro", {}, "a" * 161, ("too-long",)),
    WrongText("gsm", {"max_segments": 2}, "a" * 307, ("too-long",)),
    WrongText("gsm", {"max_segments": 1}, "ç" * 71 + "\x1b", ("invalid-character", "too-long")),
    WrongText("gsm", {}, "a" * (153 * 255 + 1), ("too-many-segments",)),
    WrongText("smsmode", {"commercial": True, "optout": "never"}, "Promo", ("optout-missing",)),
    WrongText("smspartner-eco", {"commercial": True}, "Promo é\x1b", ("invalid-character", "optout-missing")),
    WrongText("smsmode", {}, "a" * 766, (), ("truncated",)),
    WrongText("smsmode", {"max_segments": 1}, "ç" + "a" * 160, (), ("lossy-substitution", "truncated")),
    WrongText("smsmode", {"optout": "if-free"}, "a" * 150, (), ("optout-not-added",)),
    WrongText("smspartner", {"commercial": True}, "Promo", (), ("optout-unspecified",)),
    WrongText("encom", {"commercial": True}, "Promo STOP 36063", (), ("optout-other-number",)),
    WrongText("smsmode", {}, "]" * 153, (), ("boundary-overflow",)),
    WrongText("smspartner", {"encoding": "ucs2"}, "abc", (), (), ("account-option-needed",)),
    WrongText("smspartner", {}, "a:br:b", (), ("vendor-tag",)),
    WrongText("smspartner", {"max_segments": 1}, ":br:" + "a" * 157, ("too-long",), ("vendor-tag",)),
    WrongText("twilio", {}, "a" * 1601, ("too-many-characters",)),
    # 296 units and the clause of 11 are one more than two segments hold; their table has 302 in two.
    WrongText(
        *("ovhcloud", {"commercial": True}, "a" * 296, ()),
        *(("optout-unspecified",), ("documented-otherwise",)),
    ),
    WrongText("mailjet", {"commercial": True, "optout": "never"}, "Promo", ("commercial-refused",)),
    WrongText("rcs", {}, "é" * 81, (), (), ("rcs-single",)),
    WrongText("gsm", {"optout": "always", "optout_text": "ARRÊT"}, "Promo", (), (), ("added-text-unicode",)),
    WrongText("gsm", {}, "colis arrivÃ©", (), ("suspect-encoding",)),
    WrongText("bird", {}, "aujourdâ€™hui", (), ("suspect-encoding",)),
    WrongText("smspartner", {}, "Suivi : https://ex.fr/~a", (), ("link-changed",)),
    WrongText("smspartner", {}, "Prix : 5~10 €", (), ("value-changed",)),
    WrongText("smsmode", {}, "a" * 760 + " ex.fr/a", (), ("link-cut", "truncated")),
    WrongText("smsmode", {}, "a" * 760 + " 123456", (), ("value-cut", "truncated")),
    WrongText("gsm", {}, "https://ex.fr/a🎉Venez", (), ("glued-link",)),
    WrongText("gsm", {}, "Tom &amp; Jerry", (), ("suspect-markup",)),
    WrongText("gsm", {}, " Tom", (), (), ("outer-blanks",)),
    WrongText("gsm", {}, "a" * 160 + " ", (), ("outer-blanks",)),
    WrongText("gsm", {}, "Right as it is.", ()),
]
