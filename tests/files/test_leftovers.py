"""Leftovers: what a killed writer leaves goes when the next one writes there, and nothing else does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from septet.files import leftovers, whole_files
from septet.files.whole_files import WholeFile

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems have no such locks")

#: Writes to each place, reports it, and waits; perhaps with complete files that are not yet renamed.
WRITER = """
import sys, time
from septet.files.whole_files import WholeFile
for path in sys.argv[2:]:
    place = WholeFile(path).__enter__()
    place.file.write(b"half of it")
    place.file.flush()
    if sys.argv[1] == "complete":
        place.complete()
print("written", flush=True)
time.sleep(600)
"""


def write(path: Path, content: bytes = b"all of it") -> None:
    with WholeFile(path) as place:
        place.file.write(content)
        place.keep()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("state", ["half", "complete"])
def test_what_a_killed_writer_leaves_is_swept_by_the_next_one(state: str, tmp_path: Path) -> None:
    path, other = tmp_path / "out.csv", tmp_path / "rejects.csv"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, state, path, other], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        (left,) = tmp_path.glob(".out.csv.*.part")
        write(path)
        # While it lives, its file is its own.
        assert left.read_bytes() == b"half of it"
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert left.exists()
    write(path)
    assert path.read_bytes() == b"all of it"
    # A file for another place is left to the process that writes there.
    (others,) = [name for name in names(tmp_path) if name != "out.csv"]
    assert others.startswith(".rejects.csv.")
    write(other)
    assert names(tmp_path) == ["out.csv", "rejects.csv"]


def test_what_is_called_otherwise_or_is_no_file_stays(tmp_path: Path) -> None:
    digits = "0123456789ab"
    stay = [
        ".out.csv.notes.part",
        f".out.csv.{digits}.part.bak",
        f".out.csvx.{digits}.part",
        f"out.csv.{digits}.part",
    ]
    for name in stay:
        (tmp_path / name).touch()
    (tmp_path / "kept.txt").write_bytes(b"kept")
    (tmp_path / f".out.csv.{digits}.part").symlink_to(tmp_path / "kept.txt")
    os.mkfifo(tmp_path / ".out.csv.ba9876543210.part")
    (tmp_path / ".out.csv.aaaaaaaaaaaa.part").mkdir()
    (tmp_path / ".out.csv.bbbbbbbbbbbb.part").touch()
    before = names(tmp_path)
    write(tmp_path / "out.csv")
    assert names(tmp_path) == sorted({*before, "out.csv"} - {".out.csv.bbbbbbbbbbbb.part"})
    assert (tmp_path / "kept.txt").read_bytes() == b"kept"


def test_a_folder_that_cannot_be_listed_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object) -> object:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    write(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == b"all of it"


def test_many_who_write_to_one_place_do_not_sweep_each_other(tmp_path: Path) -> None:
    path, failures = tmp_path / "out.csv", list[BaseException]()

    def writer(content: bytes) -> None:
        try:
            for _ in range(20):
                write(path, content)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=writer, args=(bytes([letter]) * 5000,)) for letter in b"abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert names(tmp_path) == ["out.csv"]
    assert path.read_bytes() in [bytes([letter]) * 5000 for letter in b"abcd"]


def test_a_file_that_is_swept_before_it_is_held_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def held(descriptor: int, path: str) -> int | None:
        made.append(path)
        if len(made) == 1:
            os.unlink(path)  # as another does that finds it unlocked
        return leftovers.held(descriptor, path)

    monkeypatch.setattr(whole_files, "held", held)
    write(tmp_path / "out.csv")
    assert len(made) == 2
    assert names(tmp_path) == ["out.csv"]


def test_without_locks_a_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "fcntl", None)
    (tmp_path / ".out.csv.0123456789ab.part").touch()
    write(tmp_path / "out.csv")
    assert names(tmp_path) == ["out.csv"]
