"""Comes in: characters, or the septets that stand for them (TS 23.038).
Goes out: the other of the two, capacities, and the places where a text may be cut.
Not its business: headers and vendors.
"""
