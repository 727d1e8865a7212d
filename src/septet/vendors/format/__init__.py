"""Comes in: what a vendor file says, as TOML has it.
Goes out: the same, checked key by key; ProfileError where it is not as it should be.
Not its business: what the rules do.
"""
