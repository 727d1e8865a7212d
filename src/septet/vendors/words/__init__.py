"""Comes in: the checked rules of a vendor.
Goes out: each of them in a sentence, with its source.
Not its business: following them.
"""
