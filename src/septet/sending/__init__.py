"""Comes in: a plan, with recipients, a sender and a time.
Goes out: the request that sends it; afterwards, whether the vendor billed what was planned.
Not its business: how a text is counted.
"""
