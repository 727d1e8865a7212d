"""Comes in: a column of phone numbers as people write them, and the country that they are national to.
Goes out: each one's international number, country and kind, and whether a plan knows it.
Not its business: how one number is read (`destinations/`), prices, texts.
"""
