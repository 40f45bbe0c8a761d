"""Likeness to known texts, by meaning and by letters."""

from __future__ import annotations

import numpy as np
import pytest

from bot.assistant.nlu.retrieval import Library
from tests.assistant.tiny import embed

KEYS = ["permit", "fire", "permit", "land"]
TEXTS = ["Giấy phép lao động", "Thẩm duyệt phòng cháy", "Work permit", "Thuê đất"]


def _library() -> Library:
    return Library(KEYS, TEXTS, embed(TEXTS))


def test_a_text_is_most_like_itself() -> None:
    library = _library()
    assert library.keys == ["fire", "land", "permit"]
    for key, text in zip(KEYS, TEXTS, strict=True):
        found = library.likeness(text, embed([text])[0])
        place = library.keys.index(key)
        assert found.meaning[place] == pytest.approx(1.0, abs=1e-5)
        assert found.letters[place] == pytest.approx(1.0, abs=1e-5)
        assert found.letters.argmax() == found.meaning.argmax() == place


def test_the_best_text_of_a_key_counts() -> None:
    found = _library().likeness("work permits", embed(["work permits"])[0])
    assert found.letters[2] > 0.5
    assert found.letters[2] > max(found.letters[:2])


def test_diacritics_do_not_count() -> None:
    library, vector = _library(), embed(["x"])[0]
    written, bare = (library.likeness(text, vector).letters for text in ("phòng cháy", "PHONG CHAY"))
    assert np.array_equal(written, bare)
    assert written[0] > 0.3


def test_rare_letters_count_more_than_common_ones() -> None:
    texts = ["xin giấy phép alpha", "xin giấy phép beta", "xin giấy phép gamma"]
    library = Library(["a", "b", "c"], texts, embed(texts))
    found = library.likeness("gamma", embed(["gamma"])[0]).letters
    assert found[2] > 0.4
    assert found[2] > 10 * max(found[0], found[1], 0.01)


def test_nothing_is_like_a_text_without_letters() -> None:
    found = _library().likeness("", embed([""])[0])
    assert found.letters.tolist() == [0.0, 0.0, 0.0]


def test_an_empty_library_knows_nothing() -> None:
    found = Library([], [], []).likeness("anything", embed(["anything"])[0])
    assert found.meaning.shape == found.letters.shape == (0,)
