"""Comes in: the words of a command line, files and standard input.
Goes out: the views of the results, and an exit code.
Not its business: anything that a user of the library needs.
"""
