"""The site over real HTTP on loopback: started in a context, gone after it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from spiders.sandbox import pages
from spiders.sandbox.truth import Truth, truth

_HTML, _PLAIN = "text/html; charset=utf-8", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """A running site: where it is, what is true of it, and every path that was asked for, in order."""

    url: str
    truth: Truth
    asked: list[str] = field(default_factory=list)

    def listing(self, slug: str) -> str:
        """The address of a business's first page."""
        return f"{self.url}/biz/{slug}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Sandbox


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "plainword"
    sys_version = ""
    server: _Server

    def do_GET(self) -> None:
        self.server.site.asked.append(self.path)
        status, kind, body = answered(self.server.site.truth, self.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name http.server looks up

    def log_message(self, format: str, *args: object) -> None:
        """Silent: `asked` keeps the paths, and a terminal is for the person who runs a command."""


def answered(held: Truth, target: str) -> tuple[int, str, bytes]:
    """Status, content type and body for a request target."""
    parts = urlsplit(target)
    if parts.path == "/robots.txt":
        return 200, _PLAIN, pages.ROBOTS.encode()
    if parts.path.startswith("/private/"):
        return 200, _HTML, pages.private().encode()
    number = parse_qs(parts.query).get("page", ["1"])[0]
    page = _page(held.seed, bool(held.edits), parts.path, int(number) if number.isdecimal() and len(number) < 6 else 0)
    return (200, _HTML, page) if page else (404, _HTML, pages.missing().encode())


@cache
def _page(seed: int, edited: bool, path: str, number: int) -> bytes | None:
    held = truth(seed, edited)
    if path == "/":
        return pages.front(held).encode()
    kind, _, name = path.strip("/").partition("/")
    for business in held.businesses:
        if kind == "biz" and business.plan.slug == name and 1 <= number <= pages.last_page(business):
            return pages.listing(business, number).encode()
        if kind == "review":
            for review in business.reviews:
                if review.id == name:
                    return pages.permalink(business, review).encode()
    return None


@contextmanager
def serve(seed: int = 7, port: int = 0, edited: bool = False) -> Iterator[Sandbox]:
    """The site on 127.0.0.1 for as long as the context is open; port 0 takes a free one."""
    with _Server(("127.0.0.1", port), _Handler) as server:
        server.site = Sandbox(url=f"http://127.0.0.1:{server.server_address[1]}", truth=truth(seed, edited))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.site
        finally:
            server.shutdown()
            thread.join()
