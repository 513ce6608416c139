"""`telltale rotate-key`: every engagement of the workspace is kept under a new master key, and the log says so."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

import typer

from flows.commands import COMPLETE, refused
from flows.settings import MASTER_KEY_BYTES, Settings, SettingsError, key_bytes, read

NEW = "TELLTALE_NEW_KEY"
NEXT = "key.next"


def run(*, home: Path | None, lost: bool, who: str | None) -> int:
    """Rotate, or begin anew where the old key is lost; 0, or 1 with the reason why nothing was done."""
    from audits.store import StoreError, open_store

    try:
        settings = read(home)
        new = settings.master_key if lost else _new(settings)
        with open_store(settings.store_url) as store:
            names = store.engagements()
            changed = [name for name in names if _changed(settings, name, new, lost=lost)]
            for name in changed:
                today = datetime.now(UTC).date().isoformat()
                store.log(name, "key-lost" if lost else "key-rotated", at=today, who=who)
    except (SettingsError, StoreError) as error:
        return refused(str(error))
    if not lost and not os.environ.get("TELLTALE_KEY"):
        (settings.home / NEXT).replace(settings.home / "key")
    typer.echo(f"{len(changed)} of {len(names)} engagements are kept under a new key: {', '.join(changed) or 'none'}.")
    typer.echo(_next(lost=lost))
    return COMPLETE


def _changed(settings: Settings, name: str, new: bytes, *, lost: bool) -> bool:
    from flows.keys import begin_anew, rotate

    return begin_anew(settings, name) if lost else rotate(settings, name, new)


def _next(*, lost: bool) -> str:
    """What the person has to do now."""
    if lost:
        return "What is held stays readable. Forget by --review, and forget again whoever was forgotten by --name."
    if os.environ.get("TELLTALE_KEY"):
        return f"Set TELLTALE_KEY to the value of {NEW} now: the old key opens nothing any more."
    return "The workspace's file `key` holds the new one. Backups made before hold the old."


def _new(settings: Settings) -> bytes:
    """The new master key: from the environment beside TELLTALE_KEY, else made here and kept until all are under it."""
    if os.environ.get("TELLTALE_KEY"):
        if not (given := os.environ.get(NEW)):
            raise SettingsError(f"{NEW} is not set: make a key with `openssl rand -hex 32` and give it there.")
        return key_bytes(given, NEW)
    kept = settings.home / NEXT
    if not kept.exists():  # a rotation that was stopped goes on with the key that it began with
        from flows.keys import written

        written(kept, secrets.token_bytes(MASTER_KEY_BYTES).hex())
    return key_bytes(kept.read_text(encoding="ascii"), str(kept))
