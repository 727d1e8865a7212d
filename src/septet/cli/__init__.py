"""Comes in: the words of a command line, files and standard input.
Goes out: what the views make of the results, and an exit code.
Not its business: anything that a user of the library needs.
"""
