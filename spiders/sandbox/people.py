"""Names for reviewers who do not exist."""

from __future__ import annotations

from random import Random

from spiders.sandbox.wording import names


def author(rng: Random) -> str:
    """A display name as rating sites show them: a first name and an initial, sometimes a nickname."""
    if rng.random() < 0.15:
        return f"{rng.choice(names('nick'))}{rng.randrange(2, 99)}"
    return f"{rng.choice(names('first'))} {rng.choice('ABCDEFGHJKLMNOPRSTVWY')}."


def called(author_name: str) -> str | None:
    """The name an owner would greet with; None for a nickname."""
    first = author_name.split(" ", maxsplit=1)[0]
    return first if first in names("first") else None
