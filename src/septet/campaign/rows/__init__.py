"""Comes in: files, tables and whatever else holds rows.
Goes out: columns of texts with what belongs to each, block by block; rejects.
Not its business: what a text costs.
"""
