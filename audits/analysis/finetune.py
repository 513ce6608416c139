"""Make the sentence model again: `python -m audits.analysis.finetune MINILM_DIR REVIEWS_DIR`; needs torch and onnx.

MINILM_DIR holds all-MiniLM-L6-v2 (Apache-2.0: model.safetensors, vocab.txt), REVIEWS_DIR the public sets of which the
MAMS sentences (Apache-2.0), lounge reviews (CC0) and letters to a regulator (MIT) are read.
The heads are first fitted on MiniLM as it is, then the upper layers learn with them, and the weights that ship lie
between MiniLM's and the learnt ones: what MiniLM knows of trades that the bank does not name is kept.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from audits.analysis.encoder import DATA
from audits.analysis.finetune_data import SEED, Example, Story, examples, kept_pieces, mams, names, stories
from audits.analysis.finetune_export import export
from audits.analysis.finetune_model import LAYERS, SCALE, WIDTH, pretrained, vectors
from audits.analysis.finetune_passages import Passage, batches, epoch, marked
from audits.analysis.finetune_settings import settings
from audits.analysis.model import KINDS
from audits.analysis.pieces import Pieces
from audits.analysis.train import bank

EPOCHS, BATCH, FROZEN = 3, 32, 2
"""Times that everything is read, statements that a step's loss is shared out over, layers that stay MiniLM's."""
RATE, HEAD_RATE = 1e-4, 1e-3
SMOOTH = 0.1
KEPT = 0.6
"""How far the shipped weights stand from MiniLM's towards the learnt ones."""
HELD = frozenset({"insurer", "hotel", "parcel", "software", "gym", "school"})
"""Trades on which the settings are found, by a model that was not shown them."""
SHARES = (0.52, 0.28, 0.20)
"""Of the kinds in what is learnt: a bank of complaints would make the reader see complaints."""
MAMS_SENTENCES = 3_000


