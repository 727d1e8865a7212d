"""Input: a text, and the terms that a vendor sends it on.
Output: a `Plan`; or only its measure, for one text or a column of them.
Not here: recipients, and money beyond the price of a segment.
"""
