"""Comes in: the arguments of one command.
Goes out: what it prints or writes; one module for each.
Not its business: what several commands need, which is beside this folder.
"""
