"""Comes in: a name, or a vendor file in TOML.
Goes out: a `Profile`: the rules of one vendor, checked, each with its source.
Not its business: texts to count and requests to make.
"""
