"""Intervals, calibration, gate, report."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant.trial.grading import Graded, Seen, grade
from bot.assistant.trial.questions import Expectation, Question, Turn
from tests.quality import charts, figures, gate, report
from tests.quality.figures import Share

WANTED = Expectation("vi", records=("irc_issue",))


def graded(name: str, record: str | None, confidence: float, twin: str | None = None) -> Graded:
    style = "stripped" if twin else "formal"
    question = Question(name, "vi", style, (Turn("Bao lâu?", WANTED),), twin)
    came = Seen(
        "ask_procedure" if record else "nlu_fallback", record, "time", language="vi", confidence=confidence
    )
    return Graded(question, 1, question.turns[0], came, grade(WANTED, came))


TURNS = [
    graded("a-1", "irc_issue", 0.97),
    graded("a-2", "irc_issue", 0.97),
    graded("a-3", "irc_adjust", 0.97),
    graded("a-1-stripped", None, 0.2, "a-1"),
    graded("a-2-stripped", "irc_issue", 0.8, "a-2"),
]


def test_wilson_interval() -> None:
    # Reference values: Wilson (1927), 95 %.
    assert Share(8, 10).interval == pytest.approx((0.4901, 0.9433), abs=1e-4)
    assert Share(0, 20).interval == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_headline_and_twins() -> None:
    headline = figures.headline(TURNS)
    assert headline["right_vi"] == Share(3, 5)
    assert headline["wrong_record"] == Share(1, 5)
    assert headline["language"] == Share(5, 5)
    assert figures.twins(TURNS, [one.asked for one in TURNS]) == (Share(2, 2), Share(1, 2))


def test_calibration_compares_claim_and_truth() -> None:
    (high,) = [one for one in figures.calibration(TURNS) if one.low == 0.95]
    assert high.right == Share(2, 3)
    assert high.claimed == pytest.approx(0.97)
    assert figures.calibration_error([high]) == pytest.approx(0.97 - 2 / 3)


def test_the_gate_names_what_misses_its_bound() -> None:
    good = {**dict.fromkeys(gate.floors()["floors"], 100.0), **dict.fromkeys(gate.floors()["ceilings"], 0.0)}
    assert gate.faults(good) == []
    assert "right_vi is 12.00" in gate.faults({**good, "right_vi": 12.0})[0]
    assert "stripped_behind is 5.00, above" in gate.faults({**good, "stripped_behind": 5.0})[0]
    assert gate.faults({name: value for name, value in good.items() if name != "language"}) == [
        "language was not measured"
    ]


def test_the_report_has_every_part(tmp_path: Path) -> None:
    asked = [one.asked for one in TURNS]
    text = report.text(TURNS, asked, 1.0)
    assert "| right vi | 60.0 (" in text
    assert "| irc_issue | irc_adjust.time | 1 |" in text
    assert report.measured(TURNS, asked)["stripped_behind"] == pytest.approx(50)
    first, again = (charts.draw(TURNS, tmp_path / name) for name in ("one", "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
