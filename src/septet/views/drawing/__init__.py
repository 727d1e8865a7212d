"""Comes in: a plan.
Goes out: its glyphs, its marks and its facts in words, for any kind of view.
Not its business: where they are shown.
"""
