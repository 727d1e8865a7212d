"""Comes in: the body of a vendor's answer, and the rules to read it by.
Goes out: a `Response`, or the error that the vendor reports.
Not its business: asking, and what was asked.
"""
