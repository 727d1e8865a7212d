"""Comes in: the text of an entry, and the dialects of placeholders that apply to it.
Goes out: its messages, in literals and fields, each with its place in the text.
Not its business: how long a value may be.
"""
