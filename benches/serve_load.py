"""How much does the service answer beside an endpoint that answers nothing?

Run as ``python benches/serve_load.py``, or `make bench-serve`; needs wrk. One process answers, one thread
of wrk asks over 16 connections. The routes take turns, so that other work on the machine affects all of
them, and the median of the rounds counts. Requests a second are shown with the server's microseconds of the
processor for each, which other load changes less: the targets are for these. An empty endpoint is one of
FastAPI, with the same guards and model; ``/nothing`` is as empty, and uses the service's own short way.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from records import machine, write
from report import Bar, Table, markdown, table_of_bars
from serve_application import TEXTS

HERE = Path(__file__).parent
PORT = 8777
URL = f"http://127.0.0.1:{PORT}"

#: 90 characters as a French shop writes them.
TEXT = "Soldes d’été : -20 % sur tout le magasin ce week-end, réservé à nos clients fidèles, à 9 h"
BODY: dict[str, Any] = {"text": TEXT, "profile": "smsmode", "commercial": True}
ALL: dict[str, Any] = {"text": TEXT, "commercial": True}
MANY: dict[str, Any] = {"texts": [TEXT] * TEXTS, "profile": "smsmode", "commercial": True}
#: The allowed text for which advice takes longest.
WORST: dict[str, Any] = {"text": "😀 é ’ " * 300}

#: Each route with its body, the route it is compared with, the share of it to reach, and its connections.
ROUTES = {
    "/empty": (BODY, "/empty", None, 16),
    "/nothing": (BODY, "/empty", None, 16),
    "/v1/count": (BODY, "/empty", 0.90, 16),
    "/v1/plan": (BODY, "/empty", 0.65, 16),
    "/v1/preview": (BODY, "/empty", 0.40, 16),
    "/v1/compare": (ALL, "/empty", 0.10, 16),
    "/v1/advise": (BODY, "/empty", None, 16),
    "/zeros": (MANY, "/zeros", None, 4),
    "/v1/counts": (MANY, "/zeros", 0.50, 4),
}
_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local file = io.open(os.getenv("BODY"), "rb")
wrk.body = file:read("*a")
file:close()
"""


class Found(NamedTuple):
    """One round: requests a second, the server's microseconds for each, and the slowest hundredth."""

    rate: float
    processor: float
    slowest: float


class Server:
    """The application of the bench in one process, and its use of the processor and of memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "post.lua").write_text(_SCRIPT, "ascii")
        command = [
            *(sys.executable, "-m", "uvicorn", "--factory", "serve_application:application"),
            *("--port", str(PORT), "--no-access-log", "--no-server-header", "--log-level", "warning"),
        ]
        self.process = subprocess.Popen(command, cwd=HERE)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{URL}/readyz", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the server does not become ready")

    def seconds(self) -> float:
        """The seconds of the processor that it has used."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Its memory, in kB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])

    def load(self, route: str, body: Any, connections: int, seconds: float) -> Found:
        """Sends one request again and again for a while."""
        path = self._folder / "body.json"
        path.write_text(json.dumps(body), "utf-8")
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds:g}s",
            "--latency",
            "-s",
            "post.lua",
            URL + route,
        ]
        before = self.seconds()
        environment = {**os.environ, "BODY": str(path)}
        said = subprocess.run(
            command, cwd=self._folder, env=environment, capture_output=True, text=True, check=True
        ).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise SystemExit(f"{route}: not all were answered:\n{said}")
        requests = int(re.findall(r"(\d+) requests in", said)[0])
        if not requests:
            raise SystemExit(f"{route}: none was answered in {seconds:g} seconds: give it more, by --seconds")
        rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
        value, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s)", said)[0]
        slowest = float(value) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]
        return Found(rate, (self.seconds() - before) / requests * 1e6, slowest)


@contextmanager
def serving() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.process.terminate()
            server.process.wait()


def check() -> None:
    """Compares answers with the library before anything is timed."""
    import septet

    def asked(route: str, body: Any) -> Any:
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(URL + route, json.dumps(body).encode(), headers)
        return json.load(urllib.request.urlopen(request))

    planner = septet.Planner("smsmode", commercial=True)
    assert asked("/v1/count", BODY)["billed_segments"] == planner.count(TEXT)
    assert asked("/v1/plan", BODY)["plan"] == json.loads(json.dumps(planner.plan(TEXT).to_dict()))
    assert asked("/v1/preview", BODY)["drawing"] == json.loads(json.dumps(planner.plan(TEXT).drawing()))
    compared = asked("/v1/compare", ALL)
    assert len(compared["compared"]) + len(compared["left_out"]) == len(septet.profiles())
    assert asked("/v1/counts", MANY)["billed_segments"] == planner.count_many([TEXT] * TEXTS)
    assert asked("/zeros", MANY)["billed_segments"] == [0] * TEXTS


