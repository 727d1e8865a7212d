"""Classes of characters that people put into fields, as they know them."""

from __future__ import annotations

from septet.wording.messages import said

#: What people put into fields without knowing that GSM-7 may lack it.
CLASSES: dict[str, str] = {
    said("lower-case accents"): "çêëîïôûœâáíóúãõÿæñäöüåø",
    said("capital accents"): "ÀÂÁÈÊËÎÏÍÔÓÕÛÙÚŒŸÃÇÉÑÄÖÜÅÆØ",
    said("typographic quotation marks"): "’‘“”«»‚„",
    said("dashes, ellipses and dots"): "–—…•·",
    said("no-break spaces"): "\u00a0\u202f",
    said("signs"): "°²³©®™µ¨´`",
    said("letters of Central Europe"): "ąćęłńśźżčďěňřšťůžđőű",
    said("letters of Romanian and Turkish"): "ășțâîğışİ",
    said("Greek in lower case"): "αβγδε",
    said("Cyrillic"): "абвгд",
    said("Arabic and Hebrew"): "ابتשלו",
    said("Chinese, Japanese and Korean"): "中日の한",
    said("symbols"): "★♥✓→",
    said("emoji"): "😀🎉👍🔥",
}
