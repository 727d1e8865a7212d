"""Comes in: a text with fields.
Goes out: the texts that it makes, and the bounds of what they cost.
Not its business: where the rows come from.
"""
