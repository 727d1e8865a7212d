"""Input from others, as functions of octets: each raises only the errors of its interface.

tests/slow/trust/fuzz.py looks for octets that make one raise any other error, guided by the code that runs.
The octets with which it begins, and those that once broke something, are in the folder
tests/slow/trust/corpus; a fast test runs all of them.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import septet
from septet import campaign
from septet.campaign.prices import files as price_files
from septet.errors import DecodeError, FileError, OptionError, ProfileError, ResponseError
from septet.lint.readers import reading
from septet.pdus.modem_lines import hex_lines, pdu_of

PROFILES = tuple(septet.profiles())
ANSWERING = tuple(name for name in PROFILES if septet.profile(name).rule("answers"))
WITH_BATCHES = tuple(name for name in PROFILES if septet.profile(name).rule("batch"))

#: A case of more octets shows nothing that a shorter one does not.
LONGEST = 1 << 14


@contextlib.contextmanager
def refused(kind: type[Exception]) -> Iterator[None]:
    """What may be refused, in one line."""
    try:
        yield
    except kind as error:
        if "\n" in str(error):
            raise


def text_of(octets: bytes) -> str:
    """Any octets as a text, halves of surrogate pairs among it."""
    return octets.decode("utf-8", "surrogatepass" if b"\xed" in octets else "replace")


def chosen(octets: bytes, values: Any) -> tuple[Any, bytes]:
    """One of some values by the first octet, and the rest."""
    values = tuple(values)
    return values[octets[0] % len(values)], octets[1:]


def plan(octets: bytes) -> None:
    """A text with options of a profile; what holds for every plan holds."""
    profile, octets = chosen(octets, PROFILES)
    options: dict[str, Any] = {}
    for name, offer in septet.options(profile).items():
        if not octets:
            return
        if offer["values"] and octets[0] % 3 == 0:
            options[name], octets = chosen(octets[1:] or b"\0", offer["values"])
        else:
            octets = octets[1:]
    try:
        text = text_of(octets)
        planner = septet.Planner(profile, **options)
    except (OptionError, UnicodeDecodeError):
        return
    found = planner.plan(text)
    assert "".join(segment.text for segment in found.segments) == found.text
    assert sum(segment.units for segment in found.segments) == found.units
    assert planner.measure(text) == (found.encoding, found.units, found.billed_segments)
    assert planner.count(text) == found.billed_segments
    assert found.remaining >= 0
    found.to_dict()


def vendor_file(octets: bytes) -> None:
    """A vendor's file, as one's own is given."""
    with contextlib.suppress(ProfileError):
        septet.Profile.from_toml(octets.decode("utf-8", "replace"))


#: A folder of this process; gone when that ends.
FOLDER = tempfile.TemporaryDirectory()


def written(name: str, octets: bytes) -> str:
    path = Path(FOLDER.name, name)
    path.write_bytes(octets)
    return os.fspath(path)


def rows(ending: str, octets: bytes) -> None:
    """A campaign's file."""
    with refused(FileError):
        campaign.estimate(written(f"rows.{ending}", octets), column="message", price="0.05").to_dict()


def price_list(ending: str, octets: bytes) -> None:
    """A list of prices by country and network."""
    with refused(FileError):
        price_files.entries(written(f"prices.{ending}", octets))


def pdu(octets: bytes) -> None:
    """A PDU, as octets and as a modem writes it."""
    with contextlib.suppress(DecodeError):
        septet.read_pdu(octets)
    with contextlib.suppress(DecodeError):
        septet.read_pdu(octets.decode("latin-1"))
    with contextlib.suppress(DecodeError):
        for line in hex_lines(octets.decode("latin-1")):
            pdu_of(line)


def user_data(octets: bytes) -> None:
    """The user data of a short message, in any coding, with a header or without."""
    coding, octets = chosen(octets, range(256))
    for way in ("udh", "sar", "payload"):
        with contextlib.suppress(DecodeError, OptionError):
            septet.recut(octets, coding, way=way)  # type: ignore[arg-type]


def answer(octets: bytes) -> None:
    """The answer of a vendor."""
    profile, octets = chosen(octets, ANSWERING)
    with refused(ResponseError):
        septet.profile(profile).read_response(octets).to_dict()


def batch(octets: bytes) -> None:
    """A vendor's batch file."""
    profile, octets = chosen(octets, WITH_BATCHES)
    with refused(FileError):
        for _ in septet.read_batch_file(io.BytesIO(octets), profile=profile, on_fault=lambda fault: None):
            pass


def messages(ending: str, octets: bytes) -> None:
    """A file of messages, in one of the formats of lint."""
    found = reading.read(f"messages.{ending}", octets)
    if found.broken is not None:
        assert found.entries == ()
        assert "\n" not in str(found.broken)


#: Endings of files, one for each reader of lint.
LINTED = (
    *(
        "po",
        "yaml",
        "json",
        "arb",
        "xcstrings",
        "xliff",
        "strings",
        "properties",
        "ftl",
        "php",
        "toml",
        "csv",
    ),
    *("txt", "py", "xml"),
)

TARGETS: dict[str, Callable[[bytes], None]] = {
    "plan": plan,
    "vendor-file": vendor_file,
    "rows-csv": partial(rows, "csv"),
    "rows-ndjson": partial(rows, "ndjson"),
    "prices-csv": partial(price_list, "csv"),
    "prices-toml": partial(price_list, "toml"),
    "pdu": pdu,
    "user-data": user_data,
    "answer": answer,
    "batch": batch,
    **{f"lint-{ending}": partial(messages, ending) for ending in LINTED},
}


def asked(target: str, octets: bytes) -> None:
    """A case of a target; nothing without octets to choose by."""
    if octets:
        TARGETS[target](octets[:LONGEST])
