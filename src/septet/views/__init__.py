"""Comes in: results.
Goes out: what people look at.
Not its business: computing a figure.
"""
