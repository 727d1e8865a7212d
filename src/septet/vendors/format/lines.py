"""Lines of a vendor file: the place of a key, for those who have to correct it."""

from __future__ import annotations

import re


def with_lines(faults: str, where: str, text: str) -> str:
    """The faults, one a line, each with the line of the file that it is about if there is one."""
    return "\n".join(_with_line(fault, where, text) for fault in faults.split("\n"))


def _with_line(fault: str, where: str, text: str) -> str:
    key, _, _ = fault.removeprefix(f"{where}: ").partition(": ")
    line = line_of(key, text)
    return f"{fault} (line {line})" if line else fault


def line_of(key: str, text: str) -> int:
    """The line of a key such as ``substitutions[1].rows[2]``, or that of its table; 0 if there is none."""
    lines = text.splitlines()
    parts = re.findall(r"([^.\[\]]+)((?:\[\d+\])*)", key)
    at = found = 0
    for depth in range(len(parts)):
        name = ".".join(part for part, _ in parts[: depth + 1])
        places = [int(place) for place in re.findall(r"\d+", parts[depth][1])]
        header = re.compile(rf"\s*\[\[?\s*{re.escape(name)}\s*\]\]?\s*(#.*)?$")
        headers = [number for number, line in enumerate(lines, 1) if header.match(line)]
        number = places[0] if places else 0
        if number < len(headers):
            at = found = headers[number]
            continue
        assigned = re.compile(rf"\s*{re.escape(parts[depth][0])}\s*=")
        for number, line in enumerate(lines[at:], at + 1):
            if line.lstrip().startswith("[") and not assigned.match(line) and "=" not in line:
                break
            if assigned.match(line):
                return number
    return found


def with_short_numbers(text: str) -> str:
    """The text with each number of a thousand digits or more replaced by one that can be read."""
    return re.sub(r"\d[\d_]{999,}", "9" * 99, text)
