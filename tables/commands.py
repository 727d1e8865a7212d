"""Writes docs/commands.md, the commands for people to look up, from the commands themselves.

python tables/commands.py            writes it
python tables/commands.py --check    fails when it is stale
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "commands.md"

sys.path.insert(0, str(ROOT / "src"))

import typer  # noqa: E402
from typer.main import get_group  # noqa: E402

from septet.cli.app import COMMANDS, app  # noqa: E402

HEAD = """\
# The commands

Written by `tables/commands.py` from the commands themselves: change those, then run `make tables`.
`septet COMMAND --help` prints the same.

`pip install "septet[cli]"` gives the command `septet`; `estimate` and `calibrate` also need the extra
`campaign`, `lint` the extra `lint`, `serve` the extra `serve`. A text may begin with a dash; `-` reads it
from standard input, `--file` from a file. [Options](configuration.md) says what the options of a plan mean,
and how to set your own defaults. `septet --install-completion` has your shell (bash, zsh or fish) complete
commands, options, profiles and codes.

"""

#: Where a page says more about a command.
MORE = {
    "advise": "advice.md",
    "batch": "batch.md",
    "calibrate": "calibrate.md",
    "config": "configuration.md",
    "decode": "pdu.md",
    "encode": "pdu.md",
    "estimate": "estimate.md",
    "fit": "fitting.md",
    "lint": "lint.md",
    "page": "page.md",
    "profiles": "profiles.md",
    "request": "requests.md",
    "serve": "serve.md",
    "split": "fitting.md",
}


def escaped(text: str) -> str:
    """The text as a cell of a table, with nothing that is read as Markdown."""
    return re.sub(r"([\\`*_<>|\[\]#~{}])", r"\\\1", " ".join(text.split()))


def described(text: str) -> Iterator[str]:
    """What a command does: its paragraphs, and its examples as they are typed."""
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("\b\n"):
            lines = paragraph.removeprefix("\b\n").splitlines()
            head, examples = lines[0], [line.strip() for line in lines[1:]]
            if head.startswith("Example"):
                yield "\n".join(["```sh", *examples, "```"])
            else:
                yield "\n".join(["```text", head, *lines[1:], "```"])
        else:
            yield escaped(paragraph)


def row(parameter: Any) -> str:
    """One argument or option: how it is typed, what it means, and its default."""
    if parameter.param_type_name == "argument":
        typed = f"`{parameter.metavar or parameter.name.upper()}`"
    else:
        value = "" if parameter.is_flag else f" {parameter.metavar or 'VALUE'}"
        short_last = sorted(parameter.opts, key=len, reverse=True)
        typed = ", ".join(f"`{name}{value if name.startswith('--') else ''}`" for name in short_last)
        typed = typed.replace("|", r"\|")
        typed += "".join(f", `{name}`" for name in parameter.secondary_opts)
    words = escaped(parameter.help or "")
    default = parameter.default
    if (
        parameter.param_type_name != "argument"
        and isinstance(default, (str, int))
        and default not in (False, "")
    ):
        words += f" Without it: `{default}`." if not isinstance(default, bool) else ""
    return f"| {typed} | {words} |"


def section(name: str, command: Any) -> Iterator[str]:
    """A command, with its arguments and options."""
    yield f"## septet {name}"
    yield from described(command.help)
    if name in MORE:
        yield f"More: [{MORE[name]}]({MORE[name]})."
    shown = [one for one in command.params if not getattr(one, "hidden", False) and one.name != "help"]
    yield "\n".join(["| | |", "|---|---|", *map(row, shown)])


def page() -> str:
    """The whole page."""
    group = get_group(app)
    sections: list[str] = []
    for name in COMMANDS:
        sections += section(name, group.get_command(typer.Context(group), name))
    return HEAD + "\n\n".join(sections) + "\n"


def main() -> int:
    """Writes the page, or reports that it is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = page()
    if not parser.parse_args().check:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        print("docs/commands.md is stale: run make tables", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
