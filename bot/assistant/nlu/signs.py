"""What of a message speaks for which record, besides what the classifier says (nlu.ranking weighs it)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from bot.assistant.nlu.live import Index
from bot.assistant.nlu.preparation import Prepared
from bot.assistant.nlu.quantities import years_in
from bot.assistant.nlu.ranking import BEST_BY_LIKENESS
from bot.assistant.nlu.retrieval import Likeness
from bot.common.names import ASK, STATISTIC, ZONE

# How likely figures must be asked for, by the classifier, for a year to say which.
FIGURES_ASKED = 0.3


def likenesses(index: Index, likeness: Likeness, learned: Iterable[str]) -> dict[str, tuple[float, float]]:
    """By label, of those learned and of the likest others: thousands of others would only cost time."""
    rows = np.fromiter(index.rows.values(), dtype=np.int64)
    if not len(rows):
        return {}
    meaning, letters = likeness.meaning[rows], likeness.letters[rows]
    labels = list(index.rows)
    likest = np.argsort(-(meaning + letters), kind="stable")[:BEST_BY_LIKENESS]
    chosen = {labels[at] for at in (*likest, letters.argmax())}.union(learned)
    return {
        label: (float(likeness.meaning[row]), float(likeness.letters[row]))
        for label, row in index.rows.items()
        if label in chosen
    }


def named(prepared: Prepared) -> dict[str, float]:
    """Label of each record named → share of the text that names it."""
    return {
        f"{ASK[mention.kind]}/{record}": mention.likeness * (mention.end - mention.start) / len(prepared.text)
        for mention in prepared.mentions
        for record in mention.records
        if mention.kind != ZONE
    }


def spoken_of(prepared: Prepared, index: Index) -> dict[str, float]:
    """Label of each record whose own texts speak of a record named → share of the text that names it."""
    shares: defaultdict[str, float] = defaultdict(float)
    for mention in prepared.mentions:
        if mention.kind != ZONE:
            for record in {one for named in mention.records for one in index.spoken_of.get(named, ())}:
                label = f"{ASK[index.records[record].kind]}/{record}"
                shares[label] += (mention.end - mention.start) / len(prepared.text)
    return shares


def of_that_year(prepared: Prepared, index: Index, chances: Mapping[str, float]) -> frozenset[str]:
    """Labels of figures whose names speak of a year that is named, where figures are likely asked for at all.

    "Licensed in 2020" says when a law began to apply.
    """
    years = years_in(prepared.text)
    figures = sum(chance for label, chance in chances.items() if label.startswith(ASK[STATISTIC]))
    if not years or figures < FIGURES_ASKED:
        return frozenset()
    return frozenset(f"{ASK[STATISTIC]}/{record}" for record, own in index.of_years.items() if own & years)


def of_others(prepared: Prepared, index: Index) -> frozenset[str]:
    """Labels of records whose own texts speak of parks, or names of years, but of none that is named."""
    parks = {record for mention in prepared.mentions if mention.kind == ZONE for record in mention.records}
    pairs = ((parks, index.of_parks), (years_in(prepared.text), index.of_years))
    return frozenset(
        f"{ASK[index.records[record].kind]}/{record}"
        for named, spoken_of in pairs
        for record, own in spoken_of.items()
        if named and not own & named
    )
