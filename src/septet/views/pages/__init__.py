"""Comes in: results.
Goes out: pages in HTML that need nothing else, nor run anything.
Not its business: keeping or sending them.
"""
