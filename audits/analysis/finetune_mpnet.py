"""MPNet in functions over its own weight names, for development: the larger model that the sentence model learns from.

Needs torch, which nothing that ships does. The pieces are numbered as MiniLM's are: MPNet's words are BERT's, four
places further on, and its own frame stands where BERT's does.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from audits.analysis import finetune_model
from audits.analysis.finetune_model import SCALE, Layout, layer, normed

WIDTH, HEADS, LAYERS = 768, 12, 12
BUCKETS, FAR = 32, 128
"""Distances that are told apart, and the one from which all are one."""
CALLED = Layout(
    attention=("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    out="attention.attn.o",
    norm="attention.LayerNorm",
    heads=HEADS,
    near=1e-5,
)
_WORDS = "embeddings.word_embeddings.weight"
_PAD, _FIRST, _LAST, _SHIFT = 0, 101, 102, 4


def pretrained(folder: Path) -> dict[str, Any]:
    """The tensors of model.safetensors, a row a piece as BERT numbers them."""
    found = finetune_model.pretrained(folder)
    words = found[_WORDS]
    table = words[_SHIFT : _SHIFT + 30_522].clone()
    for row, own in ((_PAD, 1), (_FIRST, 0), (_LAST, 2)):
        table[row] = words[own]
    found[_WORDS] = table
    return found


def vectors(weights: dict[str, Any], ids: Any, own: Any, of: Any, frozen: int = 0, training: bool = False) -> Any:
    """A row a statement, as `finetune_model.vectors` gives it."""
    import torch
    from torch.nn import functional

    length = ids.shape[1]
    with torch.no_grad():
        mask = torch.zeros(ids.shape).masked_fill(ids == 0, -1e4)[:, None, None, :] + apart(weights, length)
        at = "embeddings."
        x = functional.embedding(ids, weights[_WORDS]) + weights[at + "position_embeddings.weight"][2 : 2 + length]
        x = normed(weights, at + "LayerNorm", x, CALLED.near)
        for number in range(frozen):
            x = layer(weights, number, x, mask, called=CALLED)
    for number in range(frozen, LAYERS):
        x = layer(weights, number, x, mask, training, CALLED)
    with torch.autocast("cpu", enabled=False):
        return functional.normalize(torch.einsum("sl,slw->sw", own, x[of].float()), dim=1) * SCALE


def apart(weights: dict[str, Any], length: int) -> Any:
    """What is added for how far apart two pieces stand: a table a head, one for all layers."""
    import torch

    places = torch.arange(length)
    between = places[:, None] - places[None, :]
    half = BUCKETS // 2
    near = half // 2
    far = between.abs()
    logs = near + (torch.log(far.clamp(min=1) / near) / math.log(FAR / near) * (half - near)).long()
    bucket = (between < 0).long() * half + torch.where(far < near, far, logs.clamp(max=half - 1))
    return weights["encoder.relative_attention_bias.weight"][bucket].permute(2, 0, 1)[None]
