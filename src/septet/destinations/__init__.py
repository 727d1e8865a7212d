"""Comes in: a number or the code of a country.
Goes out: the country that it belongs to (E.164, ISO 3166).
Not its business: prices and vendors.
"""
