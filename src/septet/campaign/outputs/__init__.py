"""Comes in: rows, measured or refused.
Goes out: files of them, put in place only when all are whole.
Not its business: measuring.
"""
