"""Fits the weights of bot/assistant/nlu/ranking.yml on wordings left out of training.

`.venv-rasa/bin/python -m tests.quality.ranking_fit [--folds 3] [--only 1]`: each fold learns from the others
and gives the signs of its own wordings; the weights are those under which the right labels are likeliest.
Prints them beside the present ones, with how often either ranks the right label first. A training a fold.
The weights of records published after training, and of other parks, are set by hand.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.assistant.nlu import examples, records
from bot.assistant.nlu.examples import Example
from bot.assistant.nlu.learning import learn
from bot.assistant.nlu.ranking import SIGNS, weights
from bot.assistant.nlu.records import Record
from bot.common import embedder
from bot.common.embedding_cache import Embed, EmbeddingCache
from bot.common.settings import ROOT, load
from tests.quality.crossval import stratified

_BY_HAND = ("of_others", "of_that_year", "new", "new_meaning", "new_letters")
# Keeps the weights of rare signs small.
_PENALTY = 1e-3

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A wording: the signs of each label worth weighing (labels, signs), and which of them is right."""

    signs: Numbers
    right: int


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, help="run so many of the folds")
    options = parser.parse_args()
    embed = EmbeddingCache(load().data_dir / "cache", embedder.Embedder(2).embed)
    wordings = examples.from_files(ROOT / "data" / "nlu")
    known = records.from_files(ROOT / "data" / "registry")
    folds = stratified(wordings, options.folds, options.only)
    cases = [case for learned, held_out in folds for case in _cases(learned, held_out, known, embed)]
    fitted = fit(cases)
    for name, before, after in zip(SIGNS, weights(), fitted, strict=True):
        print(f"{name:18} {before:7.2f} {after:7.2f}")
    print(f"first, of {len(cases)}: {share_first(cases, weights()):.4f} {share_first(cases, fitted):.4f}")


def fit(cases: Sequence[Case]) -> Numbers:
    """The likeliest weights, in the order of SIGNS; those set by hand stay."""
    free = [at for at, name in enumerate(SIGNS) if name not in _BY_HAND]
    rows = np.concatenate([case.signs for case in cases])
    sizes = np.array([len(case.signs) for case in cases])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = starts + np.array([case.right for case in cases])
    fixed = weights().copy()
    fixed[free] = 0.0
    given, rows = rows @ fixed, rows[:, free]

    def loss(found: Numbers) -> tuple[float, Numbers]:
        scores = rows @ found + given
        most = np.maximum.reduceat(scores, starts)
        chances = np.exp(scores - np.repeat(most, sizes))
        sums = np.add.reduceat(chances, starts)
        chances /= np.repeat(sums, sizes)
        mean = float((most + np.log(sums) - scores[right]).mean())
        slope = (rows.T @ chances - rows[right].sum(axis=0)) / len(cases)
        return mean + _PENALTY * float(found @ found), slope + 2 * _PENALTY * found

    result = fixed.copy()
    result[free] = minimize(loss, weights()[free], jac=True, method="L-BFGS-B").x + fixed[free]
    return result


def share_first(cases: Sequence[Case], given: Numbers) -> float:
    """How often the right label has the highest score."""
    return float(np.mean([int((case.signs @ given).argmax()) == case.right for case in cases]))


def _cases(
    learned: Sequence[Example], held_out: Sequence[Example], known: Sequence[Record], embed: Embed
) -> Iterator[Case]:
    understanding = learn(learned, known, embed)
    index = understanding.index(embed)
    for example in examples.filled_once(held_out, known):
        prepared = understanding.preparation.prepare(example.text, index.gazetteer, known=example.language)
        signs = understanding.signs_of(prepared, index, embed)
        labels = signs.shortlist()
        if example.label in labels:
            yield Case(np.array([signs.of(label) for label in labels]), labels.index(example.label))


if __name__ == "__main__":
    main()
