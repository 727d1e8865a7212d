"""Places that a command writes to, files or standard output: none that it reads, and each only once."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import combinations
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from septet.files.whole_files import WholeFile
from septet.vendors.profiles import is_path

from . import output
from .input import STANDARD_INPUT, UsageError


class Place(Protocol):
    """Where a command writes to: the output is kept as a whole, or not at all."""

    #: In bytes.
    file: BinaryIO

    def keep(self) -> None:
        """Passes on everything that was written."""


class StandardOutput:
    """Standard output as a place."""

    file: BinaryIO

    def __enter__(self) -> Self:
        self.file = tempfile.TemporaryFile()  # closed below
        return self

    def keep(self) -> None:
        """Passes on everything that was written."""
        self.file.seek(0)
        output.write_octets(self.file)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.file.close()


def place(path: str) -> AbstractContextManager[Place]:
    """Where a command is to write; ``-`` is standard output."""
    return StandardOutput() if path == output.STANDARD_OUTPUT else WholeFile(path)


def check_places(
    written: Mapping[str, str | None], read: Mapping[str, str | None], profile: str | None = None
) -> None:
    """Raises `UsageError` where a file that is read would be lost, or two would be one.

    `written` are the files to write and `read` those to read, by their options; `profile` is
    the name or file of one.
    """
    if profile is not None and is_path(profile):
        read = {**read, "--profile": profile}
    for name, path in written.items():
        if path == "":
            raise UsageError(f"{name}: expected the name of a file, found none")
        for option, source in read.items():
            if path is not None and source not in (None, STANDARD_INPUT) and is_same(path, source):
                which = "the file to read" if option.startswith("FILE") else f"that of {option}"
                raise UsageError(f"{name}: {path} is {which}: expected another name")
    for (name, path), (other_name, other) in combinations(written.items(), 2):
        if path is not None and other is not None and is_same(path, other):
            raise UsageError(f"{name} and {other_name} name the same file: expected two names")


def with_globs(names: Sequence[str]) -> list[str]:
    """Names of files; a pattern such as ``*.csv`` that no shell has expanded becomes all its matches.

    Raises `UsageError` where there are none.
    """
    found: list[str] = []
    for name in names:
        if glob.has_magic(name) and not os.path.exists(name):
            if not (matching := sorted(glob.glob(name))):
                raise UsageError(f"{name}: no file has such a name")
            found += matching
        else:
            found.append(name)
    return found


def is_same(path: str, other: str | None) -> bool:
    """Whether two names are of one file, or would be."""
    try:
        return other is not None and os.path.realpath(path) == os.path.realpath(other)
    except (OSError, ValueError):
        return False
