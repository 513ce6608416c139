"""The encoder while it learns, in torch; then in whole numbers, as `audits.analysis.encoder` reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.distil.teacher import functional, padded, torch
from audits.analysis.words import Vocabulary

VECTOR, LOOKS, OUT = 128, 256, 256
RATE = 2e-3
DROP_WORDS, DROP_POOLED = 0.08, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What the encoder is to learn, a row a text: the teacher's vector, and its answers as probabilities."""

    texts: list[str]
    vectors: NDArray[np.float32]
    kinds: NDArray[np.float32]
    gaps: NDArray[np.float32]
    kind_weights: NDArray[np.float32]
    gap_weights: NDArray[np.float32]


class Student:
    """Weights by name; see the encoder for what they do."""

    def __init__(self, words: NDArray[np.float32], teacher_width: int, answers: int) -> None:
        self.words = torch.from_numpy(_reduced(words)).requires_grad_(True)
        self.look = torch.nn.Linear(VECTOR, 3 * LOOKS)
        self.bias = torch.zeros(LOOKS, requires_grad=True)
        self.out = torch.nn.Linear(2 * LOOKS + VECTOR, OUT)
        self.vector = torch.nn.Linear(OUT, teacher_width)
        self.answer = torch.nn.Linear(OUT, answers)
        torch.nn.init.zeros_(self.look.bias).requires_grad_(False)

    def parameters(self) -> list[Any]:
        """Everything that learns beside the word vectors."""
        parts = (self.out, self.vector, self.answer)
        return [self.bias, self.look.weight, *(weight for part in parts for weight in part.parameters())]

    def pooled(self, ids: Any, learning: bool = False) -> Any:
        """The strongest and the mean of the looks, and the mean word vector."""
        mask = (ids != 0).float().unsqueeze(-1)
        x = self.words[ids] * mask
        if learning:
            x = x * (torch.rand(ids.shape) > DROP_WORDS).float().unsqueeze(-1)
        left, here, right = self.look(x).split(LOOKS, -1)
        seen = here + functional.pad(left, (0, 0, 1, 0))[:, :-1] + functional.pad(right, (0, 0, 0, 1))[:, 1:]
        seen = torch.relu(seen + self.bias) * mask
        share = mask.sum(1).clamp(min=1)
        return torch.cat([seen.max(1).values, seen.sum(1) / share, x.sum(1) / share], -1)

    def encoded(self, pooled: Any) -> Any:
        """The statement's vector."""
        return torch.tanh(self.out(pooled))


def _reduced(words: NDArray[np.float32]) -> NDArray[np.float32]:
    """The teacher's word vectors along their main directions; the first word is the pad and stays empty."""
    centred = words - words.mean(axis=0)
    _, _, directions = np.linalg.svd(centred[::3], full_matrices=False)
    found: NDArray[np.float32] = (centred @ directions[:VECTOR].T).astype(np.float32)
    found *= np.float32(0.3) / found.std()
    found[0] = 0
    return found


def numbers(vocabulary: Vocabulary, texts: Sequence[str]) -> list[list[int]]:
    """Word numbers of each text with a pad at both ends, unknown words as their pieces."""
    found = []
    for text in texts:
        row, pieces = vocabulary.numbers([text])
        parts = [[int(one)] if one < vocabulary.size else list(pieces[one - vocabulary.size]) for one in row[1:-1]]
        found.append([0, *[one for part in parts for one in part][:60], 0])
    return found


def learn(student: Student, vocabulary: Vocabulary, lesson: Lesson, epochs: int, size: int = 256) -> None:
    """Make the encoder's vectors tell what the teacher's vectors and answers tell."""
    ids = numbers(vocabulary, lesson.texts)
    rates = [RATE * 0.6, RATE]
    groups = [{"params": [student.words], "lr": rates[0]}, {"params": student.parameters(), "lr": rates[1]}]
    optimiser = torch.optim.AdamW(groups, weight_decay=5e-3)
    steps = epochs * (len(ids) // size + 1) + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=steps, pct_start=0.1)
    chance = np.random.default_rng(epochs)
    for epoch in range(epochs):
        total = 0.0
        order = sorted(range(len(ids)), key=lambda at: len(ids[at]) + 8 * chance.random())
        parts = [order[start : start + size] for start in range(0, len(order), size)]
        for part in (parts[at] for at in chance.permutation(len(parts))):
            pooled = functional.dropout(student.pooled(padded([ids[at] for at in part]), True), DROP_POOLED)
            optimiser.zero_grad()
            loss = _loss(student, student.encoded(pooled), lesson, part)
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"student, epoch {epoch + 1} of {epochs}: loss {total / len(parts):.3f}", flush=True)


def _loss(student: Student, encoded: Any, lesson: Lesson, part: list[int]) -> Any:
    kinds, gaps = torch.from_numpy(lesson.kinds[part]), torch.from_numpy(lesson.gaps[part])
    answers = student.answer(encoded)
    width = gaps.shape[1]
    apart = 1 - functional.cosine_similarity(student.vector(encoded), torch.from_numpy(lesson.vectors[part]))
    said = -(gaps * torch.log_softmax(answers[:, :width], 1)).sum(1) * torch.from_numpy(lesson.gap_weights[part])
    felt = -(kinds * torch.log_softmax(answers[:, width:], 1)).sum(1) * torch.from_numpy(lesson.kind_weights[part])
    return 3 * apart.mean() + said.mean() + 1.5 * felt.mean()


def whole_numbers(student: Student, vocabulary: Vocabulary, texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The encoder's arrays and what it was taught to answer; the texts show how large the pooled numbers get."""
    rows = numbers(vocabulary, texts)
    with torch.no_grad():
        seen = [student.pooled(padded(rows[at : at + 512])).numpy() for at in range(0, len(rows), 512)]
        words, look, out = (each.detach().numpy() for each in (student.words, student.look.weight, student.out.weight))
        look_bias, out_bias = student.bias.detach().numpy(), student.out.bias.detach().numpy()
    words = words.copy()
    words[0] = 0
    columns = np.percentile(np.abs(words), 99.9, axis=0) / 127
    look = look.T * columns[:, None]
    look_scale = np.abs(look).max(axis=0) / 127
    pooled = np.concatenate(seen)
    pooled[:, 2 * LOOKS :] /= columns
    pool_scale = 127 / np.maximum(np.percentile(np.abs(pooled), 99.8, axis=0), 1e-6)
    out = out.T.copy()
    out[2 * LOOKS :] *= columns[:, None]
    out /= pool_scale[:, None]
    out_scale = np.abs(out).max(axis=0) / 127
    return {
        "vectors": np.clip(np.rint(words / columns), -127, 127).astype(np.int8),
        "look": np.rint(look / look_scale).astype(np.int8),
        "look_scale": look_scale.astype(np.float32),
        "look_bias": look_bias.astype(np.float32),
        "pool_scale": pool_scale.astype(np.float32),
        "out": np.rint(out / out_scale).astype(np.int8),
        "out_scale": out_scale.astype(np.float32),
        "out_bias": out_bias.astype(np.float32),
        "answer": student.answer.weight.detach().numpy().T.astype(np.float32),
        "answer_bias": student.answer.bias.detach().numpy().astype(np.float32),
    }
