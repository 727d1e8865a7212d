"""Comes in: a text, as people and programs write it.
Goes out: what of it must stay whole, and where it is glued, marked up or padded.
Not its business: alphabets, vendors, and what is done about it.
"""
