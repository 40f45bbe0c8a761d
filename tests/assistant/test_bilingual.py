"""A machine a language: its own sentences whole, the other's in outline; both judge what mixes."""

from __future__ import annotations

import numpy as np
import pytest

from bot.assistant.nlu.bilingual import OUTLINE, Bilingual, _grouped, _parts
from bot.common.embedder import DIMENSION, Vectors

WORDINGS = {
    ("fee", "vi"): ("lệ phí ở {} bao nhiêu", "phí tại {} mấy tiền", "nộp {} hết bao nhiêu tiền"),
    ("fee", "en"): ("what does {} cost", "how much to pay for {}", "the price of {} please"),
    ("time", "vi"): ("ở {} mất mấy ngày", "thời hạn tại {} bao lâu", "chờ {} bao nhiêu ngày thì xong"),
    ("time", "en"): ("how many days for {}", "when is {} done", "the days until {} is ready"),
}
PLACES = ("vsip", "nomura", "deep c", "an dương", "tràng duệ", "cát hải")
# Known in English only.
ENGLISH = ("may goods be sold inland", "sell goods inside the country", "is selling inland allowed")


def _sentences() -> tuple[list[str], list[str], list[str]]:
    rows = [
        (wording.format(place), label, language)
        for (label, language), group in WORDINGS.items()
        for wording in group
        for place in PLACES
    ]
    rows += [(text, "inland", "en") for text in ENGLISH]
    texts, labels, languages = zip(*rows, strict=True)
    return list(texts), list(labels), list(languages)


@pytest.fixture(scope="module")
def learned() -> Bilingual:
    return Bilingual().fit(*_sentences())


def _best(machine: Bilingual, text: str, *languages: str) -> str:
    (chances,) = machine.chances([text], None, [languages])
    return max(chances, key=lambda label: chances[label])


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("phí tại bến rừng mấy tiền", "vi", "fee"),
        ("thời hạn ở bến rừng", "vi", "time"),
        ("how much for ben rung", "en", "fee"),
        ("how many days at ben rung", "en", "time"),
    ],
)
def test_each_language_is_understood(learned: Bilingual, text: str, language: str, label: str) -> None:
    assert _best(learned, text, language) == label


def test_what_one_language_alone_teaches_the_other_machine_knows_in_outline(learned: Bilingual) -> None:
    assert learned.labels == ["fee", "inland", "time"]
    assert _best(learned, "sell goods inland", "vi") == "inland"


def test_a_mixed_message_gets_the_mean_of_both(learned: Bilingual) -> None:
    text = "lệ phí how much"
    both, *each = learned.chances([text] * 3, None, [("vi", "en"), ("vi",), ("en",)])
    assert sum(both.values()) == pytest.approx(1.0, abs=1e-5)
    for label, chance in both.items():
        assert chance == pytest.approx(sum(one[label] for one in each) / 2)


def test_the_same_data_give_the_same_machines(learned: Bilingual) -> None:
    again = Bilingual().fit(*_sentences())
    assert again.chances(["lệ phí"], None, [("vi",)]) == learned.chances(["lệ phí"], None, [("vi",)])


def _directions(*places: int) -> Vectors:
    vectors = np.zeros((len(places), DIMENSION), dtype=np.float32)
    vectors[np.arange(len(places)), places] = 1.0
    return vectors


def test_the_other_language_is_outlined_label_by_label_and_by_meaning() -> None:
    count = 2 * OUTLINE
    labels = ["own", "own", *["fee"] * count]
    vectors = _directions(0, 1, *(2 + at % 2 for at in range(count)))
    groups = _grouped(labels, vectors, np.array([True, True, *[False] * count]))
    assert groups[:2].tolist() == [0, 1]
    assert sorted(set(groups[2:].tolist())) == [2, 3]
    assert len(set(groups[2::2].tolist())) == len(set(groups[3::2].tolist())) == 1


def test_few_sentences_stay_as_they_are_and_none_needs_a_meaning() -> None:
    assert _parts(2, _directions(0, 1)).tolist() == [0, 1]
    parts = _parts(4 * OUTLINE, None)
    assert parts.tolist() == sorted(parts.tolist())
    assert parts.max() == 3
