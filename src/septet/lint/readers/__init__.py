"""Comes in: the octets of a file of messages.
Goes out: its entries, each character with its place in the file; or one line on why there are none.
Not its business: which of the entries are SMS, and what is wrong with them.
"""
