"""The sentence model: reads slowly and well, where the student has seen that there may be a complaint.

A fine-tuned MiniLM in 8-bit whole numbers, run by onnxruntime. What stands together in a review is read at once, and
each statement is judged by its own pieces. A passage's scores are the same to the bit whatever is read with it:
passages of one length go together, nothing is filled up, and each piece has its own scale.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import cached_property, lru_cache
from itertools import islice
from threading import Event, Lock
from typing import Any, NamedTuple

import numpy as np

from audits.analysis.encoder import DATA, Floats
from audits.analysis.meaning import packed
from audits.analysis.model import Scores, model, softmax
from audits.analysis.nearby import passages
from audits.analysis.pieces import Passage, Pieces, pieces
from audits.analysis.written import about, kind, said

THREADS = 2
PIECES_AT_ONCE = 512
"""Pieces in one batch: what keeps a layer's numbers in the processor's cache."""
_MOST_KNOWN = 12_000
"""Passages that are remembered before the older half of them is forgotten: some 30 MB."""

given_up: ContextVar[Event | None] = ContextVar("given_up", default=None)
"""Set in a thread whose reading may be abandoned: when the event is set, what is left is not read."""


class GivenUpError(RuntimeError):
    """Nobody waits any longer for what was being read."""


class Seen(NamedTuple):
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
        self.abstain = float(settings["abstain"])
        self.second = float(settings["second"])
        self.first_sure = float(settings["first_sure"])
        self._known: dict[Passage, list[Seen]] = {}
        self._knowing = Lock()
        self._caution = np.float32(settings["caution"])
        self._kind_temperature = np.float32(settings["kind_temperature"])
        self._gap_temperature = np.float32(settings["gap_temperature"])

    @cached_property
    def threads(self) -> ThreadPoolExecutor:
        """All that is read at one time shares them: more threads than processors would thrash their caches."""
        return ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1), thread_name_prefix="reader")

    def logits(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """`honest` scores of texts that each stand alone."""
        return self.honest(self._alone(texts))

    def vectors(self, texts: Sequence[str]) -> list[str]:
        """What each text that stands alone means, as `meaning` groups it."""
        return [each.vector for each in self._alone(texts)]

    def _alone(self, texts: Sequence[str]) -> list[Seen]:
        return [seen for (seen,) in self.read([("", text) for text in texts])]

    def honest(self, seen: Sequence[Seen]) -> tuple[Floats, Floats]:
        """Logits of kinds and of gaps, a row a statement, honest as they are."""
        width = len(self.kinds)
        found = np.array([each.logits for each in seen], np.float32).reshape(-1, width + len(self.gaps))
        kinds = found[:, :width] / self._kind_temperature
        kinds[:, 0] -= self._caution
        return kinds, found[:, width:] / self._gap_temperature

    def seen(self, texts: Sequence[str], rows: Sequence[int], joined: Sequence[str | None]) -> list[Seen]:
        """What is seen in these rows of the texts, each among its neighbours."""
        held = passages(rows, joined)
        read = self.read([_passage(texts, joined, each) for each in held])
        found = {row: one for each, those in zip(held, read, strict=True) for row, one in zip(each, those, strict=True)}
        return [found[row] for row in rows]

    def read(self, held: Sequence[Passage]) -> list[list[Seen]]:
        """What is seen in the statements of each passage; equal passages are read once."""
        with self._knowing:
            known = {each: self._known[each] for each in held if each in self._known}
        new = list(dict.fromkeys(each for each in held if each not in known))
        read = dict(zip(new, self._read(new), strict=True))
        with self._knowing:
            if len(self._known) + len(read) > _MOST_KNOWN:
                for each in list(islice(self._known, _MOST_KNOWN // 2)):
                    del self._known[each]
            self._known.update(read)
        known.update(read)
        return [known[each] for each in held]

    def _read(self, held: Sequence[Passage]) -> list[list[Seen]]:
        framed = [self._pieces.framed(each) for each in held]
        found: list[list[Seen]] = [[] for _ in held]
        abandoned = given_up.get()

        def read(rows: list[int]) -> None:
            if abandoned and abandoned.is_set():
                raise GivenUpError
            places = [(at, place) for at, row in enumerate(rows) for place in framed[row].places]
            own = np.zeros((len(places), len(framed[rows[0]].numbers)), np.float32)
            for number, (_, (start, end)) in enumerate(places):
                own[number, start:end] = 1
            given = {
                "pieces": np.array([framed[row].numbers for row in rows], np.int64),
                "own": own,
                "of": np.array([at for at, _ in places], np.int64),
            }
            logits, vectors = self._session.run(["logits", "vectors"], given)
            for (at, _), scored, vector in zip(places, logits, packed(vectors), strict=True):
                found[rows[at]].append(Seen(scored, vector))

        batches = _batches([len(each.numbers) for each in framed])
        if len(batches) < 2:
            for batch in batches:
                read(batch)
        else:
            list(self.threads.map(read, batches))
        return found


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


def scores(texts: Sequence[str], shift: Floats, joined: Sequence[str | None] | None = None) -> Scores:
    """Scores of both stages; `shift` is added to the log-odds of complaint against praise, a number a text.

    `joined` tells which texts are statements that stand together (`nearby.joined`); without it each stands alone.
    The student reads everything; where it sees that a statement may be a complaint, the reader reads it with its
    neighbours, and what both say is mixed. Then what the project wrote near it has its say. What praise is about is the
    student's alone.
    """
    first = model().scores(texts, shift)
    rows = np.flatnonzero(first.kinds[:, 0] >= reader().screen).tolist() if len(texts) else []
    if not rows:
        return first
    seen = reader().seen(texts, rows, joined or [None] * len(texts))
    kinds, gaps = reader().honest(seen)
    kinds[:, 0] += shift[rows] / 2
    kinds[:, 1] -= shift[rows] / 2
    near = said([each.vector for each in seen], reader().threads)
    both = first.kinds.copy(), first.gaps.copy()
    both[0][rows] = np.round(kind(mixed(first.kinds[rows], softmax(kinds), reader().kind_share), near), 4)
    both[1][rows] = about(mixed(first.gaps[rows], softmax(gaps), reader().gap_share), near)
    vectors = dict(zip(rows, (each.vector for each in seen), strict=True))
    means = [vectors.get(row, "") for row in range(len(texts))]
    return Scores(kinds=both[0], gaps=both[1], praised=first.praised, seen=means)


def _passage(texts: Sequence[str], joined: Sequence[str | None], rows: Sequence[int]) -> Passage:
    """What joins the first one to what is not read is left out."""
    after = [part for row in rows[1:] for part in (joined[row] or "", texts[row])]
    return ("", texts[rows[0]], *after)


def mixed(one: Floats, other: Floats, share: float) -> Floats:
    """The geometric mean of two opinions, the other's with this share."""
    logs = [np.log(np.maximum(each, np.float32(1e-4))) for each in (one, other)]
    return softmax((logs[0] * (1 - share) + logs[1] * share).astype(np.float32))


def session(graph: str | bytes, given: Mapping[str, Any] | None = None) -> Any:
    """A model opened from its file or its bytes, with what it is given in place of tables that it does not hold."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # In the runtime's own pool of memory two threads read up to a fifth more slowly, and it is never given back.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    # What the wider optimisation fuses runs slower than its parts.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    if given:
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in given.values()]
        options.add_external_initializers(list(given), values)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def settings() -> dict[str, Any]:
    """What makes scores honest, found on development data."""
    found: dict[str, Any] = json.loads((DATA / "reader.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The reader in the package, opened once, and only where something is read."""
    return Reader(session(str(DATA / "reader.onnx")), pieces(), settings())
