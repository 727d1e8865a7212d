"""Runs the cases of the suite against any implementation, and lists its errors by rule.

    python conformance/run.py [--part standard] [--report FILE] [--show N] -- COMMAND…

The command reads a line of JSON for each case, {"id", "text", "ask"}, and answers with a line, in the same
order: {"encoding", "units", "segments", "ends", …}, as `case.schema.json` describes what is expected. What an
answer leaves out is not judged; {"cannot": "why"} means that this is not supported. Only needs Python.
"""

from __future__ import annotations

import argparse
import json
import queue
import shlex
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
STANDARD = "standard"

PASSED, FAILED, NOT_OFFERED = "passed", "failed", "not offered"
#: What must be answered, unless the whole case is not supported.
NEEDED = ("segments",)


class Result(NamedTuple):
    case: dict[str, Any]
    kind: str
    answer: dict[str, Any]


def parts() -> list[str]:
    return [STANDARD, *sorted(path.stem for path in (HERE / "vendors").glob("*.jsonl"))]


def cases(part: str) -> list[dict[str, Any]]:
    path = HERE / "standard.jsonl" if part == STANDARD else HERE / "vendors" / f"{part}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class Engine:
    """A command that answers each line with a line. It is ended if an answer takes too many seconds."""

    def __init__(self, command: list[str], seconds: float) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._seconds = seconds
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def ask(self, case: dict[str, Any]) -> dict[str, Any]:
        """The answer to a case. Raises RuntimeError if there is none."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({name: case[name] for name in ("id", "text", "ask")}) + "\n")
            self._process.stdin.flush()
            line = self._lines.get(timeout=self._seconds)
            answer = json.loads(line)
        except (BrokenPipeError, queue.Empty):
            raise RuntimeError(f"{case['id']}: the command gave no answer") from None
        except ValueError:
            raise RuntimeError(
                f"{case['id']}: expected a line of JSON, found {line.strip()[:200]!r}"
                if line
                else f"{case['id']}: the command ended with status {self._process.wait()}"
            ) from None
        if not isinstance(answer, dict):
            raise RuntimeError(f"{case['id']}: expected an object, found {line.strip()[:200]!r}")
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.close()
            self._process.wait(timeout=5)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._process.stdout.close()


def judged(case: dict[str, Any], answer: dict[str, Any]) -> Result:
    expect = case["expect"]
    if "cannot" in answer:
        return Result(case, NOT_OFFERED, answer)
    needed = [name for name in NEEDED if name in expect]
    told = {name: value for name, value in answer.items() if name in expect and value is not None}
    right = all(expect[name] == value for name, value in told.items()) and all(n in told for n in needed)
    if not told:
        return Result(case, NOT_OFFERED, answer)
    return Result(case, PASSED if right else FAILED, answer)


def results(command: list[str], chosen: list[str], seconds: float) -> Iterator[Result]:
    engine = Engine(command, seconds)
    try:
        for part in chosen:
            for case in cases(part):
                yield judged(case, engine.ask(case))
    finally:
        engine.close()


def short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 70 else f"{text[:40]} … {text[-20:]}"


def show(result: Result) -> None:
    case, answer = result.case, result.answer
    print(f"  {case['id']}  {short(case['text'])} {short(case['ask']) if case['ask'] else ''}")
    for name, value in case["expect"].items():
        if name in answer and answer[name] != value:
            print(f"    {name}: expected {short(value)}, found {short(answer[name])}")
    for name in NEEDED:
        if name in case["expect"] and answer.get(name) is None:
            print(f"    {name}: expected {case['expect'][name]}, found nothing")


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the conformance suite against a command.")
    parser.add_argument(
        "--part", action="append", choices=[*parts(), "all"], help="the bare standard, or all"
    )
    parser.add_argument("--seconds", type=float, default=60, help="how long one answer may take")
    parser.add_argument("--show", type=int, default=3, help="so many failures of each rule")
    parser.add_argument("--report", type=Path, help="write the counts by rule there, as JSON")
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args()
    command = shlex.split(asked.command[0]) if len(asked.command) == 1 else asked.command
    chosen = asked.part or [STANDARD]
    chosen = parts() if "all" in chosen else chosen
    counts: dict[str, Counter[str]] = {}
    failures: dict[str, list[Result]] = {}
    try:
        for result in results(command, chosen, asked.seconds):
            is_standard = result.case["id"].startswith(f"{STANDARD}/")
            rule = result.case["rule"] if is_standard else result.case["id"].partition("/")[0]
            counts.setdefault(rule, Counter())[result.kind] += 1
            if result.kind == FAILED:
                failures.setdefault(rule, []).append(result)
    except (OSError, RuntimeError) as error:
        print(f"conformance: {error}", file=sys.stderr)
        return 2
    width = max(map(len, counts))
    for rule, count in counts.items():
        print(
            f"{rule:{width}}  "
            + ", ".join(f"{count[kind]} {kind}" for kind in (PASSED, FAILED, NOT_OFFERED) if count[kind])
        )
        for result in failures.get(rule, [])[: asked.show]:
            show(result)
    total = sum(counts.values(), Counter[str]())
    print(
        f"{sum(total.values())} cases: " + ", ".join(f"{total[k]} {k}" for k in (PASSED, FAILED, NOT_OFFERED))
    )
    if asked.report:
        asked.report.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    return 1 if total[FAILED] or not total[PASSED] else 0


if __name__ == "__main__":
    sys.exit(main())
