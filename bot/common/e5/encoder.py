"""Numbers of pieces as vectors: the model's graph run by onnxruntime.

Several texts are one row of pieces: each piece attends to those of its own text, so no text is filled up to
the length of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from bot.common.e5.weights import Weights, unpacked

Matrix = NDArray[np.float32]

_ERRORS_ONLY = 3


class Encoder:
    """Holds the layers in memory; may be asked by several threads at once."""

    def __init__(self, graph: Path, weights: Weights, threads: int = 1) -> None:
        """`graph` is a file with what `bot.common.e5.graph` writes."""
        self._words = weights.table("emb.word")
        positions = weights.vector("emb.pos").reshape(-1, weights.shape.hidden)
        self._positions = positions + weights.vector("emb.type")[: weights.shape.hidden]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        # Waiting threads would take the processor from those that work.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    def means(self, texts: Sequence[Sequence[int]]) -> Matrix:
        """The mean over each text's pieces, shape (len(texts), hidden); of none empty, none too long."""
        lengths = [len(text) for text in texts]
        owner = np.repeat(np.arange(len(texts)), lengths)
        words = unpacked(self._words[np.concatenate([np.asarray(text) for text in texts])]).exact()
        pieces = words + np.concatenate([self._positions[:length] for length in lengths])
        apart = np.where(owner[:, None] == owner, 0, -np.inf).astype(np.float32)
        (found,) = self._session.run(None, {"pieces": pieces[None], "apart": apart[None, None]})
        starts = np.cumsum([0, *lengths[:-1]])
        return np.asarray(np.add.reduceat(found[0], starts, axis=0) / np.array(lengths)[:, None])
