"""The running service: a real server on loopback, and everything that goes wrong around one."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import httpx
import pytest
from serving import kind_of, options_in, problem_of, vectors

import septet

TEXT = "Ça y est : -20 % jusqu’à dimanche, 10 € offerts !"
CANARY = "CANARY-7f3a"
HERE = Path(__file__).parent
HEAD = (
    b"POST /v1/count HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


class Server:
    """A running `septet serve`; its log is in `lines`."""

    def __init__(self, *arguments: str, log: int | IO[bytes] = subprocess.PIPE) -> None:
        command = [sys.executable, "-m", "septet", "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        assert self.process.stdout is not None
        said = self.process.stdout.readline().decode()
        found = re.search(r"http://\S+", said)
        if found is None:
            raise AssertionError(f"it does not serve: {said} {self.ended()}")
        self.url = found[0]
        self.port = int(self.url.rpartition(":")[2])
        # A full pipe would stop the server.
        self.lines: list[bytes] = []
        self._reading = None
        if self.process.stderr is not None:
            self._reading = threading.Thread(target=self._read, daemon=True)
            self._reading.start()
        self.wait_until_ready()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.lines.extend(self.process.stderr)

    def wait_until_ready(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/readyz").status_code == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("it does not become ready")

    def post(self, path: str, **body: Any) -> httpx.Response:
        return httpx.post(self.url + path, json=body, timeout=60)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def memory(self) -> int:
        """The memory of its process, in kB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found is not None
        return int(found[1])

    def workers(self) -> list[int]:
        """The processes that answer, if there are several."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        found = []
        for one in children.split():
            with contextlib.suppress(FileNotFoundError):  # it has just ended
                if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes():
                    found.append(int(one))
        return found

    def close(self) -> None:
        """Ends it in any state, and closes what was open to it."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._reading is not None:
            self._reading.join(timeout=10)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def ended(self, number: int = signal.SIGTERM) -> str:
        """Ends it, and returns its log."""
        self.process.send_signal(number)
        self.process.wait(timeout=30)
        time.sleep(0.1)
        return b"".join(self.lines).decode()


@contextlib.contextmanager
def serving(*arguments: str, log: int | IO[bytes] = subprocess.PIPE) -> Iterator[Server]:
    server = Server(*arguments, log=log)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def test_every_vector_is_counted_and_planned_as_the_library_does(server: Server) -> None:
    bodies = vectors()
    assert len(bodies) > 1000
    headers = {"Content-Type": "application/json"}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:

        def asked(route: str, body: dict[str, Any]) -> Any:
            connection.request("POST", f"/v1/{route}", json.dumps(body), headers)
            return json.load(connection.getresponse())

        for body in bodies:
            planner = septet.Planner(body["profile"], **options_in(body))
            count, plan = (asked(route, body) for route in ("count", "plan"))
            assert count == {"profile": body["profile"], **planner.measure(body["text"])._asdict()}, body
            assert plan["plan"] == json.loads(json.dumps(planner.plan(body["text"]).to_dict())), body


def test_schemathesis_finds_no_failure(server: Server, tmp_path: Path) -> None:
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "serve_checks", "PYTHONPATH": f"{HERE}"}
    for seed in range(2, 7):
        command = [
            *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"),
            *("run", f"{server.url}/openapi.json", "--checks", "all", "--seed", f"{seed}"),
            *("--exclude-checks", "positive_data_acceptance"),
            *("--max-examples", os.environ.get("SEPTET_SERVE_EXAMPLES", "20"), "--no-color"),
        ]
        result = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        # It fails on answers that repeat the beginning of an address, such as //[ ]: other draws.
        if "An internal error occurred during the test run" not in result.stdout:
            break
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
    generated = re.search(r"([\d,]+) generated", result.stdout)
    assert generated is not None
    assert int(generated[1].replace(",", "")) > 1000


def test_a_text_is_in_nothing_that_a_server_says() -> None:
    with serving("--log-format", "json") as server:
        for route in ("count", "plan", "preview", "advise", "compare", "check", "nowhere"):
            server.post(f"/v1/{route}", text=CANARY)
            server.post(f"/v1/{route}", text=CANARY, country=CANARY)
            httpx.get(f"{server.url}/v1/{route}?text={CANARY}")
        for raw in (
            f"{CANARY}\r\n\r\n",
            f"GET /{CANARY} {CANARY}\r\n\r\n",
            f"POST /v1/count HTTP/1.1\r\nHost: {CANARY}\r\n{CANARY}\r\n\r\n",
            f"POST /v1/count HTTP/1.1\r\nContent-Length: {CANARY}\r\n\r\n{CANARY}",
        ):
            with server.connect() as connection:
                connection.sendall(raw.encode())
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(5)
                assert CANARY.encode() not in connection.recv(100_000)
        figures = httpx.get(f"{server.url}/metrics").text
        log = server.ended()
    assert 'route="/v1/plan"' in figures
    assert CANARY not in figures
    requests = [json.loads(line) for line in log.splitlines()]
    assert sum(request.get("route") == "/v1/plan" for request in requests) == 3
    assert CANARY not in log