def rounds(server: Server, times: int, seconds: float) -> dict[str, Found]:
    """The median of each route."""
    found: dict[str, list[Found]] = {route: [] for route in ROUTES}
    for _ in range(times):
        for route, (body, _, _, connections) in ROUTES.items():
            found[route].append(server.load(route, body, connections, seconds))
    return {
        route: Found(*(statistics.median(column) for column in zip(*results, strict=True)))
        for route, results in found.items()
    }


def beside_the_worst(server: Server, seconds: float) -> tuple[float, float]:
    """The slowest hundredth of counts, in milliseconds: alone, and beside the worst advice."""
    body = ROUTES["/v1/count"][0]
    alone = server.load("/v1/count", body, 4, seconds).slowest
    stop = threading.Event()

    def ask() -> None:
        content, headers = json.dumps(WORST).encode(), {"content-type": "application/json"}
        while not stop.is_set():
            request = urllib.request.Request(f"{URL}/v1/advise", content, headers)
            urllib.request.urlopen(request).read()

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        return alone, server.load("/v1/count", body, 4, seconds).slowest
    finally:
        stop.set()
        asking.join()


def soak(server: Server, minutes: float) -> tuple[int, int]:
    """Its memory after the warm-up, and after so many minutes of all routes."""
    routes = [route for route in ROUTES if route.startswith("/v1")]
    for route in routes:
        server.load(route, ROUTES[route][0], 8, 2)
    before = server.memory()
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        for route in routes:
            server.load(route, ROUTES[route][0], 8, 2)
    return before, server.memory()


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3, help="of each route in each round")
    parser.add_argument(
        "--soak", type=float, metavar="MINUTES", default=0, help="watch the memory afterwards"
    )
    parser.add_argument("--keys", action="store_true", help="time keys in a Chromium, by playwright")
    parser.add_argument("--record", action="store_true", help="write the findings to benches/record")
    options = parser.parse_args()
    lines = ["\n".join(f"- {what}: {value}" for what, value in machine().items())]
    lines.append("\n## " + str(__doc__).partition("\n")[0])
    with serving() as server:
        check()
        found = rounds(server, options.rounds, options.seconds)
        rows, bars = [], []
        for route, (_, beside, bar, _) in ROUTES.items():
            part = found[beside].processor / found[route].processor
            rows.append(
                [
                    f"`{route}`",
                    f"{found[route].rate:,.0f}",
                    f"{found[route].rate / found[beside].rate:.2f}",
                    f"{found[route].processor:,.0f}",
                    f"{part:.2f}",
                ]
            )
            if bar is not None:
                bars.append(Bar(f"`{route}` beside `{beside}`", part, bar))
        header = ["route", "requests/s", "beside", "processor, µs a request", "beside"]
        lines.append("\n" + markdown(Table("Routes", header, rows)))
        alone, beside_advice = beside_the_worst(server, options.seconds)
        bars.append(
            Bar("slowest hundredth of `/v1/count` beside the worst advice", beside_advice / alone, 10, True)
        )
        lines.append(
            f"\n- slowest hundredth of counts: {alone:.2f} ms alone, {beside_advice:.2f} ms beside advice"
        )
        if options.keys:
            from serve_typing import BEFORE, slowest_keys

            nothing, live = slowest_keys(URL)
            what = f"slowest twentieth of keys at {BEFORE} characters, beyond an empty page"
            bars.append(Bar(what, live - nothing, 50, True, "ms"))
            lines.append(
                f"- slowest twentieth of keys: {nothing:.0f} ms in an empty page, {live:.0f} ms in ours"
            )
        if options.soak:
            before, after = soak(server, options.soak)
            bars.append(
                Bar(f"memory after {options.soak:g} minutes of all routes", after / before, 1.05, True)
            )
            lines.append(f"- memory: {before:,} kB when warm, {after:,} kB after {options.soak:g} minutes")
    lines.append("\n## What was to be reached\n\n" + markdown(table_of_bars(bars)))
    print("\n".join(lines))
    if options.record:
        print(f"\nRecorded in {write(lines, 'serve')}", file=sys.stderr)


if __name__ == "__main__":
    main()
