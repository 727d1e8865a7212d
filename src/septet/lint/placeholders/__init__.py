"""Comes in: the text of an entry, and the dialects of placeholders that hold for it.
Goes out: the messages that it makes, in literals and fields, each with its place in the text.
Not its business: how long a value may be.
"""
