"""N-grams counted from letters as one array are those the library counts one by one."""

from __future__ import annotations

import numpy as np

from bot.assistant.nlu.ngrams import HASHES, counted

TEXTS = ["Phí cấp giấy phép?", "IRC", "a", "", "giá  thuê ĐẤT 100 ha", "공장 work permit", "–", "12.5 % ‰ Ω"]


def test_many_sentences_are_counted_like_few() -> None:
    chance = np.random.default_rng(3)
    words = " ".join(TEXTS).split()
    drawn = [" ".join(chance.choice(words, size=chance.integers(1, 9))) for _ in range(2500)]
    many = counted([*TEXTS, *drawn])
    few = [counted([text]) for text in [*TEXTS, *drawn[::50]]]
    some = [*range(len(TEXTS)), *range(len(TEXTS), len(TEXTS) + len(drawn), 50)]
    for which, whole in enumerate(many):
        assert whole.shape == (len(TEXTS) + len(drawn), HASHES)
        for at, one in zip(some, few, strict=True):
            assert abs(whole[at] - one[which]).max() == 0.0


def test_how_often_is_counted() -> None:
    letters, words = counted(["ba ba"])
    # "ba" and "a " and " b"; of three letters "ba ", "a b", " ba"; of four "ba b", "a ba"; of five the whole.
    assert sorted(letters.data) == [1.0] * 8 + [2.0]
    # "ba" twice, "ba ba" once.
    assert sorted(words.data) == [1.0, 2.0]
