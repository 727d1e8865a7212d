"""Everything that a release still lacks, in one run; `make release-check` runs it after its suites.

python .ci/release_check.py [FOLDER]    FOLDER: an empty folder, in which the wheel and the source are built
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from septet.version import __version__  # noqa: E402


def missing_in_changelog(text: str, version: str) -> str | None:
    """What the changelog lacks: its first heading names the version and the day."""
    found = re.search(r"^## (.*)$", text, re.MULTILINE)
    heading = found.group(1) if found else ""
    if re.fullmatch(rf"{re.escape(version)} \(\d{{4}}-\d\d-\d\d\)", heading):
        return None
    return f"CHANGELOG.md: its first heading is {heading!r}; expected '{version} (YYYY-MM-DD)'"


def missing_in_record(records: dict[str, str], version: str) -> str | None:
    """What the record of the benches lacks: a run of this version."""
    if any(f"- septet: {version}," in text for text in records.values()):
        return None
    return f"benches/record: no run of {version}; make bench BENCH=--record makes one"


def missing_in_commit() -> str | None:
    """What is not committed, or has the tag of this version already on another commit."""
    changed = _said("git", "status", "--porcelain")
    if changed:
        return f"git: {len(changed.splitlines())} files are not committed"
    tagged = _said("git", "rev-list", "-n", "1", f"v{__version__}", "--")
    if tagged and tagged != _said("git", "rev-parse", "HEAD"):
        return f"src/septet/version.py: {__version__} is released already; name the next version there"
    return None


def missing_in_builds(folder: Path) -> str | None:
    """What is wrong with the wheel and the source as they would be uploaded."""
    for module, *arguments in (["build", "--outdir", str(folder), str(ROOT)], ["twine", "check", "--strict"]):
        built = _built(folder) if module == "twine" else []
        command = [sys.executable, "-m", module, *arguments, *built]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if result.returncode:
            return f"{module}: {(result.stdout + result.stderr).strip().splitlines()[-1]}"
    names = [Path(path).name for path in _built(folder)]
    if len(names) != 2 or not all(name.startswith(f"septet-{__version__}") for name in names):
        return f"build: expected a wheel and a source of {__version__}, found {names}"
    return None


def _built(folder: Path) -> list[str]:
    return sorted(map(str, folder.glob("septet-*")))


def _said(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def main() -> int:
    """Prints what is missing, a line each."""
    records = {path.name: path.read_text("utf-8") for path in (ROOT / "benches" / "record").glob("*.md")}
    with tempfile.TemporaryDirectory() as folder:
        found = [
            missing_in_changelog((ROOT / "CHANGELOG.md").read_text("utf-8"), __version__),
            missing_in_record(records, __version__),
            missing_in_commit(),
            missing_in_builds(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)),
        ]
    missing = [words for words in found if words]
    for words in missing:
        print(words, file=sys.stderr)
    if not missing:
        print(f"septet {__version__} can be released: git tag v{__version__}, then twine upload")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
