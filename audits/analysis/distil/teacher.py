"""all-MiniLM-L6-v2 in torch, its upper layers taught the bank: the teacher whose answers the encoder learns."""

from __future__ import annotations

import importlib
import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.words import UNREAD

torch: Any = importlib.import_module("torch")
functional: Any = importlib.import_module("torch.nn.functional")

LAYERS, HEADS, WIDTH = 6, 12, 384
FROZEN = 4
"""Lower layers that are left as they are: what they know of words outside the bank is kept."""
LONGEST = 64
SHARPNESS = 6.0
"""Length of the sentence vector that the teacher's heads read."""


class Teacher:
    """Weights by name, a tokenizer, and two heads: gap and kind."""

    def __init__(self, folder: Path, gaps: int) -> None:
        tokenizers = importlib.import_module("tokenizers")
        self.tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.weights = _weights(folder / "model.safetensors")
        self.gap = torch.nn.Linear(WIDTH, gaps)
        self.kind = torch.nn.Linear(WIDTH, 3)
        self._below: dict[str, Any] = {}

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Word-piece numbers of each text, links, handles and redaction marks left out."""
        found = []
        for each in self.tokenizer.encode_batch([UNREAD.sub(" ", text) for text in texts]):
            ids = list(each.ids)
            found.append(ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], ids[-1]])
        return found

    def below(self, texts: Sequence[str], ids: Any) -> Any:
        """What the frozen layers make of each text, worked out once and kept: nothing that is taught changes it."""
        if any(text not in self._below for text in texts):
            lengths = (ids != 0).sum(1).tolist()
            for text, row, length in zip(texts, self._lower(ids), lengths, strict=True):
                self._below[text] = row[:length].clone()
        return torch.nn.utils.rnn.pad_sequence([self._below[text] for text in texts], batch_first=True)

    def _lower(self, ids: Any) -> Any:
        with torch.no_grad():
            w = self.weights
            x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.token_type_embeddings.weight"][0]
            x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
            x = self._norm(x, "embeddings.LayerNorm")
            return self._layers(x, ids, range(FROZEN), 0.0)

    def upper(self, x: Any, ids: Any, dropout: float = 0.0) -> Any:
        """The sentence vector: the mean over the words of the last layer."""
        x = self._layers(x, ids, range(FROZEN, LAYERS), dropout)
        mask = (ids != 0).float().unsqueeze(-1)
        return (x * mask).sum(1) / mask.sum(1)

    def logits(self, vectors: Any) -> Any:
        """Gap and kind logits beside each other."""
        unit = functional.normalize(vectors, dim=1) * SHARPNESS
        return torch.cat([self.gap(unit), self.kind(unit)], 1)

    def _norm(self, x: Any, name: str) -> Any:
        return functional.layer_norm(
            x, (WIDTH,), self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], eps=1e-12
        )

    def _linear(self, x: Any, name: str) -> Any:
        return functional.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def _layers(self, x: Any, ids: Any, numbers: range, dropout: float) -> Any:
        mask = (ids != 0)[:, None, None, :]
        batch, length, _ = x.shape
        for number in numbers:
            at = f"encoder.layer.{number}"
            q, k, v = (
                self._linear(x, f"{at}.attention.self.{part}").view(batch, length, HEADS, -1).transpose(1, 2)
                for part in ("query", "key", "value")
            )
            seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
            seen = self._linear(seen.transpose(1, 2).reshape(batch, length, WIDTH), f"{at}.attention.output.dense")
            x = self._norm(x + functional.dropout(seen, dropout), f"{at}.attention.output.LayerNorm")
            thought = functional.gelu(self._linear(x, f"{at}.intermediate.dense"))
            thought = functional.dropout(self._linear(thought, f"{at}.output.dense"), dropout)
            x = self._norm(x + thought, f"{at}.output.LayerNorm")
        return x

    def taught(self) -> list[Any]:
        """The weights of the upper layers, ready to be changed."""
        names = [f"encoder.layer.{number}." for number in range(FROZEN, LAYERS)]
        found = [weight for name, weight in self.weights.items() if any(name.startswith(one) for one in names)]
        return [weight.requires_grad_(True) for weight in found]


def _weights(path: Path) -> dict[str, Any]:
    """The tensors of a safetensors file."""
    raw = path.read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    found = {}
    for name, entry in json.loads(raw[8 : 8 + length]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = (8 + length + at for at in entry["data_offsets"])
            array = np.frombuffer(raw[begin:end], np.float32).reshape(entry["shape"]).copy()
            found[name.removeprefix("bert.")] = torch.from_numpy(array)
    return found


def padded(rows: Sequence[Sequence[int]]) -> Any:
    """Rows of numbers as one table, filled up with 0."""
    table = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row
    return torch.from_numpy(table)


def read(teacher: Teacher, texts: Sequence[str], *, answers: bool, size: int = 64) -> NDArray[np.float32]:
    """The teacher's vectors of unit length, or its answers (logits), a row a text."""
    tokens = teacher.tokens(texts)
    order = sorted(range(len(tokens)), key=lambda at: len(tokens[at]))
    rows: list[Any] = [None] * len(texts)
    with torch.no_grad():
        for start in range(0, len(order), size):
            part = order[start : start + size]
            ids = padded([tokens[at] for at in part])
            vectors = teacher.upper(teacher.below([texts[at] for at in part], ids), ids)
            found = teacher.logits(vectors) if answers else functional.normalize(vectors, dim=1)
            for at, row in zip(part, found.numpy(), strict=True):
                rows[at] = row
    return np.stack(rows)


def teach(
    teacher: Teacher, texts: Sequence[str], kinds: NDArray[Any], gaps: NDArray[Any], weights: NDArray[Any], epochs: int
) -> None:
    """Teach the upper layers and the heads. `weights` has two columns: of the kind and of the gap of each text."""
    tokens = teacher.tokens(texts)
    heads = [*teacher.gap.parameters(), *teacher.kind.parameters()]
    rates = [1.5e-4, 3e-3]
    groups = [{"params": teacher.taught(), "lr": rates[0]}, {"params": heads, "lr": rates[1]}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = (len(texts) + 31) // 32
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=epochs * batches + 1, pct_start=0.1)
    truth = [torch.from_numpy(each.astype(np.float32)) for each in (kinds, gaps, weights)]
    chance = np.random.default_rng(epochs)
    for epoch in range(epochs):
        total = 0.0
        order = sorted(range(len(tokens)), key=lambda at: len(tokens[at]) + 8 * chance.random())
        parts = [order[start : start + 32] for start in range(0, len(order), 32)]
        for part in (parts[at] for at in chance.permutation(len(parts))):
            ids = padded([tokens[at] for at in part])
            below = teacher.below([texts[at] for at in part], ids)
            logits = teacher.logits(teacher.upper(below, ids, dropout=0.1))
            kind, gap, weight = (each[part] for each in truth)
            width = gap.shape[1]
            said = -(gap * torch.log_softmax(logits[:, :width], 1)).sum(1) * weight[:, 1]
            felt = -(kind * torch.log_softmax(logits[:, width:], 1)).sum(1) * weight[:, 0]
            optimiser.zero_grad()
            loss = said.mean() + felt.mean()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"teacher, epoch {epoch + 1} of {epochs}: loss {total / len(parts):.3f}", flush=True)
