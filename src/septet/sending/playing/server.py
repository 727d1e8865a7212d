"""The server of a played vendor: HTTP on loopback, by the standard library."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .calls import Call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .playing import Reply

HOST = "127.0.0.1"
# A call of a vendor is far smaller; a batch file may be long.
_MOST_OCTETS = 256 * 1024 * 1024


class Server:
    """Serves the replies of a function, in threads that end with the server."""

    def __init__(self, reply: Callable[[Call], Reply], port: int) -> None:
        self._server = _server(reply, port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """The port where it listens."""
        return self._server.server_port

    def stop(self) -> None:
        """Ends it."""
        self._server.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()


class _Loopback(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # A server that restarts on a given port can do so at once.
    allow_reuse_address = True
    request_queue_size = 128
    stopping: threading.Event

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends the connections that clients keep open: a vendor that is no longer played answers nothing."""
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _server(reply: Callable[[Call], Reply], port: int) -> _Loopback:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "septet"
        sys_version = ""
        # An answer goes out in one piece.
        wbufsize = -1

        def _serve(self) -> None:
            path, _, query = self.path.partition("?")
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self._body()
            if body is None:
                return
            replied = reply(Call(self.command, path, query, headers, body))
            if replied.slow:
                stopping.wait(replied.slow)
            answer = replied.answer
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            if replied.half:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(answer.body[: len(answer.body) // 2] if replied.half else answer.body)
            self.wfile.flush()
            if replied.half:
                self.close_connection = True

        # A vendor answers other methods as well, with an error.
        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _serve  # noqa: N815

        def _body(self) -> bytes | None:
            if "chunked" in self.headers.get("transfer-encoding", "").lower():
                return self._chunks()
            length = self.headers.get("content-length", "0")
            if not length.isdecimal() or int(length) > _MOST_OCTETS:
                self.send_error(413)
                self.close_connection = True
                return None
            return self.rfile.read(int(length))

        def _chunks(self) -> bytes:
            found = []
            while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                found.append(self.rfile.read(size))
                self.rfile.readline()
            while self.rfile.readline().strip():
                pass
            return b"".join(found)

        def log_message(self, *arguments: object) -> None:
            """Logs nothing."""

    server = _Loopback((HOST, port), Handler)
    stopping = server.stopping = threading.Event()
    return server
