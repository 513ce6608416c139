"""`telltale serve`: publications on loopback, for a look before they go out; read only, this machine only."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import typer

from flows.commands import COMPLETE, refused
from flows.settings import SettingsError, read

HOST = "127.0.0.1"


class Preview(SimpleHTTPRequestHandler):
    """Files of the publications; nothing that begins with a dot, and nothing kept by the browser."""

    def send_head(self) -> Any:
        if any(part.startswith(".") for part in self.path.split("?")[0].split("/") if part):
            self.send_error(404)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing is logged: addresses name engagements."""


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """The server, bound to loopback; port 0 takes a free one."""
    return ThreadingHTTPServer((HOST, port), partial(Preview, directory=str(folder)))


def run(*, home: Path | None, port: int) -> int:
    """Serve until interrupted."""
    try:
        folder = read(home).publications
    except SettingsError as error:
        return refused(str(error))
    if not folder.is_dir():
        return refused(f"{folder}: nothing is published here yet. Run telltale audit first.")
    try:
        with server(folder, port) as served:
            typer.echo(f"http://{HOST}:{served.server_port}/ shows {folder}. Ctrl-C stops.")
            served.serve_forever()
    except OSError as error:
        return refused(f"port {port}: {error.strerror}. Give another with --port.")
    except KeyboardInterrupt:
        pass
    return COMPLETE
