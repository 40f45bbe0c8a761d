"""The classifier: right labels, true probabilities, strangers, repeatable training."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from bot.assistant.nlu.classifier import Classifier

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
    assert strange.outside > 3 * known.outside


def test_learned_strangers_are_told_apart() -> None:
    texts, labels = _examples()
    stranger = Classifier(stranger="oos").fit([*texts, *STRANGE], [*labels, *["oos"] * len(STRANGE)])
    known, strange = stranger.predict(["phí tại vsip mấy tiền", "kể chuyện sư tử đi"])
    assert known.outside < 0.1
    # Two strangers were left out at first: no more can be sure by so few.
    assert strange.outside > 0.75
    assert strange.label == "oos"
    assert set(stranger.trial.best) <= set(WORDINGS)
    assert "oos" in stranger.trial.labels


def test_meaning_decides_where_letters_do_not() -> None:
    texts, labels = ["một", "hai", "ba", "bốn"], ["left", "left", "right", "right"]
    vectors = np.zeros((5, 384), dtype=np.float32)
    vectors[[0, 1, 4], 0] = 1.0
    vectors[[2, 3], 1] = 1.0
    machine = Classifier().fit(texts, labels, vectors[:4])
    assert machine.predict(["bốn mươi"], vectors[4:])[0].label == "left"


def test_what_is_kept_answers_the_same(learned: Classifier) -> None:
    kept = pickle.loads(pickle.dumps(learned))
    asked = ["mất bao lâu", "nộp ở đâu"]
    assert kept.predict(asked) == learned.predict(asked)


def test_chances_are_those_of_the_prediction(learned: Classifier) -> None:
    asked = ["mất bao lâu"]
    assert learned.chances(asked, None) == [dict(learned.predict(asked)[0].ranking)]


def test_the_same_data_give_the_same_machine(learned: Classifier) -> None:
    again = Classifier().fit(*_examples())
    asked = ["mất bao lâu", "nộp ở đâu"]
    assert again.predict(asked) == learned.predict(asked)


def test_a_part_is_left_out_at_first(learned: Classifier) -> None:
    numbers = np.repeat([0, 1, 2], 200)
    left = learned._left_out(numbers)
    assert len(set(left.tolist())) == len(left) == 30
    assert learned._left_out(np.zeros(40_000, dtype=np.int64)).size == 1000


def test_of_strangers_a_larger_share_is_left_out() -> None:
    machine = Classifier(stranger="oos")
    machine.labels = ["known", "oos"]
    left = machine._left_out(np.repeat([0, 1], [960, 40]))
    assert np.count_nonzero(left >= 960) == 10
    assert len(left) == 50
