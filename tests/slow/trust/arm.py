"""The library on ARM64, emulated: Debian's Python for it, and the kernel from a cross compiler.

    python tests/slow/trust/arm.py [--seconds 60] [--seed N] [--record]

Needs the packages qemu-user-static, gcc-aarch64-linux-gnu and libc6-dev-arm64-cross of Debian; the Python
comes from the same release, by apt, into a folder of our own. The kernel, with its form for NEON, is held
against its twin by random questions and by tests/kernel, and the whole library against the conformance suite.
This takes about ten minutes: it is run by hand, and recorded in tests/record/platforms.jsonl.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import time
from pathlib import Path

from commands import call
from records import ROOT, recorded

BUILT = ROOT / "build" / "arm64"
SYSTEM, LIBRARIES, PYTHON = BUILT / "system", BUILT / "libraries", BUILT / "python"
KERNEL = "septet/_kernel/compiled.cpython-311-aarch64-linux-gnu.so"
COMPILER, EMULATOR = "aarch64-linux-gnu-gcc", "qemu-aarch64-static"
PACKAGES = ("python3.11", "libpython3.11-dev", "libstdc++6")
TOOLS = ("hypothesis", "jsonschema", "pytest")
WHEELS = ("manylinux2014_aarch64", "manylinux_2_17_aarch64", "manylinux_2_28_aarch64")
MACROS = ("-DCYTHON_USE_MODULE_STATE=1", "-DCYTHON_USE_TYPE_SPECS=1")


def fetch_system() -> None:
    """Unpacks Debian's Python, and all that it needs; the packages of this machine stay as they are."""
    apt = BUILT / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    (apt / "status").touch()
    settings = {
        "Dir::State::lists": apt / "lists",
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt / "cache",
        "Debug::NoLocking": "true",
        "APT::Architecture": "arm64",
        "APT::Architectures::": "arm64",
        "APT::Sandbox::User": "",
        "APT::Install-Recommends": "false",
    }
    lines = ["#clear APT::Architectures;", *(f'{name} "{value}";' for name, value in settings.items())]
    (apt / "apt.conf").write_text("\n".join(lines) + "\n", "utf-8")
    call("apt-get", "-qq", "update", APT_CONFIG=str(apt / "apt.conf"))
    download = ("apt-get", "-qq", "--yes", "--download-only", "install", *PACKAGES)
    call(*download, APT_CONFIG=str(apt / "apt.conf"))
    for package in sorted((apt / "cache" / "archives").glob("*.deb")):
        call("dpkg-deb", "-x", package, SYSTEM)


def install() -> None:
    """Installs the library without a kernel, what it needs, and then the kernel."""
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    call(*pip, "wheel", "--no-deps", "--wheel-dir", BUILT, ROOT, SEPTET_PURE_PYTHON="1")
    (wheel,) = BUILT.glob("septet-*.whl")
    platforms = [word for name in WHEELS for word in ("--platform", name)]
    of_python = ("--implementation", "cp", "--python-version", "3.11", "--only-binary", ":all:")
    asked = (f"{wheel}[campaign,requests]", *TOOLS)
    call(*pip, "install", "--target", LIBRARIES, *platforms, *of_python, *asked)
    source, headers = BUILT / "compiled.c", SYSTEM / "usr" / "include"
    call(sys.executable, "-m", "cython", "-3", "-o", source, ROOT / "src/septet/_kernel/compiled.pyx")
    includes = (f"-I{headers / 'python3.11'}", f"-I{headers}", f"-I{ROOT / 'src/septet/_kernel'}")
    build = (COMPILER, f"--sysroot={SYSTEM}", "-O2", "-w", "-shared", "-fPIC", *MACROS, *includes)
    call(*build, source, "-o", LIBRARIES / KERNEL)


def write_python() -> None:
    """Writes a command that is this Python, for tests that start it anew too."""
    PYTHON.write_text(
        "#!/bin/sh\n"
        f'export PYTHONPATH="${{PYTHONPATH:+$PYTHONPATH:}}{LIBRARIES}" PYTHONHOME="{SYSTEM}/usr"\n'
        f'exec {EMULATOR} -0 "$0" -L "{SYSTEM}" "{SYSTEM}/usr/bin/python3.11" "$@"\n',
        "utf-8",
    )
    PYTHON.chmod(0o755)


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the library on an emulated ARM64.")
    parser.add_argument("--seconds", type=int, default=60, help="for random questions to the kernel")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--record", action="store_true", help="add a line to tests/record/platforms.jsonl")
    asked = parser.parse_args()
    missing = [
        command for command in (COMPILER, EMULATOR, "apt-get", "dpkg-deb") if not shutil.which(command)
    ]
    if missing:
        sys.exit(f"{', '.join(missing)}: not found; see the beginning of {Path(__file__).name}")
    print(f"ARM64, seed {asked.seed}", flush=True)
    begun = time.monotonic()
    shutil.rmtree(BUILT, ignore_errors=True)
    fetch_system()
    install()
    write_python()
    which = call(PYTHON, "-c", "import platform, septet; print(platform.machine(), septet.KERNEL)")
    if which != "aarch64 cython\n":
        sys.exit(f"expected aarch64 and the compiled kernel, found {which}")
    seconds = ("--seconds", str(asked.seconds), "--seed", str(asked.seed))
    questions = call(PYTHON, "tests/oracle/kernel_texts.py", *seconds)
    print(questions, flush=True)
    tests = call(PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/kernel").splitlines()[-1]
    print(tests, flush=True)
    engine = (PYTHON, "conformance/engines/septet_engine.py")
    cases = call(sys.executable, "conformance/run.py", "--part", "all", "--", *engine).splitlines()[-1]
    print(cases)
    if asked.record:
        figures = {
            "platform": "ARM64, emulated",
            "seed": asked.seed,
            "questions": {form: int(many) for form, many in re.findall(r"(\w+): (\d+) questions", questions)},
            "tests_of_the_kernel": tests,
            "conformance": cases,
        }
        recorded("platforms", figures | {"seconds": round(time.monotonic() - begun)})


if __name__ == "__main__":
    main()
