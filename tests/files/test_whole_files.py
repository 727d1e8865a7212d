"""Whole files: who may read them, from the first octet to the last."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command_line import invoke

from septet.files.whole_files import WholeFile

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def modes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The permissions of the files in the making, each time that they are set."""
    found: list[int] = []
    opened, changed = os.open, os.chmod

    def open_(path: Any, flags: int, mode: int = 0o777, **others: Any) -> int:
        descriptor = opened(path, flags, mode, **others)
        if os.fspath(path).endswith(".part"):
            found.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return descriptor

    def chmod(path: Any, mode: int, **others: Any) -> None:
        changed(path, mode, **others)
        found.append(mode)

    monkeypatch.setattr(os, "open", open_)
    monkeypatch.setattr(os, "chmod", chmod)
    return found


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o660, 0o604, 0o200, 0o700])
def test_a_file_is_never_more_open_than_the_one_it_replaces(
    mode: int, modes: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"older")
    path.chmod(mode)
    modes.clear()
    with WholeFile(path) as place:
        (beside,) = tmp_path.glob(".*.part")
        assert mode_of(beside) == mode
        place.file.write(b"newer")
        place.complete()
        assert mode_of(beside) == mode
        place.keep()
    assert all(found & ~mode == 0 for found in modes)
    assert (mode_of(path), path.read_bytes()) == (mode, b"newer")


@pytest.mark.parametrize(("umask", "mode"), [(0, 0o666), (0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_is_as_the_umask_wants_it(umask: int, mode: int, tmp_path: Path) -> None:
    os.umask(umask)
    with WholeFile(tmp_path / "out.csv") as place:
        (beside,) = tmp_path.iterdir()
        assert mode_of(beside) == mode
        place.keep()
    assert mode_of(tmp_path / "out.csv") == mode


def test_what_a_link_leads_to_says_who_may_read(modes: list[int], tmp_path: Path) -> None:
    path, link = tmp_path / "private.csv", tmp_path / "link.csv"
    path.touch(0o600)
    link.symlink_to(path)
    with WholeFile(link) as place:
        place.file.write(b"newer")
        place.keep()
    assert link.is_symlink()
    assert path.read_bytes() == b"newer"
    assert set(modes) == {0o600} == {mode_of(path)}


@pytest.mark.parametrize(
    ("mode", "kept"), [(0o640, 0o600), (0o644, 0o644), (0o664, 0o644), (0o604, 0o600), (0o660, 0o600)]
)
def test_another_group_gets_nothing_that_was_only_for_the_first(
    mode: int, kept: int, modes: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    path.touch()
    path.chmod(mode)
    modes.clear()

    def refused(*arguments: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refused)
    found = os.stat(path)
    place = WholeFile(path)
    place._replaced = os.stat_result((*found[:5], found.st_gid + 1, *found[6:]))
    with place:
        place.file.write(b"newer")
        place.keep()
    assert all(given & ~kept == 0 for given in modes)
    assert mode_of(path) == kept


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_and_the_group_stay(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.touch(0o640)
    os.chown(path, 12345, 12346)
    with WholeFile(path) as place:
        place.keep()
    status = path.stat()
    assert (status.st_uid, status.st_gid, mode_of(path)) == (12345, 12346, 0o640)


def test_where_the_permissions_cannot_be_had_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    path.touch(0o600)

    def refused(*arguments: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refused)
    with pytest.raises(PermissionError, match=r"out\.csv"), WholeFile(path):
        pass
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["preview", "Ça va ?", "--html", "page.html"], ["page.html"]),
        (
            ["estimate", "in.csv", "--out", "out.csv", "--rejects", "bad.csv", "--report", "page.html"],
            ["out.csv", "bad.csv", "page.html"],
        ),
        (["estimate", "in.csv", "--out", "out.parquet"], ["out.parquet"]),
        (["estimate", "in.csv", "--out", "out.ndjson"], ["out.ndjson"]),
        (
            ["batch", "in.csv", "out.csv", "--text-column", "message", "--rejects", "bad.csv", "--force"],
            ["out.csv", "bad.csv"],
        ),
    ],
)
def test_all_that_is_written_over_private_files_is_private(
    arguments: list[str],
    written: list[str],
    modes: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text("message,recipient,sender\nBonjour,33612345678,BOUTIQUE\nA,1,B\n")
    for name in written:
        (tmp_path / name).touch(0o600)
    invoke(*arguments)
    assert set(modes) == {0o600}
    for name in written:
        assert mode_of(tmp_path / name) == 0o600
        assert (tmp_path / name).stat().st_size > 0
