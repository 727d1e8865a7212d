"""septet: what an SMS becomes, in how many segments, at what cost, for the vendor that sends it.

>>> import septet
>>> septet.count("Ça y est : -20 % jusqu’à dimanche, 10 € offerts !", profile="smspartner")
1
"""

from __future__ import annotations

from ._kernel import NAME as KERNEL
from .codec_names import register as _register_codec
from .version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._tables import EDITION as TABLES_EDITION
    from .advice import Advice, advise
    from .alphabets import Tables
    from .batch_files import batch_file
    from .batch_reading import read_batch_file
    from .batch_reports import BatchReport
    from .batch_rows import BatchFault, BatchRow
    from .codings import Change
    from .composed import Segment
    from .errors import BatchFileError, DecodeError, ProfileError, ResponseError
    from .information_elements import InformationElement
    from .json_schemas import schema
    from .messages import translated
    from .packing import pack, unpack
    from .planning import Measure, Planner, count, plan
    from .plans import Plan
    from .preparation import prepare
    from .prepared import Prepared, RejectedMessage
    from .problems import Problem
    from .reassembly import Reassembler, join
    from .reconciliation import Reconciliation, reconcile
    from .requests import Request
    from .responses import Response, VendorError
    from .user_data import UserData
    from .vendors import Profile, profile, profiles

_register_codec()

__all__ = [
    "KERNEL",
    "TABLES_EDITION",
    "Advice",
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
    "Reconciliation",
    "RejectedMessage",
    "Request",
    "Response",
    "ResponseError",
    "Segment",
    "Tables",
    "UserData",
    "VendorError",
    "__version__",
    "advise",
    "batch_file",
    "count",
    "join",
    "pack",
    "plan",
    "prepare",
    "profile",
    "profiles",
    "read_batch_file",
    "reconcile",
    "schema",
    "translated",
    "unpack",
]

# Where each name lives, and what it is called there. A module is loaded when a name of its own is
# first asked for, so that importing septet costs next to nothing wherever it is only mentioned.
_HOMES = {
    "TABLES_EDITION": ("_tables", "EDITION"),
    "Advice": ("advice", "Advice"),
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
    "Reconciliation": ("reconciliation", "Reconciliation"),
    "RejectedMessage": ("prepared", "RejectedMessage"),
    "Request": ("requests", "Request"),
    "Response": ("responses", "Response"),
    "ResponseError": ("errors", "ResponseError"),
    "Segment": ("composed", "Segment"),
    "Tables": ("alphabets", "Tables"),
    "UserData": ("user_data", "UserData"),
    "VendorError": ("responses", "VendorError"),
    "advise": ("advice", "advise"),
    "batch_file": ("batch_files", "batch_file"),
    "count": ("planning", "count"),
    "join": ("reassembly", "join"),
    "pack": ("packing", "pack"),
    "plan": ("planning", "plan"),
    "prepare": ("preparation", "prepare"),
    "profile": ("vendors", "profile"),
    "profiles": ("vendors", "profiles"),
    "read_batch_file": ("batch_reading", "read_batch_file"),
    "reconcile": ("reconciliation", "reconcile"),
    "schema": ("json_schemas", "schema"),
    "translated": ("messages", "translated"),
    "unpack": ("packing", "unpack"),
}

# For other libraries, which are imported with them: septet.pydantic is there without a line of its own.
_FOR_OTHERS = ("django", "pydantic", "spark")


def __getattr__(name: str) -> object:
    if name not in _HOMES and name not in _FOR_OTHERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name in _FOR_OTHERS:
        return import_module(f"{__name__}.{name}")
    module, attribute = _HOMES[name]
    value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), attribute)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
