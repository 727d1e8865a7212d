"""Comes in: calls to a vendor, over HTTP on loopback.
Goes out: the vendor's documented answers, and what each call asked for, with what was wrong with it.
Not its business: what a vendor's rules are, and who calls.
"""
