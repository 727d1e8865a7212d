"""Comes in: a vendor's message log or invoice, and the profile and options that it is compared with.
Goes out: what agrees, what differs, and the rules that would explain it.
Not its business: how files are read, what a text comes to under a rule, how any of it is shown.
"""
