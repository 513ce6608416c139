"""The sentence model as an ONNX graph in 8-bit whole numbers, for development; needs onnx.

Every row of activations (one word piece) has its own scale, found from that row alone, and the products are summed as
whole numbers. So a statement's scores are the same to the bit alone, in any batch and in any order; the graph is meant
for passages of equal length without filling.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.finetune_model import BERT, LAYERS, SCALE, WIDTH, Layout
from audits.analysis.pieces import LONGEST
from audits.analysis.quarters import rounded

Array = NDArray[Any]
FUSED = "com.microsoft"


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.last = self.constant(np.array([-1]))

    def constant(self, value: Any) -> str:
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, outputs: int = 1, **more: Any) -> Any:
        """Add a node; the names of what it gives."""
        from onnx import helper

        names = [f"n{len(self.nodes)}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **more))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: Array, bias: Array) -> str:
        """x @ weight.T + bias: a scale for each row of x and for each row of the weight."""
        exact, scale = self.exact(weight)
        largest = self.op("ReduceMax", self.op("Abs", x), self.last, keepdims=1)
        step, middle = self.constant(np.float32(1 / 127)), self.constant(np.uint8(128))
        bytes_ = self.op("QuantizeLinear", self.op("Div", x, largest), step, middle)
        scales = self.constant(np.float32(1)), self.constant(scale / 127)
        sums = self.op("MatMulIntegerToFloat", bytes_, exact, *scales, middle, domain=FUSED)
        return str(self.op("Add", self.op("Mul", sums, largest), self.constant(bias)))

    def exact(self, weight: Array) -> tuple[str, Array]:
        """The name of a weight in whole numbers, a column a row, and the scale of each of its rows."""
        exact, scale = rounded(weight)
        return self.constant(exact.T), scale

    def named(self, x: str, name: str) -> str:
        return self.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def normed(self, x: str, name: str, beside: str) -> str:
        """The sum of two, normed; step by step, which is five times as fast as the ready-made operator."""
        weight, bias = (self.constant(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        total = self.op("Add", x, beside)
        apart = self.op("Sub", total, self.op("ReduceMean", total, self.last, keepdims=1))
        spread = self.op("Sqrt", self.op("ReduceMean", self.op("Mul", apart, apart), self.last, keepdims=1))
        return str(self.op("Add", self.op("Mul", self.op("Div", apart, spread), weight), bias))


def _embedded(graph: Graph) -> str:
    from onnx import TensorProto

    at = "embeddings."
    exact, scale = rounded(graph.weights[at + "word_embeddings.weight"])
    words = graph.op("Cast", graph.op("Gather", graph.constant(exact), "pieces"), to=TensorProto.FLOAT)
    words = graph.op("Mul", words, graph.op("Gather", graph.constant(scale[:, None]), "pieces"))
    types = graph.weights[at + "token_type_embeddings.weight"][0]
    places = graph.weights[at + "position_embeddings.weight"][:LONGEST] + types
    zero = graph.constant(np.array([0]))
    length = graph.op("Shape", "pieces", start=1, end=2)
    return graph.normed(words, at + "LayerNorm", graph.op("Slice", graph.constant(places), zero, length, zero))


def layer(graph: Graph, number: int, x: str, called: Layout, *added: str) -> str:
    """One layer; `added` is what attention weighs besides, where there is such."""
    at = f"encoder.layer.{number}."
    parts = [at + name for name in called.attention]
    stacked = [np.concatenate([graph.weights[f"{part}.{kind}"] for part in parts]) for kind in ("weight", "bias")]
    split = graph.op("Split", graph.linear(x, *stacked), outputs=3, axis=-1, num_outputs=3)
    beside = ("", "", *added) if added else ()
    seen = graph.op("MultiHeadAttention", *split, *beside, domain=FUSED, num_heads=called.heads)
    x = graph.normed(graph.named(seen, at + called.out), at + called.norm, x)
    inner = graph.op("Gelu", graph.named(x, at + "intermediate.dense"), domain=FUSED)
    return graph.normed(graph.named(inner, at + "output.dense"), at + "output.LayerNorm", x)


def pooled(graph: Graph, x: str) -> str:
    """The mean over each statement's own pieces at length SCALE. Written as products: onnxruntime adds up a single row
    another way."""
    own = graph.op("Unsqueeze", "own", graph.constant(np.array([1])))
    mean = graph.op("MatMul", own, graph.op("Gather", x, "of", axis=0))
    square = graph.op("MatMul", mean, graph.op("Transpose", mean, perm=[0, 2, 1]))
    scaled = graph.op("Div", graph.op("Mul", mean, graph.constant(np.float32(SCALE))), graph.op("Sqrt", square))
    return str(graph.op("Squeeze", scaled, graph.constant(np.array([1]))))


def made(graph: Graph, heads: Mapping[str, Array], width: int) -> Any:
    """The model of a graph whose last node gives the vectors, `width` numbers each, with the heads behind it."""
    from onnx import TensorProto, helper

    graph.nodes[-1].output[0] = "vectors"
    stacked = [np.concatenate([heads[f"{name}.{part}"] for name in ("kind", "gap")]) for part in ("weight", "bias")]
    graph.linear("vectors", *stacked)
    graph.nodes[-1].output[0] = "logits"
    whole_graph = helper.make_graph(
        graph.nodes,
        "reader",
        [
            helper.make_tensor_value_info("pieces", TensorProto.INT64, ["passages", "length"]),
            helper.make_tensor_value_info("own", TensorProto.FLOAT, ["statements", "length"]),
            helper.make_tensor_value_info("of", TensorProto.INT64, ["statements"]),
        ],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["statements", len(stacked[1])]),
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["statements", width]),
        ],
        graph.constants,
    )
    operators = [helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(whole_graph, opset_imports=operators, ir_version=9)


def export(weights: Mapping[str, Array], heads: Mapping[str, Array], path: Path) -> None:
    """Write the graph: word pieces of passages of one length in, which of them are a statement's own, and of which
    passage; of each statement the logits of kinds and then of gaps out, and what the heads see, the vectors."""
    import onnx

    graph = Graph(weights)
    x = _embedded(graph)
    for number in range(LAYERS):
        x = layer(graph, number, x, BERT)
    pooled(graph, x)
    onnx.save(made(graph, heads, WIDTH), path)
