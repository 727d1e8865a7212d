"""The command `septet`, also as ``python -m septet``."""

from __future__ import annotations

import signal
import sys

from septet.wording.extras import installing

_LIBRARIES = ("typer", "rich", "click")


class WithoutPandas:
    """Keeps pandas out of the process of a command, as no command needs it.

    pyarrow imports pandas, if that is installed, at the first Python value that it gets: this takes a
    while, and an interrupt meanwhile is lost.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Finds nothing; only reports pandas as missing."""
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name=name)


def main() -> None:
    """Runs the command line; without its extra, says how to get it."""
    sys.meta_path.insert(0, WithoutPandas)
    # A terminated process cleans up as an interrupted one does: no file is left half-written.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from .cli.app import app

        app()
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _LIBRARIES:
            raise
        sys.exit(_without_extra(missing))
    except KeyboardInterrupt:
        sys.exit(130)


def _without_extra(missing: str) -> int:
    message = f"septet: the command line needs {missing}, which is not installed: {installing('cli')}"
    if sys.stderr is not None:
        print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
