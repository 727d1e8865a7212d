"""Comes in: calls to a vendor, over HTTP on loopback.
Goes out: the vendor's documented answers, and the content of each call, with its errors.
Not its business: what a vendor's rules are, and who calls.
"""
