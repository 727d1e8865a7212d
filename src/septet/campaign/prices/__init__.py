"""Comes in: a price, or a file of prices by country.
Goes out: the price of a segment for a recipient on a day.
Not its business: how many segments there are.
"""
