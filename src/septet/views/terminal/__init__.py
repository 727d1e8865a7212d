"""Comes in: results.
Goes out: lines that fit the width of a terminal.
Not its business: writing them there.
"""
