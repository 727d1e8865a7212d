"""Comes in: files that hold messages, and what is asked of them.
Goes out: findings, each with the place of its character in the file.
Not its business: what a text costs.
"""
