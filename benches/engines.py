"""The engines: ours and the peers, each in a process of its own that answers and times itself.

The code of a peer is never part of this project: `make bench` installs the peers beside it, and a missing
one is left out and reported.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from corpora import Corpus
from timing import Sampler

HERE = Path(__file__).parent
OURS = "septet"
PURE = "septet, pure Python"


class Kind(NamedTuple):
    """An engine that may be installed."""

    name: str
    language: str


KINDS = (
    Kind(OURS, "Python"),
    Kind(PURE, "Python"),
    Kind("smsutil", "Python"),
    Kind("sms-toolkit", "Python"),
    Kind("smpplib", "Python"),
    Kind("split-sms", "Node.js"),
    Kind("@trt2/gsm-charset-utils", "Node.js"),
    Kind("sms-segments-calculator", "Node.js"),
)

Answer = tuple[str, int]


class Missing(Exception):  # noqa: N818 (nothing went wrong)
    """An engine is not installed; names what is missing."""


class Engine:
    """A running engine; a context manager that ends it. Raises `Missing`."""

    def __init__(self, kind: Kind) -> None:
        self.name, self.language = kind
        interpreter = sys.executable if kind.language == "Python" else shutil.which("node")
        if interpreter is None:
            raise Missing("Node.js is not installed")
        suffix = ".py" if kind.language == "Python" else ".js"
        environment = dict(os.environ)
        environment["SEPTET_PURE_PYTHON"] = "1" if kind.name == PURE else "0"
        self._process = subprocess.Popen(
            [interpreter, str(HERE / ("engine_worker" + suffix)), kind.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        self._loaded: set[str] = set()
        hello = self._read()
        if "missing" in hello:
            self.close()
            raise Missing(hello["missing"])
        self.version: str = hello["version"]

    def answers(self, texts: Iterable[str]) -> list[Answer]:
        """Encoding and segments of each text."""
        return [tuple(answer) for answer in self._ask(do="answer", texts=list(texts))]

    def sampler(self, corpus: Corpus) -> Sampler:
        """One loop over a corpus that takes about so many seconds; nanoseconds per text."""
        self._ask(do="load", name=corpus.name, texts=corpus.texts)
        return partial(self._sample, corpus.name)

    def _sample(self, name: str, seconds: float) -> float:
        return float(self._ask(do="time", name=name, seconds=seconds))

    def _ask(self, **request: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the engine {self.name} ended with status {self._process.wait()}")
        return json.loads(line)

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
