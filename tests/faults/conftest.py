"""The store of one engagement, on each database, for the faults that it must survive."""

from tests.audits.store.conftest import dialect, dump, store, url

__all__ = ["dialect", "dump", "store", "url"]
