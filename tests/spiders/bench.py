"""A loopback site that misbehaves on request, and the pages it serves; for tests alone."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from spiders.items import Landing
from spiders.landing import read_landing

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(range(32))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the bench says to one request. `short` bytes are announced and not sent."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    short: int = 0
    reset: bool = False
    endless: bool = False
    """Announce no length and send the body over and over until the other side gives up."""
    hang: bool = False
    """Send nothing more and keep the connection until the other side gives up."""
    drip: bool = False
    """Send a byte now and then, and never the last of those that were announced."""
    before: Callable[[], None] = lambda: None
    """What happens when the request has come and before it is answered."""


@dataclass
class Bench:
    """A running site: what it answers to each path (the last answer stays), and what was asked."""

    url: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """Path → the headers of each request for it."""

    def put(self, path: str, *answers: Answer) -> None:
        """Answers to one path, in turn."""
        self.answers[path] = list(answers)

    def pages(self, total: int, *, size: int = 20, path: str = "/biz/a", **given: Any) -> None:
        """A whole listing of `total` reviews."""
        last = max(1, -(-total // size))
        for number in range(1, last + 1):
            ids = range((number - 1) * size, min(total, number * size))
            after = f"{path}?page={number + 1}" if number < last else None
            body = listing(ids, total=total, after=after, **given)
            self.put(path if number == 1 else f"{path}?page={number}", Answer(body=body))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bench: Bench

    def do_GET(self) -> None:
        self.bench.asked.append(self.path)
        self.bench.headers.setdefault(self.path, []).append(dict(self.headers))
        held = self.bench.answers.get(self.path) or [Answer(status=404, body=b"<html>no such page</html>")]
        answer = held.pop(0) if len(held) > 1 else held[0]
        answer.before()
        if answer.reset:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        head = f"HTTP/1.1 {answer.status} Bench\r\nContent-Type: {answer.kind}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
        if answer.endless:
            self._send_for_ever(head.encode(), answer.body)
            return
        head += f"Content-Length: {len(answer.body) + answer.short}\r\n\r\n"
        # One write: two would wait for each other (Nagle and the delayed acknowledgement).
        self.wfile.write(head.encode() + answer.body)
        if answer.hang:
            self.connection.recv(1)
        if answer.drip:
            self._drip(answer.short - 1)
        self.close_connection = bool(answer.short) or answer.hang

    def _drip(self, most: int) -> None:
        with suppress(OSError):
            for _ in range(most):
                self.wfile.write(b" ")
                time.sleep(0.05)

    def _send_for_ever(self, head: bytes, body: bytes) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.wfile.write(head + b"Connection: close\r\n\r\n")
            while True:
                self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Bench]:
    """A bench for as long as the context is open, over TLS where that is given."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the bench breaks connections on purpose
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        bench = Bench(url=f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}")
        handler.bench = bench  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield bench
        finally:
            server.shutdown()


def card(number: int, **given: Any) -> dict[str, Any]:
    """One review of the bench as schema.org."""
    made = {
        "@type": "Review",
        "@id": f"r{number}",
        "author": {"@type": "Person", "name": f"Person{number} Somebody"},
        "datePublished": "2024-05-01",
        "reviewRating": {"@type": "Rating", "ratingValue": 1 + number % 5},
        "reviewBody": f"The lift was out of order on visit {number}.",
    }
    return {name: value for name, value in {**made, **given}.items() if value is not None}


def listing(
    ids: Sequence[int], *, total: int | None, after: str | None = None, closed: bool = True, **given: Any
) -> bytes:
    """A listing page with the reviews of those numbers."""
    thing: dict[str, Any] = {
        "@type": "LocalBusiness",
        "name": "Bench & Co",
        "review": [card(each, **given) for each in ids],
    }
    if total is not None:
        thing["aggregateRating"] = {"@type": "AggregateRating", "ratingValue": 3.0, "reviewCount": total}
    link = f'<link rel="next" href="{after}">' if after else ""
    state = json.dumps(thing).replace("<", "\\u003c")
    page = f'<html><head>{link}<script type="application/ld+json">{state}</script></head><body>Reviews</body>'
    return (page + ("</html>" if closed else "")).encode()


def started(bench: Bench, out: Path, path: str = "/biz/a", **given: Any) -> subprocess.Popen[str]:
    """A crawl of the bench in its own process, with its key on the way."""
    job = {
        "engagement": "bench",
        "listing": "a",
        "site": "sandbox",
        "url": path if "://" in path else bench.url + path,
        "business": "Bench & Co",
        "out": str(out / "landing"),
        "contact": "mailto:audit@example.com",
        "local": True,
    }
    file = out / "job.json"
    file.write_text(json.dumps(job | given))
    command = [sys.executable, "-m", "spiders.crawl", str(file)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT)


def crawled(bench: Bench, out: Path, path: str = "/biz/a", **given: Any) -> tuple[Landing, str]:
    """The landing of a crawl of the bench, and what its process said on stderr."""
    process = started(bench, out, path, **given)
    told, said = process.communicate(KEY.hex() + "\n", timeout=120)
    assert process.returncode == 0, said
    assert len(told.splitlines()) == 1
    return read_landing(out / "landing"), said
