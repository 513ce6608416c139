"""While an audit runs, Python looks for no cycles: millions of values are held, and hardly one of them is in any."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for cycles again when the block has ended and has let go of its values: most of what an audit makes stays,
    so that it would be looked at again and again."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
