"""septet: what an SMS becomes, in how many segments, at what cost, for the vendor that sends it.

>>> import septet
>>> septet.count("Ça y est : -20 % jusqu’à dimanche, 10 € offerts !", profile="smspartner")
1
"""

from __future__ import annotations

import codecs

from ._kernel import NAME as KERNEL
from .gsm.codec_names import register as _register_codec
from .version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._tables import EDITION as TABLES_EDITION
    from .advice.advice import Advice, advise
    from .advice.folded import fold
    from .campaign.calibration.calibrations import Calibration
    from .campaign.calibration.causes import Cause
    from .campaign.calibration.runs import calibrate
    from .errors import BatchFileError, DecodeError, OptionError, ProfileError, ResponseError
    from .gsm.alphabets import Tables
    from .gsm.packing import pack, unpack
    from .pdus.information_elements import InformationElement
    from .pdus.pdu import Pdu
    from .pdus.pdu_reading import read_pdu
    from .pdus.reassembly import Reassembler, join
    from .pdus.receipts import Receipt
    from .pdus.recutting import recut
    from .pdus.references import References
    from .pdus.short_messages import ShortMessage
    from .pdus.user_data import UserData
    from .planning.changes import Change
    from .planning.composed import Segment
    from .planning.fitting.splitting import split
    from .planning.fitting.wordings import first_that_fits
    from .planning.offers import options
    from .planning.option_types import Options
    from .planning.planner import Measure, Planner, count, plan
    from .planning.plans import Plan
    from .planning.rejection import RejectedMessage
    from .schemas.lookup import schema
    from .sending.batch.preparation import prepare_batch
    from .sending.batch.prepared import PreparedBatch
    from .sending.batch.reading import read_batch_file
    from .sending.batch.reports import BatchReport
    from .sending.batch.requests import BatchRequest, FilePart
    from .sending.batch.rows import BatchFault, BatchRow
    from .sending.batch.writing import batch_file
    from .sending.preparation import prepare
    from .sending.prepared import Prepared
    from .sending.reconciliation import Reconciliation, reconcile
    from .sending.replies import is_optout
    from .sending.requests import Request
    from .sending.senders import check_sender
    from .vendors.answers.responses import Response, VendorError
    from .vendors.profiles import Profile, profile, profiles
    from .wording.messages import translated
    from .wording.problems import Problem

_register_codec()


def _fold(error: UnicodeError) -> tuple[str, int]:
    from .advice.folded import replaced

    return replaced(error)


codecs.register_error("septet.fold", _fold)

__all__ = [
    "KERNEL",
    "TABLES_EDITION",
    "Advice",
    "BatchFault",
    "BatchFileError",
    "BatchReport",
    "BatchRequest",
    "BatchRow",
    "Calibration",
    "Cause",
    "Change",
    "DecodeError",
    "FilePart",
    "InformationElement",
    "Measure",
    "OptionError",
    "Options",
    "Pdu",
    "Plan",
    "Planner",
    "Prepared",
    "PreparedBatch",
    "Problem",
    "Profile",
    "ProfileError",
    "Reassembler",
    "Receipt",
    "Reconciliation",
    "References",
    "RejectedMessage",
    "Request",
    "Response",
    "ResponseError",
    "Segment",
    "ShortMessage",
    "Tables",
    "UserData",
    "VendorError",
    "__version__",
    "advise",
    "batch_file",
    "calibrate",
    "check_sender",
    "count",
    "first_that_fits",
    "fold",
    "is_optout",
    "join",
    "options",
    "pack",
    "plan",
    "prepare",
    "prepare_batch",
    "profile",
    "profiles",
    "read_batch_file",
    "read_pdu",
    "reconcile",
    "recut",
    "schema",
    "split",
    "translated",
    "unpack",
]

