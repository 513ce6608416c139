"""Pages that are broken on purpose: every parser refuses or reads them within two seconds, and nothing else."""

from __future__ import annotations

import random
import time

from spiders.dates import dated
from spiders.items import Page
from spiders.site import Site, UnreadableError

MOST_SECONDS = 2.0
dated("12 grudnia 2023")  # the first such date loads a library, which is no page's doing
_JUNK = (*rb'< > " { } [ ] \ null 1e999 <!-- </script> [[[ -1'.split(), b"\x00", b"\xff\xfe")


def mutated(body: bytes, seed: int) -> bytes:
    """The page with parts cut out, doubled, swapped and overwritten; the same for the same seed."""
    chance, made = random.Random(seed), bytearray(body)
    for _ in range(chance.randint(1, 24)):
        at = chance.randrange(len(made) + 1)
        kind, width = chance.randrange(5), chance.randint(1, max(1, len(made) // 20))
        if kind == 0:
            del made[at : at + width]
        elif kind == 1:
            made[at:at] = made[at : at + width]
        elif kind == 2:
            made[at:at] = chance.choice(_JUNK) * chance.randint(1, 40)
        elif kind == 3 and at < len(made):
            made[at] = chance.randrange(256)
        else:
            made = _swapped(made, chance)
    return bytes(made[: max(1, len(made) if chance.random() < 0.7 else chance.randrange(1, len(made) + 2))])


def _swapped(made: bytearray, chance: random.Random) -> bytearray:
    """One kind of value where another is expected."""
    old, new = chance.choice(
        [
            (b'":"', b'":["'),
            (b'":', b'":null,"x":'),
            (b":[", b":{}["),
            (b"</div>", b""),
            (b'"', b"'"),
            (b"5", b"9" * 11),
        ]
    )
    return bytearray(bytes(made).replace(old, new, chance.randint(1, 5)))


def survives(site: Site, body: bytes) -> None:
    """Fails with the site and what it did, where it did more than read or refuse."""
    started = time.process_time()
    try:
        site.parse(Page(url="https://shop.example/x", body=body, fetched_at="2024-06-01T12:00:00Z"))
    except UnreadableError:
        pass
    except Exception as broke:
        raise AssertionError(f"{site.name} broke: {type(broke).__name__}: {broke}") from broke
    took = time.process_time() - started
    assert took < MOST_SECONDS, f"{site.name} took {took:.1f} s"
