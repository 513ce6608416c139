"""Whether a run broke because the workspace's disk is full, and the sentence that says so."""

from __future__ import annotations

import errno
import shutil

from flows.settings import Settings

LEAST = 2 * 2**20
"""Bytes left under which a database hardly writes a page more."""
OWN = ("audits", "flows", "spiders")


def no_room(settings: Settings, wrong: object) -> str | None:
    """What to say of an error on a full disk; None where there is room, or where it is a sentence of ours."""
    if type(wrong).__module__.split(".")[0] in OWN:
        return None
    full = isinstance(wrong, OSError) and wrong.errno == errno.ENOSPC
    free = shutil.disk_usage(settings.home).free if settings.home.is_dir() else LEAST
    if not full and free >= LEAST:
        return None
    return (
        f"{settings.home}: the disk is full ({free / 2**20:.1f} MB left; {type(wrong).__name__}). Make room and run it "
        "again, or give another workspace with --out. What was collected whole is kept."
    )
