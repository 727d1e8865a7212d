"""Comes in: a report of the linter.
Goes out: the same report for people, or for a tool of theirs.
Not its business: what counts as a finding.
"""
