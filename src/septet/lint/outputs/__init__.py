"""Comes in: a report of the linter.
Goes out: the same as people read it, or as a tool of theirs takes it.
Not its business: what is a finding.
"""
