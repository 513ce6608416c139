"""What teaches a model of sentences: weights, two heads, and statements as numbers. For development, needs torch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from audits.analysis import finetune_model
from audits.analysis.finetune_data import SEED, Example, Story, kept_pieces
from audits.analysis.finetune_model import SCALE
from audits.analysis.finetune_passages import Passage, batches, epoch, marked
from audits.analysis.model import KINDS
from audits.analysis.pieces import Pieces

EPOCHS, BATCH = 3, 32
"""Times that everything is read, and statements that a step's loss is shared out over."""
HEAD_RATE = 1e-3
SMOOTH = 0.1
SHARES = (0.52, 0.28, 0.20)
"""Of the kinds in what is learnt: a bank of complaints would make the reader see complaints."""


class Trainer:
    """Weights, heads, and the examples as numbers."""

    network: Any = finetune_model
    frozen, rate, kept = 2, 1e-4, 0.6
    """Layers that stay the pretrained model's, how fast the others learn, and how far the weights stand at the end from
    the pretrained ones towards the learnt ones: what those know of trades that nothing here names is kept."""

    def __init__(self, base: Path, words: Path, gaps: Sequence[str]) -> None:
        lines = words.read_text(encoding="utf-8").split("\n")
        kept = kept_pieces([line for line in lines if line])
        self.vocabulary = [lines[number] for number in kept]
        self.pieces = Pieces(self.vocabulary)
        self.weights = self.network.pretrained(base)
        table = "embeddings.word_embeddings.weight"
        self.weights[table] = self.weights[table][kept].clone()
        self.gaps = list(gaps)
        self.heads: dict[str, Any] = {}

    def encode(self, texts: Sequence[str], size: int = 64) -> np.ndarray[Any, Any]:
        """The vectors of the texts with the weights as they are."""
        import torch

        numbers = [self.pieces.numbers(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda row: len(numbers[row]))
        found = np.zeros((len(texts), self.network.WIDTH), np.float32)
        with torch.no_grad():
            for at in range(0, len(order), size):
                rows = order[at : at + size]
                read = [Passage(numbers=numbers[row], places=[(0, len(numbers[row]))], known=()) for row in rows]
                found[rows] = self.seen(read).numpy()
        return found

    def seen(self, held: Sequence[Passage], training: bool = False) -> Any:
        """A vector a statement of the passages."""
        import torch

        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.network is not finetune_model):
            frozen = self.frozen if training else 0
            return self.network.vectors(self.weights, *marked(held), frozen=frozen, training=training)

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
        """Fit the heads on the pretrained model as it is: where the fine-tuning starts from."""
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
            matrix, bias = np.zeros((size, self.network.WIDTH), np.float32), np.full(size, -9, np.float32)
            matrix[fitted.classes_], bias[fitted.classes_] = fitted.coef_ / SCALE, fitted.intercept_
            self.heads |= {f"{name}.weight": torch.from_numpy(matrix), f"{name}.bias": torch.from_numpy(bias)}

    def taught(self, alone: Sequence[Example], reviews: Sequence[Story]) -> Self:
        """The same with heads, taught statements and reviews, and then taken back part of the way."""
        self.probe([*alone, *(example for story in reviews for example in story)])
        before = {name: tensor.clone() for name, tensor in (self.weights | self.heads).items()}
        self.learn(alone, reviews)
        for part in (self.weights, self.heads):
            for name in part:
                part[name] = before[name] * (1 - self.kept) + part[name] * self.kept
        return self

    def learn(self, alone: Sequence[Example], reviews: Sequence[Story]) -> None:
        """Fine-tune the upper layers and the heads."""
        import torch

        torch.manual_seed(SEED)
        draw = random.Random(SEED)
        upper = [f"encoder.layer.{number}." for number in range(self.frozen, self.network.LAYERS)]
        learnt = [self.weights[name] for name in self.weights if name.startswith(tuple(upper))]
        for tensor in [*learnt, *self.heads.values()]:
            tensor.requires_grad_(True)
        groups = [{"params": learnt, "lr": self.rate}, {"params": list(self.heads.values()), "lr": HEAD_RATE}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        plan = [batches(epoch(alone, reviews, self.pieces, draw), draw) for _ in range(EPOCHS)]
        steps = sum(len(each) for each in plan)
        rates = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, [self.rate, HEAD_RATE], total_steps=steps + 1, pct_start=0.1
        )
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
            seen = self.seen(batch, training=True)
            kind = functional.linear(seen, self.heads["kind.weight"], self.heads["kind.bias"])
            gap = functional.linear(seen, self.heads["gap.weight"], self.heads["gap.bias"])
            kind_loss = functional.cross_entropy(kind, kinds[rows], reduction="none", label_smoothing=SMOOTH / 2)
            gap_loss = -(share[rows] * torch.log_softmax(gap, 1)).sum(1)
            yield (kind_loss * kind_weight[rows] + gap_loss * gap_weight[rows]).sum() / BATCH
