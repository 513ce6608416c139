"""How export files will be read has been said before they are: whole for the first of a kind, a line for its likes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from threading import Lock

from flows.console import log
from spiders.intake.export import Proposal


class Mappings:
    """What was shown in this run; listings are collected side by side, so showing takes a lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shown: dict[str, str] = {}

    def say(self, sentence: str) -> None:
        """Say once how a capture will be read."""
        with self._lock:
            if sentence not in self._shown:
                self._shown[sentence] = sentence
                log.info(sentence)

    def show(self, proposals: Sequence[Proposal]) -> None:
        """Say how each file will be read."""
        with self._lock:
            for proposal in proposals:
                kind = _kind(proposal)
                alike = self._shown.get(kind)
                if alike is None:
                    self._shown[kind] = proposal.file
                    log.info(str(proposal))
                elif alike != proposal.file:
                    log.info(f"{proposal.file}: {proposal.rows} rows, read like {alike}")


def _kind(proposal: Proposal) -> str:
    """Two files are alike where columns, scale and date orders are."""
    columns, scale = proposal.columns, proposal.scales.scale if proposal.scales else None
    read = [dict(columns.fields), dict(columns.subratings), dict(columns.attributes), scale, dict(proposal.date_orders)]
    return json.dumps(read, sort_keys=True)
