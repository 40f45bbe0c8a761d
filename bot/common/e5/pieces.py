"""Texts as numbers of pieces, by SentencePiece with the model's vocabulary."""

from __future__ import annotations

import re
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from bot.common.e5.weights import Vocabulary

# Kinds of pieces in SentencePiece's model.
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_UNIGRAM = 1
_SPACES = re.compile(" {2,}")


class Pieces:
    """The vocabulary, ready to take texts apart."""

    def __init__(self, model: Path, vocabulary: Vocabulary) -> None:
        """`model` is a file with what `written` gives."""
        self._begin, self._end = vocabulary.begin, vocabulary.end
        self._writings = vocabulary.writings
        self._processor = SentencePieceProcessor(model_file=str(model))

    def numbers(self, text: str) -> list[int]:
        """Numbers of the text's pieces, without those of beginning and end."""
        written = _SPACES.sub(" ", text.translate(self._writings))
        # SentencePiece puts a space before every text, the model only where there is none.
        return list(self._processor.encode(written.removeprefix(" ")))

    def framed(self, numbers: list[int]) -> list[int]:
        """The same between beginning and end."""
        return [self._begin, *numbers, self._end]


def written(vocabulary: Vocabulary) -> bytes:
    """The vocabulary as SentencePiece reads it."""
    # Needed once, and heavy.
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]
    special = {vocabulary.unknown: _UNKNOWN, vocabulary.begin: _CONTROL, vocabulary.end: _CONTROL}
    special[vocabulary.padding] = _CONTROL
    pieces = vocabulary.pieces()
    for number, (piece, score) in enumerate(pieces):
        model.pieces.add(piece=piece, score=score, type=special.get(number, _NORMAL))
    trainer = model.trainer_spec
    trainer.model_type = _UNIGRAM
    for name, number in (
        ("unk", vocabulary.unknown),
        ("bos", vocabulary.begin),
        ("eos", vocabulary.end),
        ("pad", vocabulary.padding),
    ):
        setattr(trainer, f"{name}_id", number)
        setattr(trainer, f"{name}_piece", pieces[number][0])
    # Characters are written as the model wants them before; nothing more is changed.
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.remove_extra_whitespaces = False
    done: bytes = model.SerializeToString()
    return done
