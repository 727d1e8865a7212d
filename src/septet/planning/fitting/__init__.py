"""Comes in: a text that takes more than it may, or several wordings of one.
Goes out: the plans of what fits: several messages, or the first wording that does.
Not its business: what a text costs, which planners say; fields, which templates fill.
"""
