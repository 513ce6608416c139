"""The sentence model says the same of a statement in any company, offline, from files that are small enough."""

from __future__ import annotations

import os
import random
import socket
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from audits.analysis import reader as reading
from audits.analysis.encoder import DATA
from audits.analysis.gaps import frame
from audits.analysis.model import KINDS, OUTSIDE, model
from audits.analysis.pieces import LONGEST, Pieces, pieces
from audits.analysis.reader import reader

TEXTS = [
    "The ferry left two hours late and nobody told us",
    "Cancelled at the dock",
    "Lovely crossing, spotless cabins",
    "They charged my card twice for the same crossing",
    "The boat has two decks and a small shop",
    "never again",
    "",
    "a" * 3_000,
    "late and rude, " * 60,
    "Ünïcödé naïve café ☕ £40",
]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "late", "un", "##help", "##ful", "'", "t", "don", "£", "40", "cafe", "!"]


def test_the_reader_knows_the_gaps_of_the_frame_and_the_kinds_of_the_student() -> None:
    assert reader().gaps == model().gaps
    assert reader().kinds == KINDS
    assert set(reader().gaps) == set(frame().slugs) | set(OUTSIDE)


def test_the_files_of_both_stages_fit_in_the_package() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) <= 30_000_000


def test_scores_are_finite_and_one_row_a_text() -> None:
    for table, width in zip(reader().logits(TEXTS), (len(KINDS), len(reader().gaps)), strict=True):
        assert table.shape == (len(TEXTS), width)
        assert np.isfinite(table).all()
        assert len(reader().logits([])[0]) == 0


def test_a_statement_is_read_the_same_to_the_bit_alone_shuffled_and_in_threads() -> None:
    many = [f"{text} {number}" for number in range(30) for text in TEXTS]
    kinds, gaps = reader().logits(many)
    order = list(range(len(many)))
    random.Random(7).shuffle(order)
    shuffled = reader().logits([many[at] for at in order])
    assert (shuffled[0] == kinds[order]).all()
    assert (shuffled[1] == gaps[order]).all()
    with ThreadPoolExecutor(3) as threads:
        alone = list(threads.map(lambda text: reader().logits([text]), many[:40]))
    assert (np.concatenate([one[0] for one in alone]) == kinds[:40]).all()
    assert (np.concatenate([one[1] for one in alone]) == gaps[:40]).all()


def test_one_thread_reads_what_two_read(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, _ = reader().logits(TEXTS)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert (reader().logits(TEXTS)[0] == kinds).all()


def test_equal_statements_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    inner = reader()._read
    monkeypatch.setattr(reader(), "_read", lambda texts: (read.append(len(texts)), inner(texts))[1])
    kinds, _ = reader().logits(["late again"] * 50 + ["rude"])
    assert read == [2]
    assert (kinds[:50] == kinds[0]).all()


def test_reading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    reading.reader.cache_clear()
    assert len(reader().logits(["The queue was long"])[0]) == 1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("LATE!", (2, 4, 14, 3)),
        ("unhelpful", (2, 5, 6, 7, 3)),
        ("don’t", (2, 10, 8, 9, 3)),
        ("£40", (2, 11, 12, 3)),
        ("Café", (2, 13, 3)),
        ("zzz", (2, 1, 3)),
        ("@firm https://x.example/a [name] late", (2, 4, 3)),
        ("", (2, 3)),
    ],
)
def test_words_are_cut_as_the_vocabulary_has_them(text: str, numbers: tuple[int, ...]) -> None:
    assert Pieces(WORDS).numbers(text) == numbers


def test_a_long_statement_is_read_up_to_its_limit() -> None:
    numbers = pieces().numbers("late " * 500)
    assert len(numbers) == LONGEST
    assert numbers[-1] == pieces().numbers("")[-1]
