"""Comes in: a composed text and its problems.
Goes out: one drawing of it, for any screen: runs with their marks, a legend, sentences, facts, in a language.
Not its business: screens, colours, tags, and what could be done about it.
"""
