"""Comes in: a code and its facts.
Goes out: a sentence in the reader's language, a `Problem`, a text quoted as a message may show it.
Not its business: deciding what is wrong.
"""
