"""The sentence model says the same of a statement in any company, offline, from files that are small enough."""

from __future__ import annotations

import os
import random
import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Event

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
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) <= 87_000_000


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


def test_threads_that_forget_what_others_read_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"late {number}" for number in range(40)]
    kinds = reader().logits(texts)[0]
    reading.reader.cache_clear()
    monkeypatch.setattr(reading, "_MOST_KNOWN", 4)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda at: reader().logits(texts[at : at + 6])[0], range(30)))
    assert all((one == kinds[at : at + 6]).all() for at, one in enumerate(found))


def test_what_is_given_up_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    over = Event()
    reading.reader.cache_clear()
    inner, ran = reader()._session, []

    class Session:
        def run(self, *given: object) -> object:
            ran.append(given)
            over.set()
            return inner.run(*given)

    monkeypatch.setattr(reader(), "_session", Session())
    with ThreadPoolExecutor(1, initializer=reading.given_up.set, initargs=(over,)) as threads:
        asked = threads.submit(reader().logits, [f"{'late ' * number}" for number in range(2, 60)])
        with pytest.raises(reading.GivenUpError):
            asked.result()
    assert len(ran) <= reading.THREADS
    assert len(reader().logits(["late"])[0]) == 1


def test_what_a_statement_means_is_the_same_to_the_bit_alone_and_in_company() -> None:
    many = [f"{text} {number} again" for number in range(20) for text in TEXTS]
    together = reader().vectors(many)
    reading.reader.cache_clear()
    assert [reader().vectors([text])[0] for text in many[:40]] == together[:40]
    assert len({len(vector) for vector in together}) == 1


def test_one_thread_reads_what_two_read(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, _ = reader().logits(TEXTS)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    reading.reader.cache_clear()
    assert (reader().logits(TEXTS)[0] == kinds).all()


def test_equal_statements_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    inner = reader()._read
    monkeypatch.setattr(reader(), "_read", lambda texts: (read.append(len(texts)), inner(texts))[1])
    kinds, _ = reader().logits(["late again"] * 50 + ["rude"])
    assert read == [2]
    assert (kinds[:50] == kinds[0]).all()


def test_what_was_scored_is_not_read_again_for_what_it_means(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["The lift stood still", "No towels at all"]
    reader().logits(texts)
    read: list[str] = []
    inner = reader()._read
    monkeypatch.setattr(reader(), "_read", lambda new: (read.extend(new), inner(new))[1])
    assert len(reader().vectors(texts)) == 2
    assert read == []


def test_the_memory_of_what_was_read_forgets_the_older_half(monkeypatch: pytest.MonkeyPatch) -> None:
    reading.reader.cache_clear()
    monkeypatch.setattr(reading, "_MOST_KNOWN", 4)
    for at in range(0, 9, 3):
        first = reader().logits([f"late {at + number}" for number in range(3)])[0]
    assert (reader().logits(["late 6", "late 7", "late 8"])[0] == first).all()
    assert len(reader()._known) <= 5


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