# The module of each name, and its name there. A module is loaded when one of its names is first used, so
# importing septet takes almost no time where it is not used.
_HOMES = {
    "TABLES_EDITION": ("_tables", "EDITION"),
    "Advice": ("advice.advice", "Advice"),
    "BatchFault": ("sending.batch.rows", "BatchFault"),
    "BatchFileError": ("errors", "BatchFileError"),
    "BatchReport": ("sending.batch.reports", "BatchReport"),
    "BatchRequest": ("sending.batch.requests", "BatchRequest"),
    "BatchRow": ("sending.batch.rows", "BatchRow"),
    "Calibration": ("campaign.calibration.calibrations", "Calibration"),
    "Cause": ("campaign.calibration.causes", "Cause"),
    "Change": ("planning.changes", "Change"),
    "DecodeError": ("errors", "DecodeError"),
    "FilePart": ("sending.batch.requests", "FilePart"),
    "InformationElement": ("pdus.information_elements", "InformationElement"),
    "Measure": ("planning.planner", "Measure"),
    "OptionError": ("errors", "OptionError"),
    "Options": ("planning.option_types", "Options"),
    "Pdu": ("pdus.pdu", "Pdu"),
    "Plan": ("planning.plans", "Plan"),
    "Planner": ("planning.planner", "Planner"),
    "Prepared": ("sending.prepared", "Prepared"),
    "PreparedBatch": ("sending.batch.prepared", "PreparedBatch"),
    "Problem": ("wording.problems", "Problem"),
    "Profile": ("vendors.profiles", "Profile"),
    "ProfileError": ("errors", "ProfileError"),
    "Reassembler": ("pdus.reassembly", "Reassembler"),
    "Receipt": ("pdus.receipts", "Receipt"),
    "Reconciliation": ("sending.reconciliation", "Reconciliation"),
    "References": ("pdus.references", "References"),
    "RejectedMessage": ("planning.rejection", "RejectedMessage"),
    "Request": ("sending.requests", "Request"),
    "Response": ("vendors.answers.responses", "Response"),
    "ResponseError": ("errors", "ResponseError"),
    "Segment": ("planning.composed", "Segment"),
    "ShortMessage": ("pdus.short_messages", "ShortMessage"),
    "Tables": ("gsm.alphabets", "Tables"),
    "UserData": ("pdus.user_data", "UserData"),
    "VendorError": ("vendors.answers.responses", "VendorError"),
    "advise": ("advice.advice", "advise"),
    "batch_file": ("sending.batch.writing", "batch_file"),
    "calibrate": ("campaign.calibration.runs", "calibrate"),
    "check_sender": ("sending.senders", "check_sender"),
    "count": ("planning.planner", "count"),
    "first_that_fits": ("planning.fitting.wordings", "first_that_fits"),
    "fold": ("advice.folded", "fold"),
    "is_optout": ("sending.replies", "is_optout"),
    "join": ("pdus.reassembly", "join"),
    "options": ("planning.offers", "options"),
    "pack": ("gsm.packing", "pack"),
    "plan": ("planning.planner", "plan"),
    "prepare": ("sending.preparation", "prepare"),
    "prepare_batch": ("sending.batch.preparation", "prepare_batch"),
    "profile": ("vendors.profiles", "profile"),
    "profiles": ("vendors.profiles", "profiles"),
    "read_batch_file": ("sending.batch.reading", "read_batch_file"),
    "read_pdu": ("pdus.pdu_reading", "read_pdu"),
    "reconcile": ("sending.reconciliation", "reconcile"),
    "recut": ("pdus.recutting", "recut"),
    "schema": ("schemas.lookup", "schema"),
    "split": ("planning.fitting.splitting", "split"),
    "translated": ("wording.messages", "translated"),
    "unpack": ("gsm.packing", "unpack"),
}

# Modules for other libraries, imported on first use: septet.pydantic needs no import of its own.
_FOR_OTHERS = ("django", "duckdb", "lint", "pandas", "polars", "pydantic", "spark", "testing")


def __getattr__(name: str) -> object:
    if name not in _HOMES and name not in _FOR_OTHERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Without importlib, which takes a tenth of the time of a first count.
    if name in _FOR_OTHERS:
        return __import__(f"{__name__}.{name}", fromlist=("__name__",))
    module, attribute = _HOMES[name]
    value = globals()[name] = getattr(__import__(f"{__name__}.{module}", fromlist=(attribute,)), attribute)
    _make_readable(value)
    return value


class _Annotations(dict):  # type: ignore[type-arg]
    """Annotations that are resolved when they are read: see `wording.readable_types`.

    Most of their names are only imported for type checkers, as nothing is loaded just for a type.
    """

    def __init__(self, texts: dict[str, object], module: str) -> None:
        super().__init__(texts)
        self._module: str | None = module

    def _read(self) -> None:
        if self._module is None:
            return
        from .wording.readable_types import resolved

        module, self._module = self._module, None
        self.update({name: resolved(text, module) for name, text in super().items()})

    def __getitem__(self, name: str) -> object:
        self._read()
        return super().__getitem__(name)

    # It has its own iterator so that a dict made from it asks for its keys, and so reads it.
    def __iter__(self):  # type: ignore[no-untyped-def]
        self._read()
        return super().__iter__()

    def keys(self):  # type: ignore[no-untyped-def]
        self._read()
        return super().keys()

    def items(self):  # type: ignore[no-untyped-def]
        self._read()
        return super().items()

    def values(self):  # type: ignore[no-untyped-def]
        self._read()
        return super().values()

    def get(self, name, default=None):  # type: ignore[no-untyped-def]
        self._read()
        return super().get(name, default)

    def copy(self):  # type: ignore[no-untyped-def]
        return dict(self)


def _make_readable(public: object) -> None:
    """Lets the annotations of a public function be read, or those of a class and its methods."""
    if not isinstance(public, type):
        _make_one_readable(public, getattr(public, "__module__", ""))
        return
    for base in public.__mro__:
        if not base.__module__.startswith(f"{__name__}."):
            continue
        own = dict(vars(base))
        for held in own.values():
            inner = held.fget if isinstance(held, property) else getattr(held, "__func__", held)
            _make_one_readable(inner, base.__module__)
        if "__total__" not in own:  # a TypedDict has read its own
            _make_one_readable(base, base.__module__)


def _make_one_readable(public: object, module: str) -> None:
    texts = vars(public).get("__annotations__") if isinstance(public, type) else None
    if type(public) is type(_make_readable):
        texts = public.__annotations__
    if type(texts) is dict:
        public.__annotations__ = _Annotations(texts, module)


def __dir__() -> list[str]:
    return sorted(__all__)
