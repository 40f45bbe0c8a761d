"""Sentences as numbers: folded letters and words in few columns, centred meaning."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.assistant.nlu.features import COLUMNS, Features
from bot.common.embedder import Vectors
from bot.common.text import fold

TEXTS = ["phí cấp giấy phép", "thời hạn cấp giấy phép", "giá thuê đất", "hello there"]


def _vectors(count: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(1.0, 1.0, (count, 384)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_diacritics_and_case_do_not_change_the_ngrams() -> None:
    features = Features()
    features.fit(TEXTS, None)
    written, bare = (features.transform([text], None).ngrams for text in ("Giá thuê ĐẤT", "gia thue dat"))
    assert abs(written - bare).max() == pytest.approx(0.0)


def test_rows_have_length_one() -> None:
    rows = Features().fit(TEXTS, _vectors(len(TEXTS)))
    assert rows.ngrams.shape == (4, COLUMNS)
    assert np.allclose(rows.ngrams.multiply(rows.ngrams).sum(axis=1), 1.0, atol=1e-5)
    assert rows.meaning is not None
    assert np.allclose(np.linalg.norm(rows.meaning, axis=1), 1.0, atol=1e-5)


def test_sentences_are_as_alike_in_few_columns_as_their_ngrams_are() -> None:
    rows = Features().fit(TEXTS, None)
    letters = TfidfVectorizer(analyzer="char", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True)
    words = TfidfVectorizer(
        token_pattern=r"\w+", ngram_range=(1, 2), preprocessor=fold, sublinear_tf=True, lowercase=False
    )
    apart = normalize(sparse.hstack([part.fit_transform(TEXTS) for part in (letters, words)]))
    few, many = ((one @ one.T).toarray() for one in (rows.ngrams, apart))
    assert np.abs(few - many).max() < 0.1


def test_what_no_sentence_has_says_nothing() -> None:
    features = Features()
    features.fit(TEXTS, None)
    known, more = (features.transform([text], None).ngrams for text in ("giá thuê đất", "giá thuê đất 999"))
    assert features.transform(["999"], None).ngrams.nnz == 0
    assert (known @ more.T).toarray().item() == pytest.approx(1.0)


def test_ngrams_always_go_to_the_same_columns() -> None:
    one, other = (Features().fit(TEXTS, None).ngrams for _ in range(2))
    assert abs(one - other).max() == 0.0


def test_meaning_may_be_left_out_but_not_forgotten() -> None:
    without = Features()
    assert without.fit(TEXTS, None).meaning is None
    learned = Features()
    learned.fit(TEXTS, _vectors(len(TEXTS)))
    with pytest.raises(ValueError, match="vectors"):
        learned.transform(["phí"], None)
