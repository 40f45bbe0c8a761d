"""The classifier: right labels, true probabilities, strangers, copies, repeatable training."""

from __future__ import annotations

import numpy as np
import pytest

from bot.assistant.nlu.classifier import _BALANCE, _RIDGE, _SHARE, Classifier, _thinned
from bot.assistant.nlu.features import Features
from bot.common.embedder import Vectors

PLACES = ("đình vũ", "nam cầu kiền", "tràng duệ", "vsip", "deep c", "an dương", "cát hải", "nomura")
WORDINGS = {
    "fee": ("lệ phí ở {} bao nhiêu", "phí tại {} mấy tiền", "nộp phí {} hết bao nhiêu tiền"),
    "time": ("ở {} mất mấy ngày", "thời hạn tại {} bao lâu", "chờ {} bao nhiêu ngày thì xong"),
    "where": ("nộp hồ sơ {} ở đâu", "địa chỉ nhận hồ sơ của {}", "đến đâu để nộp giấy tờ cho {}"),
}
STRANGE = tuple(f"kể chuyện {thing} đi" for thing in ("mèo", "chó", "cá", "voi", "gấu", "hổ", "thỏ", "vịt"))


def _examples() -> tuple[list[str], list[str]]:
    rows = [
        (wording.format(place), label)
        for label, group in WORDINGS.items()
        for wording in group
        for place in PLACES
    ]
    return [text for text, _ in rows], [label for _, label in rows]


def _vectors(texts: list[str]) -> Vectors:
    """Stand-in for meaning: the letters of the text, counted by place in the alphabet."""
    vectors = np.full((len(texts), 384), 0.1, dtype=np.float32)
    for row, text in enumerate(texts):
        for letter in text:
            vectors[row, ord(letter) % 384] += 1.0
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def learned() -> Classifier:
    return Classifier().fit(*_examples())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("lệ phí tại bến rừng bao nhiêu", "fee"),
        ("le phi tai ben rung bao nhieu", "fee"),
        ("thời hạn ở bến rừng bao lâu", "time"),
        ("địa chỉ nộp hồ sơ bến rừng", "where"),
    ],
)
def test_unseen_sentences_are_understood(learned: Classifier, text: str, label: str) -> None:
    assert learned.predict([text])[0].label == label


def test_probabilities_are_ranked_and_sum_to_one(learned: Classifier) -> None:
    ranking = learned.predict(["lệ phí và thời hạn"])[0].ranking
    chances = [chance for _, chance in ranking]
    assert sorted(label for label, _ in ranking) == ["fee", "time", "where"]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1.0, abs=1e-5)


def test_no_sentences_give_no_predictions(learned: Classifier) -> None:
    assert learned.predict([]) == []


def test_doubt_is_larger_for_strangers(learned: Classifier) -> None:
    known, strange = learned.predict(["phí tại vsip mấy tiền", "kể chuyện mèo đi"])
    assert known.outside < 0.1
    assert strange.outside > 5 * known.outside


def test_learned_strangers_are_told_apart() -> None:
    texts, labels = _examples()
    stranger = Classifier(stranger="oos").fit([*texts, *STRANGE], [*labels, *["oos"] * len(STRANGE)])
    known, strange = stranger.predict(["phí tại vsip mấy tiền", "kể chuyện sư tử đi"])
    assert known.outside < 0.1
    assert strange.outside > 0.9
    assert strange.label == "oos"
    assert set(stranger.trial.best) <= set(WORDINGS)
    assert stranger.trial.labels.count("oos") == len(STRANGE)


def test_meaning_decides_where_letters_do_not() -> None:
    texts, labels = ["một", "hai", "ba", "bốn"], ["left", "left", "right", "right"]
    vectors = np.zeros((5, 384), dtype=np.float32)
    vectors[[0, 1, 4], 0] = 1.0
    vectors[[2, 3], 1] = 1.0
    machine = Classifier().fit(texts, labels, vectors[:4])
    assert machine.predict(["bốn mươi"], vectors[4:])[0].label == "left"


def test_scores_of_left_out_sentences_are_those_of_a_machine_without_them() -> None:
    """The closed form against the real thing: train without one part, ask for it."""
    texts, labels = _examples()
    vectors = _vectors(texts)
    whole = Classifier().fit(texts, labels, vectors)
    names, numbers = np.unique(labels, return_inverse=True)
    order = whole._left_out(numbers)
    assert len(order) == len(texts)
    scores = whole._solve(numbers[order], len(order))
    out = order[: int(_SHARE * len(texts))]
    features = Features()
    rows = features.fit(texts, vectors)
    likeness = features.likeness(rows, rows).astype(np.float64)
    stay = np.setdiff1d(np.arange(len(texts)), out)
    targets = np.eye(len(names))[numbers] - whole._shares
    weights = np.bincount(numbers)[numbers] ** -_BALANCE
    weights = weights / weights.mean()
    system = likeness[np.ix_(stay, stay)] + np.diag(_RIDGE / weights[stay])
    expected = likeness[np.ix_(out, stay)] @ np.linalg.solve(system, targets[stay]) + whole._shares
    assert np.allclose(scores[: len(out)], expected, atol=2e-3)


def test_copies_count_as_one_sentence() -> None:
    texts, labels = _examples()
    vectors = _vectors(texts)
    machine = Classifier().fit([*texts, *texts], [*labels, *labels], np.concatenate([vectors, vectors]))
    alone = Classifier().fit(texts, labels, vectors)
    asked = ["lệ phí tại bến rừng bao nhiêu"]
    both, one = (which.predict(asked, _vectors(asked))[0] for which in (machine, alone))
    assert both.label == one.label
    assert len(machine._rows) == len(alone._rows) == len(texts)


def test_the_largest_labels_are_thinned_first() -> None:
    numbers = np.repeat([0, 1, 2], [100, 20, 5])
    kept = _thinned(numbers, 60)
    assert np.bincount(numbers[kept]).tolist() == [35, 20, 5]
    assert _thinned(numbers, 125).tolist() == list(range(125))


def test_the_same_data_give_the_same_machine(learned: Classifier) -> None:
    again = Classifier().fit(*_examples())
    asked = ["mất bao lâu", "nộp ở đâu"]
    assert again.predict(asked) == learned.predict(asked)


def test_only_rows_that_are_tried_are_left_out(learned: Classifier) -> None:
    numbers = np.repeat([0, 1], 10)
    tried = np.arange(20) % 2 == 0
    assert sorted(learned._left_out(numbers, tried).tolist()) == list(range(0, 20, 2))
    assert sorted(learned._left_out(numbers, np.zeros(20, dtype=np.bool_)).tolist()) == list(range(20))
