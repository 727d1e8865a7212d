"""Comes in: a text and the vendor that is to send it.
Goes out: cheaper ways to say the same, and what other vendors would make of it.
Not its business: drawing.
"""
