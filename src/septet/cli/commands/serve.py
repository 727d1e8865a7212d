"""The command `serve`: the live page and the HTTP API."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Any

import typer

from septet.cli import output
from septet.cli.input import UsageError
from septet.cli.options import refusals
from septet.wording.extras import installing
from septet.wording.messages import said
from septet.wording.speaking import spoken

_OF_THE_SERVICE = (
    *("anyio", "fastapi", "orjson", "prometheus_client", "pydantic", "starlette", "typing_extensions"),
    *("uvicorn", "phonenumbers"),
)


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(short_help="Serve the live page and the HTTP API.")(serve)


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", help="The port; 0 for any free one.")] = 8042,
    uds: Annotated[
        str | None, typer.Option(metavar="FILE", help="A unix socket, instead of address and port.")
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", help="The number of processes.")] = 1,
    token_file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A file of tokens, one per line; each request must send one."),
    ] = None,
    no_auth: Annotated[
        bool, typer.Option("--no-auth", help="Require no token, even on a public address.")
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A host name that the service answers to; repeatable."),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN", help="An origin whose pages may send requests; repeatable, * for any."
        ),
    ] = None,
    frame_ancestors: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="An origin that may show the page in a frame; repeatable."),
    ] = None,
    profiles_dir: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="A folder of your own vendor files, offered by their names."),
    ] = None,
    max_body: Annotated[int | None, typer.Option(metavar="OCTETS", help="Of a request's body.")] = None,
    max_text: Annotated[int | None, typer.Option(metavar="CHARACTERS", help="Of a text.")] = None,
    max_batch: Annotated[int | None, typer.Option(metavar="TEXTS", help="Of one request.")] = None,
    concurrency: Annotated[
        int | None, typer.Option(metavar="N", help="Requests that each process answers at the same time.")
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Threads of each process for short requests, and as many for long ones."
        ),
    ] = None,
    rate: Annotated[
        float | None, typer.Option(metavar="N", help="Requests per second from each client.")
    ] = None,
    log_format: Annotated[str, typer.Option(metavar="line|json", help="How the log is written.")] = "line",
    no_access_log: Annotated[bool, typer.Option("--no-access-log", help="Do not log each request.")] = False,
    proxies: Annotated[
        str | None,
        typer.Option(metavar="ADDRESSES", help="Proxies that are trusted to name the client, with commas."),
    ] = None,
    root_path: Annotated[
        str, typer.Option(metavar="PATH", help="The path at which a proxy serves it, such as /sms.")
    ] = "",
    check: Annotated[bool, typer.Option("--check", help="Print the settings in JSON, and exit.")] = False,
) -> None:
    """Serve the live page, which shows while you type what an SMS becomes, and the HTTP API.

    It only listens on this machine, unless you set --host: then it needs --token-file or
    --no-auth. No text is kept or logged. The API and all settings: docs/serve.md.

    \b
    Example:
      septet serve --port 8042
    """
    if log_format not in ("line", "json"):
        raise UsageError(f"--log-format: expected line or json, found {log_format!r}")
    given: dict[str, Any] = {
        "token_file": token_file,
        "hosts": tuple(allow_host or ()),
        "cors": tuple(cors or ()),
        "frame_ancestors": tuple(frame_ancestors or ()),
        "profiles_dir": profiles_dir,
        "max_body": max_body,
        "max_text": max_text,
        "max_batch": max_batch,
        "concurrency": concurrency,
        "threads": threads,
        "rate": rate,
        "log_json": log_format == "json" or None,
        "access_log": False if no_access_log else None,
    }
    with _service_is_there(), refusals():
        from septet.serve.running import Place, run
        from septet.serve.settings import Settings

        place = Place(host=host, port=port, uds=uds, workers=workers, proxies=proxies, root_path=root_path)
        settings = Settings.from_environment(os.environ, given)
        if not settings.hosts:
            settings = Settings.from_environment(os.environ, given | {"hosts": place.hosts})
        if not place.is_local and settings.token_file is None and not no_auth:
            raise ValueError(f"--host {host} is a public address: expected --token-file, or --no-auth")
        if check:
            output.write_json({"place": asdict(place), "settings": asdict(settings)})
            return
        from septet.serve.application import create

        create(settings)  # errors are reported before anything listens
        import uvicorn  # noqa: F401 (nothing is promised that cannot be kept)

        place = place.free()
    output.write(spoken(said("septet serves at %(url)s (Ctrl+C ends it)", url=place.url())) + "\n")
    run(place, settings)


@contextmanager
def _service_is_there() -> Iterator[None]:
    """Raises an error of one line for packages that the service needs."""
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _OF_THE_SERVICE:
            raise
        raise UsageError(f"serve needs {missing}, which is not installed: {installing('serve')}") from None