def test_a_gigabyte_in_parts_is_refused_and_costs_no_memory(server: Server) -> None:
    before = server.memory()
    part = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with server.connect() as connection:
        connection.sendall(HEAD)
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 1 << 30:
                connection.sendall(part)
                sent += len(part)
        # It gives the reason, and ends the connection long before everything is sent.
        assert sent < 1 << 28
        answer = b""
        with contextlib.suppress(ConnectionError):
            answer = connection.recv(100_000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413")
    assert server.memory() - before < 32 << 10
    with server.connect() as connection:
        connection.sendall(HEAD.replace(b"Transfer-Encoding: chunked", b"Content-Length: 1073741824"))
        assert connection.recv(100_000).startswith(b"HTTP/1.1 413")


def test_bodies_that_never_end_are_given_up_and_others_are_answered_meanwhile() -> None:
    environment = {"SEPTET_SERVE_BODY_SECONDS": "1"}
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
        for name, value in environment.items():
            patch.setenv(name, value)
        server = stack.enter_context(serving())
        slow = [stack.enter_context(server.connect()) for _ in range(50)]
        for connection in slow:
            connection.sendall(HEAD + b"1\r\n{\r\n")
        began = time.monotonic()
        assert server.post("/v1/count", text=TEXT).status_code == 200
        # More octets give them no more time.
        for _ in range(3):
            time.sleep(0.2)
            for connection in slow:
                connection.sendall(b"1\r\n \r\n")
        for connection in slow:
            assert connection.recv(1000).startswith(b"HTTP/1.1 408")
        assert time.monotonic() - began < 30


def test_a_thousand_idle_connections_keep_nobody_out(server: Server) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(1000):
            stack.enter_context(server.connect())
        assert server.post("/v1/count", text=TEXT).status_code == 200
        assert server.post("/v1/advise", text=TEXT).status_code == 200
    assert server.post("/v1/count", text=TEXT).status_code == 200


class Load:
    """Clients that send one request after another until they are stopped."""

    def __init__(self, server: Server, clients: int = 8) -> None:
        self.answered = 0
        #: Requests without an answer, and answers that ended too early.
        self.refused = 0
        self.cut = 0
        self._stop = threading.Event()
        self._lock = threading.Lock()
        # Where a test fails before it stops them, they hold nothing up.
        self._threads = [
            threading.Thread(target=self._ask, args=(server.port,), daemon=True) for _ in range(clients)
        ]
        for thread in self._threads:
            thread.start()

    def _ask(self, port: int) -> None:
        body = json.dumps({"text": TEXT}).encode()
        head = f"POST /v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
        request = head.encode() + b"Content-Type: application/json\r\n\r\n" + body
        connection: socket.socket | None = None
        while not self._stop.is_set():
            got = b""
            try:
                if connection is None:
                    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
                connection.sendall(request)
                while not _is_whole(got):
                    part = connection.recv(100_000)
                    if not part:
                        raise ConnectionError
                    got += part
                with self._lock:
                    self.answered += 1
            except OSError:
                with self._lock:
                    self.refused += not got
                    self.cut += bool(got)
                if connection is not None:
                    connection.close()
                connection = None
                time.sleep(0.01)
        if connection is not None:
            connection.close()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def _is_whole(got: bytes) -> bool:
    head, end, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    return bool(end) and length is not None and len(body) == int(length[1])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_no_answer_is_cut_when_it_is_told_to_end_under_load(number: int) -> None:
    with serving("--no-access-log") as server:
        load = Load(server)
        # A slow one, together with many fast ones.
        text = "👩‍👩‍👧‍👦 é ’ " * 160
        body = json.dumps({"text": text}).encode()
        head = f"POST /v1/advise HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
        with server.connect() as connection:
            connection.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + body)
            until = time.monotonic() + 60
            while load.answered < 50 and time.monotonic() < until:
                time.sleep(0.01)
            began = time.monotonic()
            log = server.ended(number)
            took = time.monotonic() - began
            got = b""
            while part := connection.recv(1 << 20):
                got += part
        load.stop()
        assert got.startswith(b"HTTP/1.1 200")
        assert _is_whole(got)
        assert load.answered >= 50
        assert load.cut == 0
        assert took < 20
        assert (server.process.returncode, log) == (0, "")


