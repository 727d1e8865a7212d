"""Comes in: the settings of a service.
Goes out: the routes of the page that people look at, and its files.
Not its business: any figure or sentence on it, which the API gives.
"""
