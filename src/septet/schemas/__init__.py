"""Comes in: the name of a shape that `to_dict` gives.
Goes out: its JSON schema, from the file beside this one.
Not its business: making the values.
"""
