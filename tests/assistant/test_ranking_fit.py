"""Weights fitted on cases whose right label a sign gives away."""

from __future__ import annotations

import numpy as np

from bot.assistant.nlu.ranking import SIGNS, weights
from tests.quality.ranking_fit import Case, fit, share_first


def _case(generator: np.random.Generator, telling: str) -> Case:
    signs = generator.normal(size=(5, len(SIGNS)))
    right = int(signs[:, SIGNS.index(telling)].argmax())
    return Case(signs, right)


def test_the_telling_sign_gets_the_greatest_weight_and_those_by_hand_stay() -> None:
    generator = np.random.default_rng(0)
    cases = [_case(generator, "text_letters") for _ in range(200)]
    fitted = fit(cases)
    assert SIGNS[int(np.abs(fitted[: SIGNS.index("of_others")]).argmax())] == "text_letters"
    assert fitted[SIGNS.index("new_meaning")] == weights()[SIGNS.index("new_meaning")]
    assert share_first(cases, fitted) > share_first(cases, weights())
