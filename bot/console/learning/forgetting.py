"""Models that are out of service must not hold wordings of which the examples are gone.

A model's lessons are the very bytes it was trained on and part of its name, so one that answers investors
keeps them until the next one takes over (docs/decisions/learning.md). Afterwards the model is discarded.
"""

from __future__ import annotations

import shutil

from django.conf import settings

from bot.console.learning import lessons, shelf
from bot.console.models import ModelState, TrainedModel, TrainingExample
from bot.conversations.database import unit

IN_USE = (*shelf.UNDER_WAY, *shelf.IN_TRIAL, ModelState.SERVING)


@unit
def discard_models_with_erased_wordings() -> int:
    """Discard what was trained on an example that is no longer there, with its files; how many."""
    kept = set(TrainingExample.objects.values_list("text", flat=True))
    idle = TrainedModel.objects.exclude(state__in=IN_USE).exclude(lessons="")
    stale = [row for row in idle if not lessons.wordings_in(row.lessons) <= kept]
    for row in stale:
        shelf.remove_file(row)
        shutil.rmtree(settings.HEZA.data_dir / "learning" / str(row.pk), ignore_errors=True)
        row.state, row.lessons = ModelState.DISCARDED, ""
        row.save(update_fields=["state", "lessons"])
    return len(stale)
