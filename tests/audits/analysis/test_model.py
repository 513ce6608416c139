"""The model is small, needs no training library, knows the frame's gaps, and says the same of a text in any company."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from audits.analysis import encoder as encoding
from audits.analysis import looks
from audits.analysis.gaps import frame
from audits.analysis.model import OUTSIDE, model, model_version
from audits.analysis.words import Vocabulary

TEXTS = [
    "Waited forty minutes to be seated",
    "the ferry was cancelled and nobody rebooked us",
    "zxqv wobblegronk!!",
    "",
    "Lovely staff",
    "sooooo slooow",
    "Ünïcödé naïve café",
    "a" * 5_000,
]


def test_the_model_knows_the_gaps_of_the_frame_and_what_lies_outside() -> None:
    assert set(model().gaps) == set(frame().slugs) | set(OUTSIDE)
    assert model().gaps[-len(OUTSIDE) :] == OUTSIDE


def test_the_version_is_the_digest_of_the_files() -> None:
    assert model_version().startswith("base-")
    assert len(model_version()) == len("base-") + 12


def test_probabilities_are_probabilities_for_any_text() -> None:
    scores = model().scores(TEXTS)
    for table in (scores.kinds, scores.gaps, scores.praised):
        assert len(table) == len(TEXTS)
        assert np.isfinite(table).all()
        assert np.allclose(table.sum(axis=1), 1, atol=1e-3)


def test_no_text_gives_no_row() -> None:
    assert len(model().scores([]).kinds) == 0


def test_a_text_has_the_same_vector_to_the_bit_in_any_batch() -> None:
    many = [f"{text} {number}" for number in range(400) for text in TEXTS]
    whole = model().encoder.encode(many)
    assert (model().encoder.encode(many[::-1])[::-1] == whole).all()
    assert (np.concatenate([model().encoder.encode([text]) for text in many[:50]]) == whole[:50]).all()


@pytest.mark.parametrize("kept", [1, 7, 60])
def test_what_is_remembered_of_words_changes_no_vector(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*TEXTS, "zqvx wrblt of the blorptastic queueueue", *TEXTS[::-1]]
    usual = encoding.encoder().encode(texts)
    monkeypatch.setattr(looks, "KEPT", kept)
    encoding.encoder.cache_clear()
    try:
        few = encoding.encoder()
        assert all((few.encode(texts) == usual).all() for _ in range(2))
    finally:
        encoding.encoder.cache_clear()


def test_threads_that_encode_at_one_time_give_the_vectors_of_one() -> None:
    texts = [f"The {word}{number} came late zq{number}x" for number in range(60) for word in ("ferry", "flarn", "bus")]
    together = model().encoder.encode(texts)
    encoding.encoder.cache_clear()
    fresh = encoding.encoder()
    with ThreadPoolExecutor(4) as threads:
        apart = list(threads.map(lambda at: fresh.encode(texts[at : at + 9]), range(0, len(texts), 9)))
    assert (np.concatenate(apart) == together).all()


def test_links_handles_and_redaction_marks_are_not_read() -> None:
    plain, marked = (
        model()
        .encoder.encode(["the bag was lost", "@somefirm the bag was lost https://x.example/1 [name]"])
        .astype(int)
    )
    assert (plain == marked).all()


def test_a_word_that_is_not_known_is_read_as_a_spelling_or_in_pieces() -> None:
    words = Vocabulary(["<pad>", "0", "slow", "dont", "re", "##fund", "##s"])
    numbers, pieces = words.numbers(["slooooow don't refunds 3 qq"])
    assert numbers[[0, -1]].tolist() == [0, 0]
    assert numbers[1:5].tolist() == [2, 3, words.size, 1]
    assert pieces == [(4, 5, 6), (0,)]


@pytest.mark.parametrize("module", ["sklearn", "scipy", "torch", "tokenizers", "transformers", "pandas"])
def test_reading_needs_numpy_and_onnxruntime_alone(module: str) -> None:
    code = (
        "import sys; from audits.analysis.assign import statements_of; statements_of(None, 'The bag was lost.'); "
        f"sys.exit({module!r} in sys.modules)"
    )
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
