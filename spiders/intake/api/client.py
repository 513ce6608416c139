"""One polite client for every API: the guard's rules on each address, bounded bodies, and patience within a budget."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpcore
import httpx

from spiders import guard
from spiders.settings import DOWNLOAD_MAXSIZE, DOWNLOAD_TIMEOUT, RETRY_AFTER_MOST, RETRY_TIMES

_AGAIN = frozenset([429, 500, 502, 503, 504])


class ApiError(RuntimeError):
    """An answer that cannot be had; the text names no key."""


class _Guarded(httpcore.SyncBackend):
    """Connects to the address that was checked, so that a name cannot resolve to another one in between."""

    def __init__(self, *, local: bool) -> None:
        self.local = local

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as wrong:
            raise httpcore.ConnectError(f"{host} cannot be resolved ({wrong.strerror})") from None
        address = str(found[0][4][0])
        if reason := guard.refused_address(address, local=self.local):
            raise ApiError(f"{host} was not asked: {reason}")
        return super().connect_tcp(address, port, timeout, local_address, socket_options)


@dataclass(slots=True, kw_only=True)
class Client:
    """Asks one API. `headers` hold the key; `waited` counts against the budget of the run."""

    hosts: frozenset[str]
    headers: Mapping[str, str]
    local: bool = False
    sleep: Callable[[float], None] = time.sleep
    budget: float = RETRY_AFTER_MOST
    first_wait: float = 1.0
    waited: float = 0.0
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        transport = httpx.HTTPTransport(trust_env=False)
        transport._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_Guarded(local=self.local)
        )
        # No redirects: a key is sent nowhere but where the API is documented. No proxy out of our sight.
        self._http = httpx.Client(
            transport=transport, follow_redirects=False, trust_env=False, timeout=DOWNLOAD_TIMEOUT
        )

    def close(self) -> None:
        """Give the connection back."""
        self._http.close()

    def get(self, url: str) -> tuple[int, bytes]:
        """Status and body, after as many tries as the budget allows; raises `ApiError`."""
        if reason := guard.refused_url(url, hosts=self.hosts, local=self.local):
            raise ApiError(f"the API was not asked: {reason}")
        for attempt in range(RETRY_TIMES + 1):
            try:
                status, body, told = self._once(url)
            except httpx.HTTPError as wrong:
                status, body, told = 0, b"", None
                last = f"the API does not answer ({type(wrong).__name__})"
            if status and status not in _AGAIN:
                return status, body
            wait = max(told or 0.0, self.first_wait * 2**attempt)
            if attempt == RETRY_TIMES or self.waited + wait > self.budget:
                break
            self.waited += wait
            self.sleep(wait)
        if not status:
            raise ApiError(last)
        return status, body

    def _once(self, url: str) -> tuple[int, bytes, float | None]:
        with self._http.stream("GET", url, headers={"Accept-Encoding": "gzip", **self.headers}) as answer:
            body = bytearray()
            began = time.monotonic()
            for chunk in answer.iter_bytes(65_536):
                body += chunk
                if len(body) > DOWNLOAD_MAXSIZE or time.monotonic() - began > DOWNLOAD_TIMEOUT:
                    raise ApiError("the API's answer is larger or slower than is read")
            told = guard.seconds_to_wait(answer.headers.get("Retry-After", ""), datetime.now(UTC))
        return answer.status_code, bytes(body), told
