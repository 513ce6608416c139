"""A large value goes from one task to the next as it is: Prefect does not walk through it looking for futures."""

from __future__ import annotations

from typing import TypeVar, cast

from prefect.utilities.annotations import opaque

T = TypeVar("T")


def whole(value: T) -> T:
    """`opaque` with the type that the task will receive (walking a hundred thousand reviews took 3 s)."""
    return cast(T, opaque(value))
