"""A vendor to test a client against: simulated on loopback, from the vendor's own documents.

    with septet.testing.vendor("smsmode") as vendor:
        my_client.send("Bonjour", "0612345678", url=vendor.url)
        (call,) = vendor.received
        assert (call.text, call.segments, call.faults) == ("Bonjour", 1, ())

docs/testing.md shows errors on demand, the pytest fixture and the command for other languages.
"""

from __future__ import annotations

from septet.sending.playing.calls import Received
from septet.sending.playing.vendors import PlayedVendor, vendor

__all__ = ["PlayedVendor", "Received", "vendor"]


def __dir__() -> list[str]:
    return sorted(__all__)