class Trainer:
    """Weights, heads, and the examples as numbers."""

    def __init__(self, base: Path, gaps: Sequence[str]) -> None:
        lines = (base / "vocab.txt").read_text(encoding="utf-8").split("\n")
        kept = kept_pieces([line for line in lines if line])
        self.vocabulary = [lines[number] for number in kept]
        self.pieces = Pieces(self.vocabulary)
        self.weights = pretrained(base)
        table = "embeddings.word_embeddings.weight"
        self.weights[table] = self.weights[table][kept].clone()
        self.gaps = list(gaps)
        self.heads: dict[str, Any] = {}

    def encode(self, texts: Sequence[str], size: int = 64) -> np.ndarray[Any, Any]:
        """The vectors of the texts with the weights as they are."""
        import torch

        numbers = [self.pieces.numbers(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda row: len(numbers[row]))
        found = np.zeros((len(texts), WIDTH), np.float32)
        with torch.no_grad():
            for at in range(0, len(order), size):
                rows = order[at : at + size]
                read = [Passage(numbers=numbers[row], places=[(0, len(numbers[row]))], known=()) for row in rows]
                found[rows] = vectors(self.weights, *marked(read)).numpy()
        return found

    def logits(self, texts: Sequence[str]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Of kinds and of gaps."""
        held = self.encode(texts)
        kinds, gaps = (
            held @ self.heads[f"{name}.weight"].numpy().T + self.heads[f"{name}.bias"].numpy()
            for name in ("kind", "gap")
        )
        return kinds, gaps

    def targets(self, rows: Sequence[Example]) -> tuple[Any, Any, Any, Any]:
        """Kinds, shares of gaps, and the weight of each."""
        import torch

        kinds = np.array([KINDS.index(row.kind) for row in rows])
        share = np.zeros((len(rows), len(self.gaps)), np.float32)
        for number, row in enumerate(rows):
            for gap in row.gaps:
                share[number, self.gaps.index(gap)] = 1 / len(row.gaps)
        sure = np.array([row.sure for row in rows], np.float32)
        mass = np.array([sure[kinds == kind].sum() for kind in range(len(KINDS))])
        kind_weight = (sure * (np.array(SHARES) / mass * sure.sum())[kinds]).astype(np.float32)
        gap_weight = np.array([(1.0 if row.kind == "complaint" else 0.3) * bool(row.gaps) for row in rows], np.float32)
        return tuple(torch.from_numpy(each) for each in (kinds, share, kind_weight, gap_weight))

    def probe(self, rows: Sequence[Example]) -> None:
        """Fit the heads on MiniLM as it is: where the fine-tuning starts from."""
        import torch
        from sklearn.linear_model import LogisticRegression

        held = self.encode([row.text for row in rows]).astype(np.float64) / SCALE
        kinds, share, kind_weight, gap_weight = (each.numpy() for each in self.targets(rows))
        at, gap = np.nonzero(share)
        for name, x, y, weight, c in (
            ("kind", held, kinds, kind_weight, 1.0),
            ("gap", held[at], gap, (gap_weight[:, None] * share)[at, gap], 1.0),
        ):
            keep = weight > 0
            fitted = LogisticRegression(C=c, max_iter=200).fit(x[keep], y[keep], sample_weight=weight[keep])
            size = len(KINDS) if name == "kind" else len(self.gaps)
            matrix, bias = np.zeros((size, WIDTH), np.float32), np.full(size, -9, np.float32)
            matrix[fitted.classes_], bias[fitted.classes_] = fitted.coef_ / SCALE, fitted.intercept_
            self.heads |= {f"{name}.weight": torch.from_numpy(matrix), f"{name}.bias": torch.from_numpy(bias)}

    def learn(self, alone: Sequence[Example], reviews: Sequence[Story], epochs: int = EPOCHS) -> None:
        """Fine-tune the upper layers and the heads."""
        import torch

        torch.manual_seed(SEED)
        draw = random.Random(SEED)
        upper = [f"encoder.layer.{number}." for number in range(FROZEN, LAYERS)]
        learnt = [self.weights[name] for name in self.weights if name.startswith(tuple(upper))]
        for tensor in [*learnt, *self.heads.values()]:
            tensor.requires_grad_(True)
        groups = [{"params": learnt, "lr": RATE}, {"params": list(self.heads.values()), "lr": HEAD_RATE}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        plan = [batches(epoch(alone, reviews, self.pieces, draw), draw) for _ in range(epochs)]
        steps = sum(len(each) for each in plan)
        rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, [RATE, HEAD_RATE], total_steps=steps + 1, pct_start=0.1)
        for number, read in enumerate(plan, start=1):
            total = 0.0
            for loss in self._losses(read):
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(learnt, 1.0)
                optimizer.step()
                rates.step()
                total += loss.item()
            print(f"epoch {number}: loss {total / len(read):.3f}", flush=True)
        for tensor in [*learnt, *self.heads.values()]:
            tensor.requires_grad_(False)

    def _losses(self, read: Sequence[Sequence[Passage]]) -> Iterator[Any]:
        """The loss of each batch, what its statements weigh being found over all of them."""
        import torch
        from torch.nn import functional

        known = [[example for passage in batch for example in passage.known] for batch in read]
        kinds, share, kind_weight, gap_weight = self.targets([example for each in known for example in each])
        share = share * (1 - SMOOTH) + SMOOTH / len(self.gaps)
        end = 0
        for batch, own in zip(read, known, strict=True):
            rows, end = slice(end, end + len(own)), end + len(own)
            seen = vectors(self.weights, *marked(batch), frozen=FROZEN, training=True)
            kind = functional.linear(seen, self.heads["kind.weight"], self.heads["kind.bias"])
            gap = functional.linear(seen, self.heads["gap.weight"], self.heads["gap.bias"])
            kind_loss = functional.cross_entropy(kind, kinds[rows], reduction="none", label_smoothing=SMOOTH / 2)
            gap_loss = -(share[rows] * torch.log_softmax(gap, 1)).sum(1)
            yield (kind_loss * kind_weight[rows] + gap_loss * gap_weight[rows]).sum() / BATCH


def trained(base: Path, gaps: Sequence[str], alone: Sequence[Example], reviews: Sequence[Story]) -> Trainer:
    """MiniLM with heads, taught statements and reviews, and then taken back part of the way."""
    found = Trainer(base, gaps)
    found.probe([*alone, *(example for story in reviews for example in story)])
    before = {name: tensor.clone() for name, tensor in (found.weights | found.heads).items()}
    found.learn(alone, reviews)
    for part in (found.weights, found.heads):
        for name in part:
            part[name] = before[name] * (1 - KEPT) + part[name] * KEPT
    return found


def main() -> None:
    """Find the settings on trades held out, then teach everything and write the three files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, help="keeps what was taught, so that a run that broke off goes on")
    parser.add_argument("--part", choices=("partly", "whole"), help="only the settings, or only the model")
    options = parser.parse_args()
    print(f"seed {SEED}, {EPOCHS} epochs, {FROZEN} layers frozen", flush=True)
    lines = bank()
    known, gaps = examples(lines), names(lines)
    sentences, reviews = mams(options.reviews / "mams", MAMS_SENTENCES), stories(options.reviews)
    if options.part != "whole":
        held = [row for row in known if row.trade in HELD]
        few = [row for row in known if row.trade not in HELD] + sentences
        told = [story for story in reviews if story[0].trade not in HELD]
        partly = kept(options.work, "partly", lambda: trained(options.minilm, gaps, few, told))
        found = settings(*partly.logits([row.text for row in held]), held, gaps)
        (options.out / "reader.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if options.part == "partly":
        return
    whole = kept(options.work, "whole", lambda: trained(options.minilm, gaps, known + sentences, reviews))
    (options.out / "vocab.txt").write_text("\n".join(whole.vocabulary) + "\n", encoding="utf-8")
    weights, heads = ({name: tensor.numpy() for name, tensor in part.items()} for part in (whole.weights, whole.heads))
    export(weights, heads, options.out / "reader.onnx")


def kept(folder: Path | None, part: str, teach: Callable[[], Trainer]) -> Trainer:
    """What was taught: read from the folder where it is there already, else taught now and put there."""
    path = folder / f"{part}.pickle" if folder else None
    if path and path.exists():
        return cast(Trainer, pickle.loads(path.read_bytes()))
    found = teach()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(found))
    return found


if __name__ == "__main__":
    main()
