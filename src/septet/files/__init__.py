"""Comes in: a path or a stream.
Goes out: octets, text and records; on the way out, whole files or none.
Not its business: what the rows mean.
"""
