"""Comes in: files, tables and whatever else holds rows.
Goes out: columns of texts with the other fields of each, block by block; rejects.
Not its business: what a text costs.
"""
