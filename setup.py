"""Builds the optional compiled kernel; everything else is in pyproject.toml.

``SEPTET_PURE_PYTHON=1`` leaves the kernel out, ``SEPTET_REQUIRE_KERNEL=1`` makes a failed build
fatal; otherwise the library installs without it where there is no compiler. It reads CPython's
own strings in place, so that other implementations of Python do without it.
"""

import sys
from glob import glob
from os import environ

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext


def wanted(variable: str) -> bool:
    return environ.get(variable, "0") not in ("", "0")


class BuildKernel(build_ext):
    def build_extensions(self) -> None:
        if self.compiler.compiler_type != "msvc":  # which optimises fully by itself
            for extension in self.extensions:
                extension.extra_compile_args.append("-O3")
        super().build_extensions()


KERNEL = Extension(
    "septet._kernel.compiled",
    ["src/septet/_kernel/compiled.pyx"],
    depends=sorted(file for kind in ("pxd", "pxi", "h") for file in glob(f"src/septet/_kernel/*.{kind}")),
    # What the kernel's own directive promises to sub-interpreters needs both of these.
    define_macros=[("CYTHON_USE_MODULE_STATE", "1"), ("CYTHON_USE_TYPE_SPECS", "1")],
    optional=not wanted("SEPTET_REQUIRE_KERNEL"),
)

builds_kernel = sys.implementation.name == "cpython" and not wanted("SEPTET_PURE_PYTHON")

setup(
    ext_modules=[KERNEL] if builds_kernel else [],
    cmdclass={"build_ext": BuildKernel},
)
