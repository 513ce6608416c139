"""MPNet as an ONNX graph whose weights stand beside it in 4 bits, for development; needs onnx.

The graph computes as the sentence model's does (`finetune_export`); what it is given instead of weights is made of the
packed ones when it is opened (`tutor`), so that the package holds half of a byte a weight.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.finetune_export import Graph, layer, made, pooled
from audits.analysis.finetune_mpnet import CALLED, LAYERS, WIDTH, apart
from audits.analysis.pieces import LONGEST
from audits.analysis.quarters import packed, whole

Array = NDArray[Any]


class Tight(Graph):
    """A graph whose large tables stand elsewhere: `held` has each in 4 bits, by the name that the graph asks for."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        super().__init__(weights)
        self.held: dict[str, Array] = {}

    def table(self, weight: Array, turned: bool) -> tuple[str, Array]:
        """The name of a table of whole numbers, and the scale of each row of the weight."""
        from onnx import TensorProto

        codes, steps = packed(weight)
        exact, scale = whole(codes, steps)
        name = self.constant((exact.T if turned else exact)[:0])
        tensor = self.constants[-1]
        del tensor.dims[:]
        tensor.dims.extend(exact.T.shape if turned else exact.shape)
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", "none"), ("offset", "0"), ("length", str(exact.size))):
            entry = tensor.external_data.add()
            entry.key, entry.value = key, value
        self.held |= {f"{name}:{'turned' if turned else 'rows'}": codes, f"{name}:steps": steps}
        return name, scale

    def exact(self, weight: Array) -> tuple[str, Array]:
        # What the heads weigh is small, and stays as exact as it is.
        return self.table(weight, turned=True) if len(weight) >= WIDTH else super().exact(weight)


def export(weights: Mapping[str, Array], heads: Mapping[str, Array], path: Path) -> None:
    """Write the graph with the packed weights, and beside it the digest that stands in the version of the reading."""
    graph = Tight(weights)
    x, bias = _embedded(graph)
    for number in range(LAYERS):
        x = layer(graph, number, x, CALLED, bias)
    pooled(graph, x)
    model = made(graph, heads, WIDTH)
    held: dict[str, Any] = {"graph": np.frombuffer(model.SerializeToString(), np.uint8), **graph.held}
    np.savez_compressed(path, **held)
    digest = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    path.with_suffix(".json").write_text(json.dumps(digest) + "\n", encoding="utf-8")


def _embedded(graph: Tight) -> tuple[str, str]:
    """What goes into the first layer, and what is added to all attention for how far apart two pieces stand."""
    import torch
    from onnx import TensorProto

    at = "embeddings."
    name, scale = graph.table(graph.weights[at + "word_embeddings.weight"], turned=False)
    words = graph.op("Cast", graph.op("Gather", name, "pieces"), to=TensorProto.FLOAT)
    words = graph.op("Mul", words, graph.op("Gather", graph.constant(scale[:, None]), "pieces"))
    places = graph.weights[at + "position_embeddings.weight"][2 : 2 + LONGEST]
    zero = graph.constant(np.array([0]))
    length = graph.op("Shape", "pieces", start=1, end=2)
    x = graph.normed(words, at + "LayerNorm", graph.op("Slice", graph.constant(places), zero, length, zero))
    table = apart({name: torch.from_numpy(each) for name, each in graph.weights.items() if "relative" in name}, LONGEST)
    both = graph.op("Concat", length, length, axis=0)
    none, axes = graph.constant(np.array([0, 0])), graph.constant(np.array([2, 3]))
    return x, graph.op("Slice", graph.constant(table.numpy()), none, both, axes)
