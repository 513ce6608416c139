"""What the student says of statements: complaint, praise or neutral, and which gap. Needs numpy alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis import encoder as encoding
from audits.analysis.encoder import Encoder, Floats

FILES = (
    "encoder.npz", "heads.npz", "reader.onnx", "reader.json", "vocab.txt", "written.npz", "confidence.json",
    "tutor.json", "tutored.npz",
)  # fmt: skip
"""Of the student, the sentence model that reads after it, what is written, what makes their confidence honest, the
digest of the larger model that an engagement's reading learns from, and what is written as that sees it."""
OTHER = "other-business"
OUTSIDE = ("vague", "outside-control", OTHER)
KINDS = ("complaint", "praise", "neutral")
_CODE = "16"
"""Raised when the way from text to scores changes without the files changing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A row a statement. `kinds` follows KINDS, `gaps` and `praised` follow `Model.gaps`; rows are probabilities."""

    kinds: Floats
    gaps: Floats
    praised: Floats
    seen: Sequence[str]
    """What each statement means (`meaning`), empty where the sentence model did not read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A linear head with whole-number weights, and the temperature that makes its confidence honest."""

    weights: Floats
    scale: Floats
    bias: Floats
    temperature: float

    def logits(self, rows: Floats) -> Floats:
        """One column a class; the sums are exact, so they do not depend on the batch."""
        return ((rows @ self.weights) * self.scale + self.bias) / np.float32(self.temperature)


class Model:
    """The encoder and its three heads."""

    def __init__(self, encoder: Encoder, gaps: tuple[str, ...], abstain: float, heads: tuple[Head, Head, Head]) -> None:
        self.encoder, self.gaps, self.abstain = encoder, gaps, abstain
        self.kind, self.gap, self.praise = heads

    def scores(self, texts: Sequence[str], shift: Floats | None = None) -> Scores:
        """Scores of the texts; `shift` is added to the log-odds of complaint against praise, a number a text."""
        rows = self.encoder.encode(texts).astype(np.float32)
        with encoding.alone():
            kinds, gaps, praised = (head.logits(rows) for head in (self.kind, self.gap, self.praise))
        if shift is not None:
            kinds[:, 0] += shift / 2
            kinds[:, 1] -= shift / 2
        return Scores(
            kinds=np.round(softmax(kinds), 4),
            gaps=softmax(gaps),
            praised=softmax(praised),
            seen=[""] * len(texts),
        )


def softmax(logits: Floats) -> Floats:
    """Probabilities of each row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True)) if len(logits) else logits
    found: Floats = raised / raised.sum(axis=1, keepdims=True) if len(logits) else raised
    return found


def _head(arrays: dict[str, NDArray[Any]], name: str) -> Head:
    return Head(
        weights=arrays[f"{name}_weights"].astype(np.float32),
        scale=arrays[f"{name}_scale"].astype(np.float32),
        bias=arrays[f"{name}_bias"].astype(np.float32),
        temperature=float(arrays[f"{name}_temperature"]),
    )


@lru_cache(maxsize=1)
def model() -> Model:
    """The model in the package, read once."""
    with np.load(encoding.DATA / "heads.npz") as arrays:
        kind, gap, praise = (_head(dict(arrays), name) for name in ("kind", "gap", "praise"))
        names = tuple(str(name) for name in arrays["gaps"])
        return Model(encoding.encoder(), names, float(arrays["abstain"]), (kind, gap, praise))


@lru_cache(maxsize=1)
def model_version() -> str:
    """Digest of the model's files: part of every cache key and printed in every report."""
    digest = hashlib.sha256(_CODE.encode())
    for path in (*(encoding.DATA / name for name in FILES), encoding.DATA.parent / "cues.toml"):
        digest.update(path.read_bytes())
    return f"base-{digest.hexdigest()[:12]}"
