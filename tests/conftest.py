"""What all tests share: both kernels, visible in the test ids, and how hard properties are tried.

`--no-compiled-kernel` leaves out what needs the compiled kernel; without it, a kernel that is
not built is a failure. `--slow` adds tests/slow, `-m long` the tests of long texts. With the kernel in
Python as the one in use, what tries both kernels by itself is left out: it would try the same again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from effort import EXPLORE
from kernels import KERNELS, PATHS, forget, on_path, put_in_place

from septet._kernel import python as twin

# The commands speak the locale's language: here that is English, whoever runs the tests.
os.environ["LC_ALL"] = "C.UTF-8"

SLOW = Path(__file__).parent / "slow"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-compiled-kernel", action="store_true", help="leave out the tests of the compiled kernel"
    )
    parser.addoption("--slow", action="store_true", help="run the tests of tests/slow too")


def pytest_report_header() -> str:
    return f"properties: {EXPLORE} times as many examples, new ones" if EXPLORE else "properties: as always"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "compiled_kernel: needs the compiled kernel")
    config.addinivalue_line("markers", "sweep: over all profiles in `make test-properties`, else over some")
    config.addinivalue_line("markers", "long: of texts so long that it has a target of its own (-m long)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = []
    for item in items:
        slow = SLOW in item.path.parents and not config.getoption("--slow")
        long = item.get_closest_marker("long") is not None and "long" not in config.getoption("-m")
        again = os.environ.get("SEPTET_PURE_PYTHON") == "1" and _tries_both_kernels(item)
        uncompiled = _needs_compiled_kernel(item) and config.getoption("--no-compiled-kernel")
        if slow or long or again or uncompiled:
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _needs_compiled_kernel(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    by_name = call is not None and call.params.get("kernel") == "cython"
    return by_name or item.get_closest_marker("compiled_kernel") is not None


def _tries_both_kernels(item: pytest.Item) -> bool:
    return bool({"kernel", "compiled", "either"}.intersection(getattr(item, "fixturenames", ())))


# Of module scope, since hypothesis runs many examples within one call of a test.
@pytest.fixture(scope="module", params=list(KERNELS))
def kernel(request: pytest.FixtureRequest) -> Iterator[str]:
    """Puts one kernel in place for the tests of a module, first the one, then the other."""
    name: str = request.param
    with pytest.MonkeyPatch.context() as patch:
        try:
            put_in_place(name, patch)
        except ImportError as error:
            pytest.fail(f"the {name} kernel does not load ({error}): build it, or run --no-compiled-kernel")
        yield name
    forget()


@pytest.fixture(scope="module", params=[f"cython-{path}" for path in PATHS])
def compiled(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The compiled kernel, on one of the paths that this processor can take."""
    with on_path(request.param.removeprefix("cython-")) as kernel:
        yield kernel


@pytest.fixture(
    scope="module",
    params=["python", *(pytest.param(f"cython-{path}", marks=pytest.mark.compiled_kernel) for path in PATHS)],
)
def either(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The twin, and the compiled kernel on each path: for what neither may do otherwise."""
    if request.param == "python":
        yield twin
        return
    with on_path(request.param.removeprefix("cython-")) as kernel:
        yield kernel
