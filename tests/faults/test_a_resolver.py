"""ACCEPTANCE a9: the address that is checked is the address that is connected to, asked of a resolver of our own."""

from __future__ import annotations

from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from spiders.fetching import GuardedResolver


class Answers:
    """A resolver that gives other addresses at each question, as a rebinding name server does."""

    def __init__(self, *turns: list[str]) -> None:
        self.turns = list(turns)

    def resolveHostName(self, receiver: Any, host: str, port: int, *rest: Any) -> Any:  # noqa: N802 - Twisted's name
        receiver.resolutionBegan(None)
        for each in self.turns.pop(0):
            kind = IPv6Address if ":" in each else IPv4Address
            receiver.addressResolved(kind("TCP", each, port))
        receiver.resolutionComplete()
        return receiver


class Heard:
    """What the one who would connect gets to hear."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None: ...  # noqa: N802

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


def heard(resolver: GuardedResolver) -> Heard:
    listener = Heard()
    resolver.resolveHostName(listener, "shop.example", 443)
    assert listener.complete
    return listener


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_leads_inside_has_no_address(address: str) -> None:
    assert heard(GuardedResolver(Answers([address]), local=False)).addresses == []
    assert heard(GuardedResolver(Answers(["93.184.216.34", address]), local=False)).addresses == []


def test_a_name_that_moves_inside_between_two_questions_is_caught_at_the_second() -> None:
    resolver = GuardedResolver(Answers(["93.184.216.34"], ["127.0.0.1"]), local=False)
    assert heard(resolver).addresses == ["93.184.216.34"]
    assert heard(resolver).addresses == []
    assert "127.0.0.1" in GuardedResolver.refused["shop.example"]


def test_a_local_listing_reaches_loopback_and_nothing_else() -> None:
    assert heard(GuardedResolver(Answers(["127.0.0.1"]), local=True)).addresses == ["127.0.0.1"]
    assert heard(GuardedResolver(Answers(["93.184.216.34"]), local=True)).addresses == []
