"""Extras: packages that septet uses if they are installed, and the message if one is missing."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

# The authors' spelling of packages that are imported by another name, or that come with another.
_WRITTEN = {
    "django": "Django",
    "duckdb": "DuckDB",
    "fluent": "fluent.syntax",
    "polars": "Polars",
    "py4j": "PySpark",
    "pydantic": "Pydantic",
    "pydantic_core": "Pydantic",
    "pyspark": "PySpark",
    "ruamel": "ruamel.yaml",
    "tree_sitter": "tree-sitter",
    "tree_sitter_php": "tree-sitter-php",
}


def installing(extra: str) -> str:
    """The command that installs the packages of an extra."""
    return f'pip install "septet[{extra}]"'


class Needed:
    """Put around the imports of an extra: without the extra, it says what needs it and how to install it.

    ``with Needed("measuring Arrow columns", "campaign", "pyarrow"): import pyarrow`` raises a
    ModuleNotFoundError of one line if that package is missing. For another missing package, or a broken
    one, Python's own error stays.
    """

    def __init__(self, what: str, extra: str, *packages: str) -> None:
        self._what = what
        self._extra = extra
        self._packages = packages

    def __enter__(self) -> None:
        """Nothing is to be done before."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, ModuleNotFoundError):
            return
        package = (error.name or "").partition(".")[0]
        if package in self._packages:
            written = _WRITTEN.get(package, package)
            message = f"{self._what} needs {written}: {installing(self._extra)}"
            raise ModuleNotFoundError(message, name=error.name) from None
