"""The sentence model: reads a statement slowly and well, where the student has seen that it may be a complaint.

A fine-tuned MiniLM in 8-bit whole numbers, run by onnxruntime. A statement's scores are the same to the bit whatever
is read with it: statements of one length go together, nothing is filled up, and each piece has its own scale.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from threading import Event, Lock
from typing import Any, NamedTuple

import numpy as np

from audits.analysis.encoder import DATA, Floats
from audits.analysis.meaning import packed
from audits.analysis.model import OUTSIDE, Scores, model, softmax
from audits.analysis.pieces import Framed, Pieces, Within, pieces
from audits.analysis.written import about, kind, said

THREADS = 2
PIECES_AT_ONCE = 512
"""Pieces in one batch: what keeps a layer's numbers in the processor's cache."""
_MOST_KNOWN = 50_000
"""Statements that are remembered before the older half of them is forgotten: some 30 MB."""

Text = str | Within
"""A statement alone, or between its neighbours."""

given_up: ContextVar[Event | None] = ContextVar("given_up", default=None)
"""Set in a thread whose reading may be abandoned: when the event is set, what is left is not read."""


class GivenUpError(RuntimeError):
    """Nobody waits any longer for what was being read."""


class _Row(NamedTuple):
    """What was read of one statement: logits of kinds and then of gaps, and its packed vector."""

    logits: Floats
    vector: str


class Reader:
    """The session, the words, and what was found on development data to make its scores honest."""

    def __init__(self, session: Any, words: Pieces, settings: dict[str, Any]) -> None:
        self._session = session
        self._pieces = words
        self.gaps: tuple[str, ...] = tuple(settings["gaps"])
        self.kinds: tuple[str, ...] = tuple(settings["kinds"])
        self.screen = float(settings["screen"])
        self.kind_share, self.gap_share = float(settings["kind_share"]), float(settings["gap_share"])
        self.nearby_share = float(settings["nearby_share"])
        self.nearby_from, self.nearby_below = float(settings["nearby_from"]), float(settings["nearby_below"])
        self.abstain = float(settings["abstain"])
        self.second = float(settings["second"])
        self.first_sure = float(settings["first_sure"])
        self._known: dict[Text, _Row] = {}
        self._knowing = Lock()
        self._caution = np.float32(settings["caution"])
        self._kind_temperature = np.float32(settings["kind_temperature"])
        self._gap_temperature = np.float32(settings["gap_temperature"])

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        """All that is read at one time shares them: more threads than processors would thrash their caches."""
        return ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1), thread_name_prefix="reader")

    def logits(self, texts: Sequence[Text]) -> tuple[Floats, Floats]:
        """Of kinds and of gaps, a row a text, honest as they are; equal texts are read once."""
        width = len(self.kinds)
        found = np.array([row.logits for row in self._rows(texts)], np.float32).reshape(-1, width + len(self.gaps))
        kinds = found[:, :width] / self._kind_temperature
        kinds[:, 0] -= self._caution
        return kinds, found[:, width:] / self._gap_temperature

    def vectors(self, texts: Sequence[Text]) -> list[str]:
        """What each text means, as `meaning` groups it; a text whose logits were just read is not read again."""
        return [row.vector for row in self._rows(texts)]

    def _rows(self, texts: Sequence[Text]) -> list[_Row]:
        with self._knowing:
            known = {text: self._known[text] for text in texts if text in self._known}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        read = dict(zip(new, self._read(new), strict=True))
        with self._knowing:
            if len(self._known) + len(read) > _MOST_KNOWN:
                for text in list(islice(self._known, _MOST_KNOWN // 2)):
                    del self._known[text]
            self._known.update(read)
        known.update(read)
        return [known[text] for text in texts]

    def _framed(self, text: Text) -> Framed:
        """A statement alone is all of what is read, its frame included."""
        if isinstance(text, Within):
            return self._pieces.framed(text)
        numbers = self._pieces.numbers(text)
        return Framed(numbers, 0, len(numbers))

    def _read(self, texts: Sequence[Text]) -> list[_Row]:
        framed = [self._framed(text) for text in texts]
        logits = np.zeros((len(texts), len(self.kinds) + len(self.gaps)), np.float32)
        vectors = [""] * len(texts)
        abandoned = given_up.get()

        def read(rows: list[int]) -> None:
            if abandoned and abandoned.is_set():
                raise GivenUpError
            pieces = np.array([framed[row].numbers for row in rows], np.int64)
            own = np.zeros(pieces.shape, np.float32)
            for at, row in enumerate(rows):
                own[at, framed[row].start : framed[row].end] = 1
            logits[rows], seen = self._session.run(["logits", "vectors"], {"pieces": pieces, "own": own})
            for row, vector in zip(rows, packed(seen), strict=True):
                vectors[row] = vector

        batches = _batches([len(each.numbers) for each in framed])
        if len(batches) < 2:
            for batch in batches:
                read(batch)
        else:
            list(self._threads.map(read, batches))
        return [_Row(*each) for each in zip(logits, vectors, strict=True)]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Rows of one length together; the longest first, so that no thread is left alone with them at the end."""
    by_length: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        by_length.setdefault(length, []).append(row)
    found = []
    for length, rows in sorted(by_length.items(), reverse=True):
        size = max(1, PIECES_AT_ONCE // length)
        found += [rows[at : at + size] for at in range(0, len(rows), size)]
    return found


def scores(texts: Sequence[str], shift: Floats, around: Sequence[Within] | None = None) -> Scores:
    """Scores of both stages; `shift` is added to the log-odds of complaint against praise, a number a text.

    The student reads everything; where it sees that a text may be a complaint, what it says and what the reader says
    are mixed. Where that still may be one, its gap is not sure and neighbours are given in `around`, it reads that
    between them, too: that tells what it is about, and has a say in whether it complains. Then what the project wrote
    near it has its say.
    What praise is about is the student's alone.
    """
    first = model().scores(texts, shift)
    rows = np.flatnonzero(first.kinds[:, 0] >= reader().screen).tolist() if len(texts) else []
    if not rows:
        return first
    kinds, gaps = first.kinds.copy(), first.gaps.copy()
    seen: dict[int, Text] = {row: texts[row] for row in rows}
    kinds[rows], gaps[rows] = _both(first, shift, seen)
    beside = {row: around[row] for row in rows if _doubtful(kinds[row], gaps[row], around[row])} if around else {}
    if beside:
        again = list(beside)
        read, gaps[again] = _both(first, shift, beside)
        kinds[again] = mixed(kinds[again], read, reader().nearby_share)
    near = said(reader().vectors(list((seen | beside).values())))
    kinds[rows], gaps[rows] = np.round(kind(kinds[rows], near), 4), about(gaps[rows], near)
    return Scores(kinds=kinds, gaps=gaps, praised=first.praised)


def _doubtful(kinds: Floats, gaps: Floats, around: Within) -> bool:
    """Whether a statement may complain, of what is not sure, and has neighbours."""
    inside = gaps[: len(model().gaps) - len(OUTSIDE)]
    return bool(
        (around.before or around.after) and kinds[0] >= reader().nearby_from and inside.max() < reader().nearby_below
    )


def _both(first: Scores, shift: Floats, seen: Mapping[int, Text]) -> tuple[Floats, Floats]:
    """What the student said of these rows mixed with what the reader says of these texts: whether and of what they
    complain."""
    rows = list(seen)
    kinds, gaps = reader().logits(list(seen.values()))
    kinds[:, 0] += shift[rows] / 2
    kinds[:, 1] -= shift[rows] / 2
    shares = reader().kind_share, reader().gap_share
    return mixed(first.kinds[rows], softmax(kinds), shares[0]), mixed(first.gaps[rows], softmax(gaps), shares[1])


def mixed(one: Floats, other: Floats, share: float) -> Floats:
    """The geometric mean of two opinions, the other's with this share."""
    logs = [np.log(np.maximum(each, np.float32(1e-4))) for each in (one, other)]
    return softmax((logs[0] * (1 - share) + logs[1] * share).astype(np.float32))


def _session(path: Path) -> Any:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # In the runtime's own pool of memory two threads read up to a fifth more slowly, and it is never given back.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    # What the wider optimisation fuses runs slower than its parts.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The reader in the package, opened once, and only where something is read."""
    settings = json.loads((DATA / "reader.json").read_text(encoding="utf-8"))
    return Reader(_session(DATA / "reader.onnx"), pieces(), settings)
