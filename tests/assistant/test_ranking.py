"""One probability for everything that a question may ask."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.ranking import SIGNS, Signs, rank

PERMIT, FIRE = "ask_procedure/work_permit", "ask_procedure/fire_check"


def test_probabilities_are_ranked_and_sum_to_one() -> None:
    ranked = rank(Signs({"greet": 0.5, PERMIT: 0.4, FIRE: 0.1}, {PERMIT: (0.9, 0.2)}, {}))
    chances = [chance for _, chance in ranked]
    assert sum(chances) == pytest.approx(1.0)
    assert chances == sorted(chances, reverse=True)
    assert {label for label, _ in ranked} == {"greet", PERMIT, FIRE}


def test_each_sign_speaks_for_its_label() -> None:
    even = {PERMIT: 0.5, FIRE: 0.5}
    for texts, named in (
        ({PERMIT: (0.95, 0.0), FIRE: (0.86, 0.0)}, {}),
        ({PERMIT: (0.9, 0.8), FIRE: (0.9, 0.1)}, {}),
        ({}, {PERMIT: 0.5}),
    ):
        assert rank(Signs(even, texts, named))[0][0] == PERMIT
    assert rank(Signs({PERMIT: 0.3, FIRE: 0.6}, {}, {}))[0][0] == FIRE


def test_a_new_record_is_judged_by_likeness_and_name() -> None:
    new = "ask_procedure/published_today"
    signs = Signs({PERMIT: 0.9, FIRE: 0.1}, {new: (0.95, 0.5)}, {new: 0.4}, plain=0.7)
    found = {name: value for name, value in zip(SIGNS, signs.of(new), strict=True) if value}
    assert found == pytest.approx(
        {
            "named": 1.0,
            "named_share": 0.4,
            "procedure_plain": 0.7,
            "procedure_vague": 0.3,
            "new": 1.0,
            "new_meaning": 0.10,
            "new_letters": 0.5,
        }
    )
    near, far = (
        dict(rank(Signs({PERMIT: 1.0}, {new: like}, {})))[new] for like in ((0.97, 0.9), (0.86, 0.0))
    )
    assert near > 0.5 > far


def test_a_question_that_speaks_of_what_is_named_gains() -> None:
    question = "ask_faq/faq-permit-lost"
    even = {PERMIT: 0.5, question: 0.5}
    alone = dict(rank(Signs(even, {}, {PERMIT: 0.5})))
    spoken_of = dict(rank(Signs(even, {}, {PERMIT: 0.5}, {question: 0.5})))
    assert spoken_of[question] > alone[question]


def test_a_plain_aspect_speaks_for_the_procedure() -> None:
    even = {PERMIT: 0.5, "ask_faq/f": 0.5}
    vague, plain = (dict(rank(Signs(even, {}, {}, plain=chance)))[PERMIT] for chance in (0.0, 1.0))
    assert plain > vague


def test_a_known_record_has_no_signs_of_a_new_one() -> None:
    found = dict(zip(SIGNS, Signs({PERMIT: 1.0}, {PERMIT: (0.9, 0.3)}, {}).of(PERMIT), strict=True))
    assert found["classifier"] == pytest.approx(0.0, abs=1e-5)
    assert (found["new"], found["new_meaning"], found["new_letters"]) == (0.0, 0.0, 0.0)
    assert found["text_meaning"] == pytest.approx(0.05)


def test_the_shortlist_takes_the_best_of_each_sign() -> None:
    classes = {f"ask_faq/f{number}": 1 / (number + 2) for number in range(40)}
    texts = {f"ask_zone/z{number}": (0.8, number / 100) for number in range(40)}
    chosen = Signs(classes, texts, {"ask_zone/z0": 0.1}).shortlist()
    assert chosen[0] == "ask_faq/f0"
    assert "ask_faq/f39" not in chosen
    assert {"ask_zone/z39", "ask_zone/z0"} <= set(chosen)
    assert "ask_zone/z1" not in chosen
    assert len(chosen) == len(set(chosen))


def test_a_record_of_another_park_loses() -> None:
    here, there = "ask_statistic/wage-here", "ask_statistic/wage-there"
    even = {here: 0.45, there: 0.55}
    assert rank(Signs(even, {}, {}, of_others={there}))[0][0] == here


def test_a_figure_of_the_year_named_wins() -> None:
    all_years, that_year = "ask_faq/investment", "ask_statistic/investment-2024"
    uneven = {all_years: 0.7, that_year: 0.3}
    assert rank(Signs(uneven, {}, {}))[0][0] == all_years
    assert rank(Signs(uneven, {}, {}, of_that_year={that_year}))[0][0] == that_year
