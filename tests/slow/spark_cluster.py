"""A standalone cluster of Spark on loopback: a master and workers, started from the pip package.

`stop` ends all that it starts, by process id, in every case.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import septet

#: Seconds in which a process must report that it is ready, on a machine that may be busy.
PATIENCE = 120


class Cluster:
    """A master and two workers of one core each. Raises RuntimeError, with the logs, if one fails."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self._folder = folder
        self._spark = Path(pyspark.__file__).parent
        #: What a driver needs in its environment, too.
        self.environment = {
            "SPARK_HOME": str(self._spark),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(folder),
            "SPARK_DAEMON_MEMORY": "256m",
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
            # The workers count with the same files as the tests.
            "PYTHONPATH": str(Path(septet.__file__).parent.parent),
        }
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        try:
            # Port 0: one that is free.
            self._start("master", "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
            self.address = self._wait_for("master", r"Starting Spark master at (spark://\S+)")
            for name in ("worker-1", "worker-2"):
                self.start_worker(name)
        except BaseException:
            self.stop()
            raise

    def start_worker(self, name: str) -> None:
        """Start a worker, and wait until the master knows it."""
        size = ("--cores", "1", "--memory", "1g", "--work-dir", str(self._folder / name))
        self._start(name, "worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", *size, self.address)
        self._wait_for(name, r"Successfully registered with master")

    def kill_worker(self, name: str) -> list[int]:
        """SIGKILL for a worker and all that it has started, its executor among them; their ids."""
        process = self._processes.pop(name)
        ended = _family(process.pid)
        for member in ended:
            _kill(member)
        process.wait()
        return ended

    def stop(self) -> None:
        """End all processes; those that others have ended already are no matter."""
        for name in [*self._processes]:
            self.kill_worker(name)

    def logs(self, lines: int = 40) -> str:
        """The ends of the logs of all processes, executors included."""
        found = [path for pattern in ("*.log", "worker-*/*/*/stderr") for path in self._folder.glob(pattern)]
        parts = [path.read_text("utf-8", "replace").splitlines()[-lines:] for path in found]
        return "\n".join(
            f"== {path.relative_to(self._folder)}\n" + "\n".join(part)
            for path, part in zip(found, parts, strict=True)
        )

    def _start(self, name: str, what: str, *arguments: str) -> None:
        with open(self._folder / f"{name}.log", "wb") as log:
            self._processes[name] = subprocess.Popen(
                [self._spark / "bin" / "spark-class", f"org.apache.spark.deploy.{what}", *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
            )

    def _wait_for(self, name: str, line: str) -> str:
        """The text of a log line, in the last group of the pattern."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._processes[name].poll() is None:
            found = re.search(line, (self._folder / f"{name}.log").read_text("utf-8", "replace"))
            if found:
                return found[found.re.groups]
            time.sleep(0.2)
        raise RuntimeError(f"{name} did not start\n{self.logs()}")


def _family(ancestor: int) -> list[int]:
    """A process and all that descend from it."""
    table = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = [tuple(map(int, line.split())) for line in table.splitlines()]
    family = [ancestor]
    for member in family:
        family += [process for process, parent in parents if parent == member]
    return family


def _kill(process: int) -> None:
    # It may have ended by itself.
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
