"""The skeleton of a vendor file: the smallest valid one, with what is to be decided."""

SKELETON = """\
# What NAME does to a text. Each table is one rule: `source` says where the vendor writes it (document
# and section, or address and date read). Where nothing is written, or it contradicts itself: assumed = true,
# and why. tables/README.md of septet has all keys; septet profiles check FILE says what is wrong.

title = "NAME"
document = "the vendor's document that this was read from"

[alphabet]
# "default" (GSM 03.38) or "ascii". add: characters accepted beside it; remove: those that are not.
base = "default"
source = "not stated"
assumed = true
why = "The standard's alphabet."

[encodings]
# offered: what a sender may ask for; "auto" takes UCS-2 where a text needs it. Leave out "ucs2" where
# the vendor has none.
default = "auto"
offered = ["auto", "gsm7", "ucs2"]
source = "not stated"
assumed = true
why = "The encoding is taken to follow the text."

[unknown_character]
# What stands for a character outside the alphabet; "lossy" where the vendor documents that.
shown = "?"
reason = "unmapped"
source = "not stated"
assumed = true
why = "A question mark stands for what cannot be sent."

[counting]
# "segments": each transmitted one is billed; "units": 160, 306, 459 …, whatever a boundary parts.
by = "segments"
source = "not stated"
assumed = true
why = "The standard's rule."

[segments]
# "8-bit": 153 and 67 in each of several; "16-bit": 152 and 66.
reference = "8-bit"
grapheme_clusters = "cut"
source = "not stated"
assumed = true
why = "The standard's header for several segments."

[limit]
# ceiling: the most billed segments; truncate: whether a longer text is cut.
ceiling = 255
truncate = false
source = "not stated"
assumed = true
why = "The standard's own limit."

[optout]
# When a mention is added; [[optout.mentions]] has its text where the vendor has one of its own.
separator = " "
transactional = { default = "never", offered = ["never", "if-free", "always"] }
commercial = { default = "always", offered = ["never", "if-free", "always"] }
source = "not stated"
assumed = true
why = "Nothing is added unless optout_text gives a mention."
"""
