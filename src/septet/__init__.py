"""septet: what an SMS becomes, in how many segments, at what cost, for the vendor that sends it.

>>> import septet
>>> septet.count("Ça y est : -20 % jusqu’à dimanche, 10 € offerts !", profile="smspartner")
1
"""

from __future__ import annotations

from ._kernel import NAME as KERNEL
from .codec_names import register as _register_codec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._tables import EDITION as TABLES_EDITION
    from .alphabets import Tables
    from .batch_files import batch_file
    from .batch_reading import read_batch_file
    from .batch_reports import BatchReport
    from .batch_rows import BatchFault, BatchRow
    from .codings import Change
    from .errors import BatchFileError, DecodeError, ProfileError
    from .information_elements import InformationElement
    from .packing import pack, unpack
    from .planning import Measure, Planner, count, plan
    from .plans import Plan, Segment
    from .preparation import prepare
    from .prepared import Prepared, RejectedMessage
    from .problems import Problem
    from .reassembly import Reassembler, join
    from .requests import Request
    from .user_data import UserData
    from .vendors import Profile, profile, profiles

_register_codec()

__version__ = "0.1.0"

__all__ = [
    "KERNEL",
    "TABLES_EDITION",
    "BatchFault",
    "BatchFileError",
    "BatchReport",
    "BatchRow",
    "Change",
    "DecodeError",
    "InformationElement",
    "Measure",
    "Plan",
    "Planner",
    "Prepared",
    "Problem",
    "Profile",
    "ProfileError",
    "Reassembler",
    "RejectedMessage",
    "Request",
    "Segment",
    "Tables",
    "UserData",
    "__version__",
    "batch_file",
    "count",
    "join",
    "pack",
    "plan",
    "prepare",
    "profile",
    "profiles",
    "read_batch_file",
    "unpack",
]

# Where each name lives, and what it is called there. A module is loaded when a name of its own is
# first asked for, so that importing septet costs next to nothing wherever it is only mentioned.
_HOMES = {
    "TABLES_EDITION": ("_tables", "EDITION"),
    "BatchFault": ("batch_rows", "BatchFault"),
    "BatchFileError": ("errors", "BatchFileError"),
    "BatchReport": ("batch_reports", "BatchReport"),
    "BatchRow": ("batch_rows", "BatchRow"),
    "Change": ("codings", "Change"),
    "DecodeError": ("errors", "DecodeError"),
    "InformationElement": ("information_elements", "InformationElement"),
    "Measure": ("planning", "Measure"),
    "Plan": ("plans", "Plan"),
    "Planner": ("planning", "Planner"),
    "Prepared": ("prepared", "Prepared"),
    "Problem": ("problems", "Problem"),
    "Profile": ("vendors", "Profile"),
    "ProfileError": ("errors", "ProfileError"),
    "Reassembler": ("reassembly", "Reassembler"),
    "RejectedMessage": ("prepared", "RejectedMessage"),
    "Request": ("requests", "Request"),
    "Segment": ("plans", "Segment"),
    "Tables": ("alphabets", "Tables"),
    "UserData": ("user_data", "UserData"),
    "batch_file": ("batch_files", "batch_file"),
    "count": ("planning", "count"),
    "join": ("reassembly", "join"),
    "pack": ("packing", "pack"),
    "plan": ("planning", "plan"),
    "prepare": ("preparation", "prepare"),
    "profile": ("vendors", "profile"),
    "profiles": ("vendors", "profiles"),
    "read_batch_file": ("batch_reading", "read_batch_file"),
    "unpack": ("packing", "unpack"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), attribute)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
