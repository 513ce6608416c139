"""The store of one engagement, on each database, and a workspace, for the faults that they must survive."""

from tests.audits.store.conftest import dialect, dump, store, url
from tests.faults.retained import home

__all__ = ["dialect", "dump", "home", "store", "url"]
