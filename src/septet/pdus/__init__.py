"""Comes in: the parts of a text, or octets that were received.
Goes out: headers, user data, later TPDUs and the fields of SMPP (TS 23.040), and back.
Not its business: plans and vendors.
"""
