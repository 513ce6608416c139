"""MiniLM in functions over its own weight names, for development: needs torch, which nothing that ships does."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

WIDTH, HEADS, LAYERS = 384, 12, 6
SCALE = 6.0
"""Length of the vector that the heads see."""
DROPOUT = 0.1


def pretrained(folder: Path) -> dict[str, Any]:
    """The tensors of model.safetensors."""
    import torch

    data = (folder / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    body = data[8 + length :]
    found = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            array = np.frombuffer(body[start:end], "<f4").reshape(entry["shape"]).copy()
            found[name.removeprefix("bert.")] = torch.from_numpy(array)
    return found


def embed(weights: dict[str, Any], ids: Any, training: bool = False) -> Any:
    """What goes into the first layer."""
    from torch.nn import functional

    at = "embeddings."
    total = functional.embedding(ids, weights[at + "word_embeddings.weight"])
    total = total + weights[at + "position_embeddings.weight"][: ids.shape[1]]
    total = total + weights[at + "token_type_embeddings.weight"][0]
    return functional.dropout(normed(weights, at + "LayerNorm", total), DROPOUT, training)


class Layout(NamedTuple):
    """What the parts of a layer are called, how many heads attend, and what keeps a norm from nought."""

    attention: tuple[str, str, str]
    out: str
    norm: str
    heads: int
    near: float


BERT = Layout(
    attention=("attention.self.query", "attention.self.key", "attention.self.value"),
    out="attention.output.dense",
    norm="attention.output.LayerNorm",
    heads=HEADS,
    near=1e-12,
)


def layer(
    weights: dict[str, Any], number: int, x: Any, mask: Any, training: bool = False, called: Layout = BERT
) -> Any:
    """One layer of attention and its two dense layers; a mask of numbers is added to what attention weighs."""
    import torch
    from torch.nn import functional

    at = f"encoder.layer.{number}."
    rows, length, width = x.shape

    def part(name: str) -> Any:
        return linear(weights, at + name, x).view(rows, length, called.heads, width // called.heads).transpose(1, 2)

    query, key, value = (part(name) for name in called.attention)
    added = mask if mask.dtype == torch.bool else mask.to(query.dtype)
    seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=added)
    seen = linear(weights, at + called.out, seen.transpose(1, 2).reshape(rows, length, width))
    x = normed(weights, at + called.norm, x + functional.dropout(seen, DROPOUT, training), called.near)
    inner = functional.gelu(linear(weights, at + "intermediate.dense", x))
    inner = linear(weights, at + "output.dense", inner)
    return normed(weights, at + "output.LayerNorm", x + functional.dropout(inner, DROPOUT, training), called.near)


def vectors(weights: dict[str, Any], ids: Any, own: Any, of: Any, frozen: int = 0, training: bool = False) -> Any:
    """A row a statement: the mean of the last layer over its own pieces, at length SCALE.

    `ids`: a row a text, filled with zeros. `own`: a row a statement, above zero at its own pieces; `of`: the row of
    `ids` that it stands in. The first `frozen` layers pass no gradient and drop nothing.
    """
    import torch
    from torch.nn import functional

    mask = (ids != 0)[:, None, None, :]
    with torch.no_grad():
        x = embed(weights, ids)
        for number in range(frozen):
            x = layer(weights, number, x, mask)
    for number in range(frozen, LAYERS):
        x = layer(weights, number, x, mask, training)
    return functional.normalize(torch.einsum("sl,slw->sw", own, x[of]), dim=1) * SCALE


def linear(weights: dict[str, Any], name: str, x: Any) -> Any:
    """One dense layer."""
    from torch.nn import functional

    return functional.linear(x, weights[name + ".weight"], weights[name + ".bias"])


def normed(weights: dict[str, Any], name: str, x: Any, near: float = 1e-12) -> Any:
    """Each row at mean nought and spread one, then scaled."""
    from torch.nn import functional

    return functional.layer_norm(x, x.shape[-1:], weights[name + ".weight"], weights[name + ".bias"], near)
