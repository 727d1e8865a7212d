"""The skeleton of a vendor file: the smallest valid one, with comments on what you have to decide."""

SKELETON = """\
# How NAME counts and changes a text. Each table is one rule. `source` is its document and section, or the
# address and the day on which you read it. If the document does not say, or contradicts itself, write
# assumed = true and why. tables/README.md of septet has all keys; septet profiles check FILE finds errors.

title = "NAME"
document = "the document of the vendor that has these rules"

[alphabet]
# "default" (GSM 03.38) or "ascii". add: further accepted characters; remove: characters of it that are not.
base = "default"
source = "not stated"
assumed = true
why = "The standard's alphabet is assumed."

[encodings]
# offered: what a sender may choose; "auto" uses UCS-2 if a text needs it. Leave out "ucs2" if the vendor
# does not send it.
default = "auto"
offered = ["auto", "gsm7", "ucs2"]
source = "not stated"
assumed = true
why = "The encoding is assumed to depend on the text."

[unknown_character]
# What replaces a character outside the alphabet. reason = "lossy" if the vendor documents it.
shown = "?"
reason = "unmapped"
source = "not stated"
assumed = true
why = "A question mark shows what cannot be sent."

[counting]
# "segments": each transmitted segment is billed; "units": 160, 306, 459 …, wherever a text is cut.
by = "segments"
source = "not stated"
assumed = true
why = "The standard's rule is assumed."

[segments]
# "8-bit": 153 and 67 in each of several; "16-bit": 152 and 66.
reference = "8-bit"
grapheme_clusters = "cut"
source = "not stated"
assumed = true
why = "The standard's header is assumed for several segments."

[limit]
# ceiling: the most billed segments; truncate: whether a longer text is cut.
ceiling = 255
truncate = false
source = "not stated"
assumed = true
why = "The standard's limit is assumed."

[optout]
# When a mention is added. If the vendor has its own mention, [[optout.mentions]] has the text.
separator = " "
transactional = { default = "never", offered = ["never", "if-free", "always"] }
commercial = { default = "always", offered = ["never", "if-free", "always"] }
source = "not stated"
assumed = true
why = "Nothing is added unless optout_text gives a mention."
"""
