"""Comes in: the file of a spreadsheet (.xlsx, .xlsm, .ods, .xls).
Goes out: its sheets, row by row, with the cells that hold no value, or one line that tells why not.
Not its business: what the rows mean.
"""
