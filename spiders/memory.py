"""The crawl stops at its memory limit, measured by what this process holds now."""

from __future__ import annotations

import os
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

_STATM = Path("/proc/self/statm")


class MemoryHeld(MemoryUsage):
    """Scrapy's own limit on another measure: its peak is inherited from the parent that started the process.

    On Linux `ru_maxrss` survives fork and exec, so a crawl started by a flow that once held more than the limit would
    stop before its first page.
    """

    def get_virtual_size(self) -> int:
        """Resident bytes now; where the system does not say, Scrapy's peak."""
        try:
            pages = int(_STATM.read_text(encoding="ascii").split()[1])
        except OSError:
            return int(super().get_virtual_size())
        return pages * os.sysconf("SC_PAGE_SIZE")
