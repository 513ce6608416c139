"""The relational store: what was collected, checked and found, with its history, in one database a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audits.store.store import Store


class StoreError(Exception):
    """The store cannot be used, in a sentence for the person at the terminal."""


def open_store(url: str) -> Store:
    """The store at a database URL, made and brought to the current revision; raises `StoreError`.

    SQLAlchemy is imported here and not before: the command line starts without it.
    """
    from audits.store.store import Store

    return Store.opened(url)