def test_a_worker_that_is_killed_takes_only_its_own_requests_with_it() -> None:
    with serving("--workers", "2", "--no-access-log") as server:
        first = server.workers()
        assert len(first) == 2
        load = Load(server)
        time.sleep(1)
        os.kill(first[0], signal.SIGKILL)
        until = time.monotonic() + 60
        while time.monotonic() < until and (
            first[0] in server.workers() or len(set(server.workers()) - {first[0]}) < 2
        ):
            time.sleep(0.1)
        refused = load.refused
        now = server.workers()
        time.sleep(0.5)
        load.stop()
        assert len(now) == 2
        assert first[0] not in now
        # At most one for each connection to it, and none after another has replaced it.
        assert load.refused <= 8
        assert load.refused == refused
        # The metrics are those of all workers, the lost one included.
        figures = httpx.get(f"{server.url}/metrics").text
        counted = re.search(r'septet_requests_total\{route="/v1/plan",status="200"\} ([\d.]+)', figures)
        assert counted is not None
        # Counted once it is sent: the last answer of each connection to the lost one may be missing.
        assert float(counted[1]) >= load.answered - 8
        processes = [server.process.pid, *server.workers()]
        server.ended()
        assert not any(Path(f"/proc/{process}").exists() for process in processes)


def test_no_worker_outlives_the_first_process() -> None:
    with serving("--workers", "2", "--no-access-log") as server:
        workers = server.workers()
        assert len(workers) == 2
        server.process.kill()
        until = time.monotonic() + 60
        while time.monotonic() < until and any(Path(f"/proc/{one}").exists() for one in workers):
            time.sleep(0.1)
        assert not [one for one in workers if Path(f"/proc/{one}").exists()]
        with pytest.raises(httpx.ConnectError):
            server.post("/v1/count", text=TEXT)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_log_stops_nothing() -> None:
    with open("/dev/full", "wb", buffering=0) as full, serving(log=full) as server:
        assert server.post("/v1/count", text=TEXT).status_code == 200
        assert kind_of(server.post("/v1/count", text=5)) == "invalid-request"


def test_a_port_that_is_taken_is_said_in_one_line(server: Server) -> None:
    result = run("--port", str(server.port))
    assert result.returncode == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert str(server.port) in line
    assert "Traceback" not in line


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "septet", "serve", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **environment}
    )


def _wait_for_socket(path: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError):
            probe.connect(str(path))
            return
        time.sleep(0.05)
    raise AssertionError("nobody listens")


def test_a_unix_socket_is_served_and_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "s.sock"
    command = [sys.executable, "-m", "septet", "serve", "--uds", str(path)]
    for number in (signal.SIGKILL, signal.SIGTERM):
        # The killed one leaves its socket, which does not disturb the next one.
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            _wait_for_socket(path)
            with httpx.Client(transport=httpx.HTTPTransport(uds=str(path))) as client:
                # A proxy has its own name.
                assert client.get("http://sms.example/readyz").status_code == 200
                assert client.post("http://sms.example/v1/count", json={"text": TEXT}).status_code == 200
            taken = run("--uds", str(path))
            assert taken.returncode == 2
            assert "a server is there already" in taken.stderr
        finally:
            process.send_signal(number)
            process.communicate()
    assert not path.exists()


def test_other_addresses_ask_for_a_token(tmp_path: Path) -> None:
    refused = run("--host", "0.0.0.0")
    assert refused.returncode == 2
    assert "--token-file" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    (tmp_path / "tokens").write_text("open-sesame\n", "utf-8")
    with serving("--host", "0.0.0.0", "--token-file", str(tmp_path / "tokens")) as server:
        url = f"http://127.0.0.1:{server.port}/v1/profiles"
        assert problem_of(httpx.get(url))["status"] == 401
        assert httpx.get(url, headers={"authorization": "Bearer open-sesame"}).status_code == 200


def test_a_name_of_another_site_is_not_answered_on_loopback(server: Server) -> None:
    answer = httpx.get(f"{server.url}/v1/profiles", headers={"host": "evil.example"})
    assert kind_of(answer) == "host-not-allowed"
