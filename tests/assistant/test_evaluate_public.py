"""The public benchmark: reading of sets, drawing of few examples, the threshold, the figures printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant import evaluate_public
from bot.assistant.evaluate_public import Sentences, few, read, threshold

TRAIN = {
    "fee": ["lệ phí bao nhiêu", "nộp phí mấy tiền", "phí cấp giấy là bao nhiêu", "mất bao nhiêu tiền phí"],
    "time": ["mất mấy ngày", "thời hạn bao lâu", "chờ bao nhiêu ngày", "mấy ngày thì xong hồ sơ"],
}


def _write(path: Path, rows: dict[str, list[str]]) -> None:
    lines = [f"{label}\t{text}\n" for label, texts in rows.items() for text in texts]
    path.write_text("".join(lines), encoding="utf-8")


def test_a_set_is_read_line_by_line(tmp_path: Path) -> None:
    _write(tmp_path / "train.tsv", {"fee": ["phí\tbao nhiêu", "phí"]})
    assert read(tmp_path / "train.tsv") == Sentences(["phí\tbao nhiêu", "phí"], ["fee", "fee"])
    assert read(tmp_path / "none.tsv") == Sentences([], [])


def test_few_draws_of_each_label_and_repeats() -> None:
    train = Sentences([f"câu {number}" for number in range(30)], ["a"] * 20 + ["b"] * 10)
    drawn = few(train, 5, seed=1)
    assert sorted(drawn.labels) == ["a"] * 5 + ["b"] * 5
    assert drawn == few(train, 5, seed=1)
    assert drawn != few(train, 5, seed=2)


def test_the_threshold_costs_one_sentence_in_a_hundred() -> None:
    labels = ["fee"] * 200 + ["oos"] * 10
    outside = [number / 1000 for number in range(200)] + [0.9] * 10
    limit = threshold(labels, ["fee"] * 210, outside)
    assert sum(value > limit for value in outside[:200]) == 2


@pytest.mark.parametrize("shots", [(), ("--shots", "3")])
def test_the_command_prints_its_figures(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    shots: tuple[str, ...],
) -> None:
    monkeypatch.setenv("HEZA_DATA_DIR", str(tmp_path / "data"))
    _write(tmp_path / "train.tsv", {**TRAIN, "oos": ["con mèo kêu", "trời mưa to"]})
    _write(tmp_path / "test.tsv", {"fee": ["phí mấy tiền"], "time": ["bao lâu thì xong"]})
    _write(tmp_path / "test_oos.tsv", {"oos": ["con mèo nhà tôi kêu to"]})
    monkeypatch.setattr("sys.argv", ["evaluate_public", str(tmp_path), *shots])
    evaluate_public.main()
    printed = capsys.readouterr().out
    assert "accuracy                                     100.00%" in printed
    assert "accuracy, test stripped of diacritics        100.00%" in printed
    assert "out-of-scope recall at that threshold" in printed


def test_a_folder_without_training_set_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["evaluate_public", str(tmp_path)])
    with pytest.raises(SystemExit):
        evaluate_public.main()
    assert "train.tsv is missing or empty" in capsys.readouterr().err
