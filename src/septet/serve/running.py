"""Running: a server around the application, in one process or several, until it is told to end."""

from __future__ import annotations

import ipaddress
import logging
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from septet.wording.extras import Needed

from .settings import LOOPBACK_HOSTS, Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

#: The port, unless another one is given.
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8042

#: Seconds to wait for the next request of a connection, and for the end of running requests.
_KEEP_ALIVE, _TO_THE_END = 5, 10


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a service listens, and in how many processes. Raises ValueError for invalid values."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    #: A unix socket, instead of host and port.
    uds: str | None = None
    workers: int = 1
    #: Addresses of trusted proxies, whose headers name the client, with commas.
    proxies: str | None = None
    #: The path under which a proxy serves the service.
    root_path: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise ValueError(f"port: expected a number from 0 to 65535, found {self.port}")
        if self.workers < 1:
            raise ValueError(f"workers: expected a number above 0, found {self.workers}")

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        if self.uds is not None or self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def hosts(self) -> tuple[str, ...]:
        """The default names of its host; any behind a proxy, which knows its own."""
        return LOOPBACK_HOSTS if self.is_local and self.uds is None else ()

    def url(self) -> str:
        """Its address."""
        if self.uds is not None:
            return f"unix:{self.uds}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def free(self) -> Place:
        """The same place with a free port, where any will do. Raises ValueError where it is taken."""
        if self.uds is not None:
            _clear(self.uds)
            return self
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except (OSError, UnicodeError) as error:
                reason = getattr(error, "strerror", None) or "no such host"
                raise ValueError(f"{self.url()} is not available: {reason}") from None
            port = probe.getsockname()[1]
        return Place(**{**self.__dict__, "port": port})


def run(place: Place, settings: Settings) -> None:
    """Serves at a free place until the process is told to end. The environment passes the settings on."""
    with Needed("septet serve", "serve", "uvicorn"):
        import uvicorn

    os.environ.update(settings.to_environment())
    set_up_log(settings)
    with ExitStack() as stack:
        if place.workers > 1:
            # The processes add up their figures in files.
            shared = stack.enter_context(tempfile.TemporaryDirectory(prefix="septet-figures-"))
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = shared
        around: dict[str, Any] = {}
        if place.proxies is not None:
            around["forwarded_allow_ips"] = place.proxies
        uvicorn.run(
            f"{__name__}:application",
            factory=True,
            host=place.host,
            port=place.port,
            uds=place.uds,
            workers=place.workers,
            root_path=place.root_path,
            proxy_headers=place.proxies is not None,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=_TO_THE_END,
            **around,
        )


def application() -> FastAPI:
    """The application of one process of the server, with its log."""
    from .application import create

    settings = Settings.from_environment(os.environ)
    set_up_log(settings)
    app = create(settings)
    _end_when_told(app)
    _end_with_the_first()
    return app


def set_up_log(settings: Settings) -> None:
    """Lines of the service, and warnings of the server, go to standard error."""
    from .observing import JsonFormatter, LineFormatter, QuietHandler

    handler = QuietHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if settings.log_json else LineFormatter())
    for name, level in (("septet.serve", logging.INFO), ("uvicorn.error", logging.WARNING)):
        log = logging.getLogger(name)
        log.handlers, log.propagate = [handler], False
        log.setLevel(level)


def _end_when_told(app: FastAPI) -> None:
    """From the signal to end on, the service is no longer ready."""
    told = signal.getsignal(signal.SIGTERM)
    if not callable(told) or threading.current_thread() is not threading.main_thread():
        return

    def end(number: int, frame: FrameType | None) -> None:
        app.state.health.is_ending = True
        told(number, frame)

    signal.signal(signal.SIGTERM, end)
    if hasattr(signal, "SIGHUP"):
        # The end of the terminal also ends the service, again without cutting an answer.
        signal.signal(signal.SIGHUP, end)


def _end_with_the_first() -> None:
    """A process of several ends when the first one is gone, however that ended: it would hold the port."""
    first = multiprocessing.parent_process()
    if first is None:
        return

    def wait() -> None:
        first.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True, name="septet-first").start()


def _clear(path: str) -> None:
    """Removes a socket without a listener. Raises ValueError for anything else."""
    if not Path(path).exists():
        if not Path(path).absolute().parent.is_dir():
            raise ValueError(f"unix:{path} is not available: there is no such folder")
        return
    if not Path(path).is_socket():
        raise ValueError(f"unix:{path} is not available: it is a file of another kind")
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            Path(path).unlink()
            return
    raise ValueError(f"unix:{path} is not available: a server is there already")
