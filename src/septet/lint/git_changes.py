"""Changes in git: which lines of the files have changed since a revision."""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from septet.errors import OptionError

from .entries import Entry

_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_beginning = attrgetter("start")
_ALL = range(1, 1 << 62)


class Changes:
    """The lines that a working tree has changed since the revision and the checked-out commit diverged."""

    def __init__(self, revision: str, directory: str = os.curdir) -> None:
        """Raises OptionError where there is no git, no repository or no such revision."""
        self._directory = directory
        top = _git(["rev-parse", "--show-toplevel"], directory, revision).rstrip(b"\r\n")
        self._top = os.path.realpath(os.fsdecode(top))
        commit = _git(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"],
            directory,
            revision,
        ).strip()
        base = _merge_base(commit.decode(), directory)
        named = _git(
            ["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", base], self._top, revision
        )
        new = _git(["ls-files", "--others", "--exclude-standard", "-z"], self._top, revision)
        self._base = base
        self._revision = revision
        self._changed = {os.fsdecode(name) for name in named.split(b"\0") if name}
        self._new = {os.fsdecode(name) for name in new.split(b"\0") if name}
        self._lines: dict[str, Sequence[range]] = {}

    def holds(self, entry: Entry) -> bool:
        """Whether a line of an entry's text has changed; all lines of a file that is not in git are new."""
        lines = self._of(entry.path)
        if not lines:
            return False
        first = entry.spots.place(0).line
        last = entry.spots.place(max(0, len(entry.text) - 1)).line
        # They are sorted and do not overlap: the last one that begins early enough decides.
        number = bisect_right(lines, last, key=_beginning) - 1
        return number >= 0 and first < lines[number].stop

    def _of(self, path: str) -> Sequence[range]:
        if path not in self._lines:
            self._lines[path] = self._read(path)
        return self._lines[path]

    def _read(self, path: str) -> Sequence[range]:
        name = os.path.relpath(os.path.realpath(path), self._top).replace(os.sep, "/")
        if name in self._new:
            return (_ALL,)
        if name.startswith("../") or name not in self._changed:
            return ()
        patch = _git(
            [
                *("diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"),
                *(self._base, "--", f":(top,literal){name}"),
            ],
            self._top,
            self._revision,
        )
        found = []
        for hunk in _HUNK.finditer(patch):
            start, lines = int(hunk[1]), int(hunk[2] or 1)
            if lines:
                found.append(range(start, start + lines))
        return found


def _merge_base(commit: str, directory: str) -> str:
    """The merge base of a commit and the checked-out one; the commit itself where that is unknown."""
    try:
        found = _git(["merge-base", commit, "HEAD"], directory, commit).strip().decode()
    except OptionError:  # a shallow clone, or unrelated histories
        return commit
    return found or commit


def _git(arguments: list[str], directory: str, revision: str) -> bytes:
    command = ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(command, cwd=directory, capture_output=True, check=False)
    except OSError as error:
        raise _wrong(f"git cannot be run: {error.strerror or error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[0] if said else f"git knows no revision {revision!r}"
        raise _wrong(reason)
    return done.stdout


def _wrong(reason: str) -> OptionError:
    expected = "a revision that git knows here, such as origin/main"
    return OptionError(f"changed_since: expected {expected}: {reason}", "changed_since", expected)
