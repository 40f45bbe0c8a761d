"""What of a message speaks for which record."""

from __future__ import annotations

from dataclasses import dataclass

from bot.assistant.nlu.signs import FIGURES_ASKED, of_that_year


@dataclass(frozen=True)
class Said:
    text: str


@dataclass(frozen=True)
class Years:
    of_years: dict[str, frozenset[str]]


INDEX = Years({"fdi-2024": frozenset({"2024"}), "fdi-2023": frozenset({"2023"})})
FIGURES = {"ask_statistic/fdi-all": FIGURES_ASKED, "off_topic": 1 - FIGURES_ASKED}


def test_a_year_says_which_figure() -> None:
    said = Said("how much was invested in 2024")
    assert of_that_year(said, INDEX, FIGURES) == {"ask_statistic/fdi-2024"}  # type: ignore[arg-type]
    assert of_that_year(Said("how much was invested"), INDEX, FIGURES) == frozenset()  # type: ignore[arg-type]


def test_a_year_says_nothing_where_no_figure_is_asked_for() -> None:
    rules = {"ask_incentive/cit": 0.8, "ask_statistic/fdi-all": 0.2}
    assert of_that_year(Said("licensed in 2024"), INDEX, rules) == frozenset()  # type: ignore[arg-type]
