"""The page on the training data as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bot.console import subjects
from bot.console.guard import Officer, deed, page
from bot.console.learning import labels, tasks
from bot.console.learning import survey as surveys
from bot.console.models import Survey
from bot.console.roles import Need
from bot.console.wording import say

_MOST_THIN = 100


@page(Need.TEACH)
def data(request: Officer) -> HttpResponse:
    """Records that are easily confused, records with few wordings."""
    survey = Survey.objects.filter(pk=1).first()
    pairs = survey.pairs if survey else []
    thin = survey.thin if survey else []
    context = {
        "survey": survey,
        "pairs": [(pair, [labels.named(label) for label in pair["labels"]]) for pair in pairs],
        "thin": [(row, subjects.subject(row["record"])) for row in thin[:_MOST_THIN]],
        "thin_count": len(thin),
        "few": surveys.THIN,
    }
    return render(request, "console/learning/data.html", context)


@deed(Need.TEACH)
def look(request: Officer) -> HttpResponse:
    """Have the worker look anew."""
    tasks.look_at_data()
    messages.info(request, say("learning", "looking"))
    return redirect("console:learning:data")
