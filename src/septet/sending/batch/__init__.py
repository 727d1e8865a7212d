"""Comes in: rows, each a message; or a vendor's file of them.
Goes out: the file that the vendor takes, or what is wrong with it, row by row.
Not its business: what makes a message good.
"""
