"""Builds the sdist and a wheel twice, in two places, and fails where they are not the same octet for octet.

    python tests/slow/trust/builds.py [--keep dist] [--sbom FILE]

The sdist is packed again with sorted names and the commit's time, since setuptools puts the hour of the build
into it; the wheel needs the time alone (SOURCE_DATE_EPOCH), and the kernel the same name for its folder. With
--sbom, what septet's extras install is written in CycloneDX's form, by cyclonedx-py.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, check=True).stdout


def repacked(path: Path, epoch: int) -> None:
    """Writes an archive anew: sorted, without owners, with one time."""
    packed = io.BytesIO()
    with tarfile.open(path) as old, tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as new:
        for member in sorted(old.getmembers(), key=lambda member: member.name):
            member.mtime, member.uid, member.gid = epoch, 0, 0
            member.uname = member.gname = ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            member.pax_headers = {}
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=epoch) as zipped:
        zipped.write(packed.getvalue())


def built(folder: Path, epoch: int) -> dict[str, str]:
    """The files that are built from the commit in a folder, by name, with their hashes."""
    source, out = folder / "source", folder / "dist"
    source.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(git("archive", "HEAD"))) as archive:
        archive.extractall(source, filter="data")
    mapped = f"-ffile-prefix-map={folder}=. -g0"
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        "CFLAGS": f"{os.environ.get('CFLAGS', '')} {mapped}".strip(),
        "PYTHONHASHSEED": "0",
    }
    command = [sys.executable, "-m", "build", "--outdir", str(out), str(source)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    for path in out.glob("*.tar.gz"):
        repacked(path, epoch)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


def main() -> int:
    parser = argparse.ArgumentParser(description="Build twice and compare.")
    parser.add_argument("--keep", type=Path, help="put what was built into this folder")
    parser.add_argument("--sbom", type=Path, help="write the bill of materials there")
    asked = parser.parse_args()
    epoch = int(git("log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory() as folder:
        first, second = (built(Path(folder, name), epoch) for name in ("one", "another-place"))
        for name in sorted({*first, *second}):
            same = first.get(name) == second.get(name)
            print(name, first.get(name), "twice the same" if same else f"and {second.get(name)}")
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            for path in Path(folder, "one", "dist").iterdir():
                shutil.copy(path, asked.keep)
    if asked.sbom:
        command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
        subprocess.run([*command, "--output-file", str(asked.sbom), sys.executable], check=True)
    return 0 if first == second and len(first) == 2 else 1


if __name__ == "__main__":
    sys.exit(main())
