"""The page without a server: a folder that any web server can serve, with septet and a Python in it."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from septet.wording.languages import LANGUAGES

from .assets import assets
from .document import WORKER, document

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The package of npm that holds a Python for browsers. 314 stands for Python 3.14.
PYODIDE = "pyodide@314.0.7"

#: The files that the page takes from it, each with the SHA-256 of its content.
FILES = {
    "pyodide.mjs": "6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109",
    "pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
    "pyodide.asm.wasm": "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
    "python_stdlib.zip": "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
    "pyodide-lock.json": "5dc2fc119108bc148c7457dc86e7675b5c87e1cafd420b9c34c1eaef7b36c010",
}

#: The packages that a browser does not need.
_LEFT_OUT = ("campaign", "cli", "lint")
_KINDS = (".py", ".json", ".mo", ".css")

#: Documents of one language each; the first has the name that browsers open by default.
_NAMES = {LANGUAGES[0]: "index.html"} | {lang: f"{lang}.html" for lang in LANGUAGES[1:]}


class BuildError(Exception):
    """Why there is no page, in one line."""


def write(folder: Path, package: Path | None = None) -> None:
    """Writes the page into a folder, in every language, with all that it loads.

    `package` is the file of `PYODIDE`, where it is already there; otherwise npm fetches it. Raises
    `BuildError` where it cannot be fetched, or is not the expected one; OSError for files that cannot be
    written.
    """
    python = dict(_pyodide(package))
    others = {lang: _NAMES[lang] for lang in LANGUAGES}
    for lang, name in _NAMES.items():
        _put(folder / name, document(lang, WORKER, others=others).encode("utf-8"))
    for path, (content, _) in assets().items():
        _put(folder / "static" / path, content)
    for name, content in python.items():
        _put(folder / "pyodide" / name, content)
    _put(folder / "septet.whl", _compiled(wheel(), folder / "pyodide"))


def wheel() -> bytes:
    """The part of septet that the browser runs, as a wheel, which Python reads unchanged.

    The same content gives the same octets.
    """
    root = Path(__file__).parents[2]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(_of_the_browser(root)):
            name = path.relative_to(root.parent).as_posix()
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return written.getvalue()


def _compiled(sources: bytes, pyodide: Path) -> bytes:
    """The wheel with its modules compiled, so that the browser need not do it; unchanged without Node.js."""
    node = shutil.which("node")
    if node is None:
        return sources
    with tempfile.TemporaryDirectory() as place:
        given, made = Path(place) / "given.whl", Path(place) / "made.whl"
        given.write_bytes(sources)
        script = files(__package__).joinpath("compile.mjs")
        with as_file(script) as path:
            done = subprocess.run(
                [node, str(path), str(pyodide.resolve()), str(given), str(made)],
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode:
            (*_, reason) = ["no reason given", *filter(str.strip, done.stderr.splitlines())]
            raise BuildError(f"Node.js could not compile the modules: {reason.strip()}")
        return made.read_bytes()


def _of_the_browser(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        within = path.relative_to(root).parts
        if path.suffix in _KINDS and within[0] not in _LEFT_OUT and "__pycache__" not in within:
            yield path


def _pyodide(package: Path | None) -> Iterator[tuple[str, bytes]]:
    """The files of Pyodide, each checked by its digest."""
    with tempfile.TemporaryDirectory() as place:
        path = package or _fetched(Path(place))
        if not path.is_file():
            raise BuildError(f"{path}: expected the package {PYODIDE} of npm; there is no such file")
        try:
            with tarfile.open(path) as archive:
                for name, expected in FILES.items():
                    held = archive.extractfile(f"package/{name}")
                    content = b"" if held is None else held.read()
                    if sha256(content).hexdigest() != expected:
                        raise BuildError(
                            f"{path.name}: {name} is not that of {PYODIDE}: its SHA-256 is another"
                        )
                    yield name, content
        except KeyError as error:
            raise BuildError(f"{path.name}: expected the package {PYODIDE} of npm: {error.args[0]}") from None
        except tarfile.TarError:
            raise BuildError(f"{path.name}: expected the package {PYODIDE} of npm, a .tgz") from None


def _fetched(place: Path) -> Path:
    """The package that npm fetches, from the registry that npm is configured for."""
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError(f"npm is not there, which fetches {PYODIDE}: install it, or give --pyodide FILE")
    done = subprocess.run(
        [npm, "pack", PYODIDE, "--silent", "--pack-destination", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = sorted(place.glob("*.tgz"))
    if done.returncode or not found:
        (*_, reason) = ["no reason given", *filter(str.strip, done.stderr.splitlines())]
        raise BuildError(f"npm could not fetch {PYODIDE}: {reason.strip()}")
    return found[0]


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
