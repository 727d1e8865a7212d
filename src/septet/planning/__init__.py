"""Comes in: a text, and the terms that a vendor sends it on.
Goes out: a `Plan`; or only its measure, for one text or a column of them.
Not its business: recipients, and money beyond the price of a segment.
"""
