"""A look at the training data as a whole: records that are easily confused, records with few wordings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from django.db.models import Count
from django.utils import timezone

from bot.common import names
from bot.console.learning import lessons, wordings
from bot.console.learning.wordings import Library
from bot.console.models import Outcome, Survey, Turn
from bot.conversations.database import unit
from bot.registry import snapshot

# Wordings of two records that are closer than this can hardly be told apart.
CONFUSABLE = 0.94
MOST_PAIRS = 60
# Fewer wordings a record and language than this are few.
THIN = 4
DAYS = 90
_EXAMPLES = 2


def take() -> Survey:
    """Look anew and keep what was seen."""
    library = wordings.library()
    survey = Survey(
        id=1, at=timezone.now(), pairs=pairs(library), thin=thin(), wordings=len(library.wordings)
    )
    _keep(survey)
    return survey


def pairs(library: Library) -> list[dict[str, object]]:
    """Pairs of records with wordings that mean nearly the same, most of them first.

    Each: `labels` (two), `count` of wordings whose nearest neighbour belongs to the other, `examples`, and
    `asked`: how often investors were asked back between the two.
    """
    labels = [_subject(wording.label) for wording in library.wordings]
    found: dict[tuple[str, str], list[tuple[float, int, int]]] = defaultdict(list)
    for at, neighbour, cosine in _neighbours(library.vectors, labels):
        if cosine >= CONFUSABLE:
            first, second = sorted((labels[at], labels[neighbour]))
            found[first, second].append((cosine, at, neighbour))
    asked = _asked_between()
    rows = [
        {
            "labels": list(pair),
            "count": len(hits),
            "asked": asked[pair],
            "examples": [
                [library.wordings[at].text, library.wordings[neighbour].text]
                for _, at, neighbour in sorted(hits, reverse=True)[:_EXAMPLES]
            ],
        }
        for pair, hits in found.items()
    ]
    rows.sort(key=lambda row: (-int(str(row["asked"])), -int(str(row["count"])), str(row["labels"])))
    return rows[:MOST_PAIRS]


def thin() -> list[dict[str, object]]:
    """Published records with few wordings in a language, those most asked for first.

    Each: `record`, `kind`, `vi` and `en` (how many), `asked` (how often). Zones are found by
    their names and share their wordings, so they are none of them.
    """
    have: Counter[tuple[str, str]] = Counter()
    for wording in wordings.of_files():
        have[wording.record, wording.language] += 1
    for example in lessons.approved():
        have[example.record, example.language] += 1
    asked = _asked_for()
    now = snapshot.cache.current()
    rows: list[dict[str, object]] = [
        {"record": item.id, "kind": kind, "vi": vi, "en": en, "asked": asked[item.id]}
        for kind in names.KINDS
        if kind != names.ZONE
        for item in now.all(kind)
        if min(vi := have[item.id, "vi"], en := have[item.id, "en"]) < THIN
    ]
    return sorted(rows, key=lambda row: (-int(str(row["asked"])), str(row["record"])))


def _neighbours(vectors: np.ndarray, labels: Sequence[str]) -> list[tuple[int, int, float]]:
    """For each wording the nearest one with another label."""
    codes = np.unique(np.asarray(labels), return_inverse=True)[1]
    found = []
    for start in range(0, len(labels), 512):
        cosines = vectors[start : start + 512] @ vectors.T
        cosines[codes[start : start + 512, None] == codes[None, :]] = -1.0
        best = cosines.argmax(axis=1)
        found += [
            (start + row, int(at), float(cosines[row, at]))
            for row, at in enumerate(best)
            if at != start + row
        ]
    return found


def _subject(label: str) -> str:
    """The label without its aspect: aspects of one record are no different records."""
    return label.partition(".")[0]


def _asked_between() -> Counter[tuple[str, str]]:
    """How often investors were asked back between two records."""
    turns = Turn.objects.filter(
        at__gte=timezone.now() - timedelta(days=DAYS), outcome=Outcome.ASKED, test=False
    ).values_list("message__understood", flat=True)
    found: Counter[tuple[str, str]] = Counter()
    for understood in turns:
        candidates = ((understood or {}).get(names.DECISION) or {}).get("candidates") or ()
        labels = [f"{names.ASK.get(each['kind'], '')}/{each['record']}" for each in candidates[:2]]
        if len(labels) == 2:
            first, second = sorted(labels)
            found[first, second] += 1
    return found


def _asked_for() -> Counter[str]:
    since = timezone.now() - timedelta(days=DAYS)
    rows = Turn.objects.filter(at__gte=since, test=False).exclude(record="").order_by().values("record")
    return Counter({row["record"]: row["times"] for row in rows.annotate(times=Count("pk"))})


@unit
def _keep(survey: Survey) -> None:
    survey.save()
