"""While a run lasts, a Prefect API answers on loopback; it ends with the run, even with a killed one."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException

from flows.blank import begun
from flows.room import no_room
from flows.settings import Settings, child_environment, prepare_prefect

START_SECONDS = 120.0
STOP_SECONDS = 10.0


class ServerError(RuntimeError):
    """The Prefect API did not come up, or had no room to write."""


@contextmanager
def prefect_api(settings: Settings) -> Iterator[Callable[[], None]]:
    """Yield a function that waits until the API answers; between, the caller may do other work (imports).

    Raises `ServerError`, also where the workspace's disk is full: what breaks on it is another thing each time.
    """
    try:
        with _served(settings) as ready:
            yield ready
    except Exception as wrong:
        if (told := no_room(settings, wrong)) is None:
            raise
        raise ServerError(told) from None


@contextmanager
def _served(settings: Settings) -> Iterator[Callable[[], None]]:
    if settings.api_url:
        _answering(settings.api_url)
        prepare_prefect(settings, settings.api_url)
        yield lambda: None
        return
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        child = _started(settings, listener)
    prepare_prefect(settings, url)
    try:
        try:
            yield lambda: _wait(url, child, settings)
        finally:
            _flush()  # after Ctrl-C, too: Prefect has just recorded what it ended
    finally:
        _stop(child)


def _started(settings: Settings, listener: socket.socket) -> subprocess.Popen[bytes]:
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    begun(settings)
    log = (settings.prefect_home / "server.log").open("wb")
    with log:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "flows.server", str(listener.fileno())],
            stdin=subprocess.PIPE,  # its end tells the child that we are gone, however we went
            stdout=log,
            stderr=log,
            env=child_environment(settings),
            pass_fds=[listener.fileno()],
            start_new_session=True,  # Ctrl-C is for the run; the server must live to record it
        )


def _answering(url: str) -> None:
    """Refuse an address at which nobody answers: Prefect would say so in a traceback."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=STOP_SECONDS):  # noqa: S310 - Prefect's own
            return
    except urllib.error.HTTPError:
        return  # somebody answers; whether a run may be recorded there Prefect finds out
    except (OSError, ValueError, HTTPException) as wrong:
        if isinstance(getattr(wrong, "reason", None), ssl.SSLError):
            return  # a certificate that Prefect's own settings may know
        raise ServerError(
            f"PREFECT_API_URL: no Prefect server answers there ({type(wrong).__name__}). Start it, or unset "
            "PREFECT_API_URL to have one for the run."
        ) from None


def _wait(url: str, child: subprocess.Popen[bytes], settings: Settings) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if child.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=START_SECONDS):  # noqa: S310 - loopback http
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise ServerError(f"Prefect's server did not start; its log is {settings.prefect_home / 'server.log'}.")


def _flush() -> None:
    """Send what is still queued, so that stopping the server cannot lose it or make Prefect print tracebacks."""
    if "prefect" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (EventsWorker, APILogWorker):
        worker.drain_all(timeout=STOP_SECONDS)


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdin:
        child.stdin.close()


def _serve(descriptor: int) -> None:
    """The child: Prefect's own application on the socket it was given, until its parent is gone."""
    threading.Thread(target=_die_with_parent, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(create_app(), log_level="critical", timeout_graceful_shutdown=2)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def _die_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
