"""Pages of the models: training, comparison, bringing into service and back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bot.console import subjects
from bot.console.guard import Officer, deed, page
from bot.console.learning import lessons, promotion, shelf, tasks, training, verdict
from bot.console.models import ModelState, TrainedModel
from bot.console.roles import Need
from bot.console.wording import say
from bot.conversations.models import Message

_MOST_MODELS = 60
_FIGURES = ("right_vi", "right_en", "wrong_record", "off_topic_not_answered", "language")
# Figures that are better when they are lower.
_LOW = frozenset({"wrong_record"})


@page(Need.TEACH)
def models(request: Officer) -> HttpResponse:
    """All models with their figures; what can be trained now."""
    present = shelf.serving()
    approved = lessons.approved()
    context = {
        "rows": TrainedModel.objects.select_related("started_by", "promoted_by")[:_MOST_MODELS],
        "under_way": shelf.UNDER_WAY,
        "approved": len(approved),
        "news": lessons.content(approved) != present.lessons,
    }
    return render(request, "console/learning/models.html", context)


@deed(Need.TRAIN)
def train(request: Officer) -> HttpResponse:
    """Queue a training on the examples approved so far."""
    try:
        row = training.request(request.user)
    except training.Busy:
        messages.warning(request, say("learning", "busy"))
    except training.NothingNew:
        messages.warning(request, say("learning", "nothing_new"))
    else:
        tasks.train(row.pk)
        messages.success(request, say("learning", "requested"))
        return redirect("console:learning:model", row.pk)
    return redirect("console:learning:models")


@page(Need.TEACH)
def model(request: Officer, row: int) -> HttpResponse:
    """One model: how far it is, how it compares, what would change."""
    found = get_object_or_404(TrainedModel, pk=row)
    return render(request, "console/learning/model.html", _shown(found))


@page(Need.TEACH)
def state(request: Officer, row: int) -> HttpResponse:
    """The part of the page that changes while the worker is at it; the whole page anew when it is done."""
    found = get_object_or_404(TrainedModel, pk=row)
    response = render(request, "console/learning/state.html", _progress(found))
    if found.state not in shelf.UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


@deed(Need.TRAIN)
def promote(request: Officer, row: int) -> HttpResponse:
    """Bring the model into service."""
    get_object_or_404(TrainedModel, pk=row)
    try:
        promotion.request(row, request.user)
    except promotion.NotNow:
        messages.error(request, say("learning", "not_now"))
    except promotion.Outdated:
        messages.error(request, say("learning", "outdated"))
    except promotion.Stale:
        messages.error(request, say("learning", "stale"))
    else:
        tasks.begin(row)
        messages.success(request, say("learning", "starting"))
    return redirect("console:learning:model", row)


@deed(Need.TRAIN)
def compare(request: Officer, row: int) -> HttpResponse:
    """Compare the candidate anew, with the model that is in service now."""
    get_object_or_404(TrainedModel, pk=row)
    try:
        training.compare_again(row, request.user)
    except training.Busy:
        messages.warning(request, say("learning", "not_now"))
    else:
        tasks.train(row)
        messages.success(request, say("learning", "comparing_again"))
    return redirect("console:learning:model", row)


@deed(Need.TRAIN)
def roll_back(request: Officer, row: int) -> HttpResponse:
    """The former model answers again, from the next question on."""
    address = get_object_or_404(TrainedModel, pk=row).address
    try:
        answers = promotion.roll_back(row, request.user)
    except promotion.NotNow:
        messages.error(request, say("learning", "not_now"))
    else:
        if answers:
            tasks.end_beside(address)
            messages.success(request, say("learning", "rolled_back"))
        else:
            tasks.take_back(row)
            messages.warning(request, say("learning", "taking_back"))
    return redirect("console:learning:model", row)


@deed(Need.TRAIN)
def finish(request: Officer, row: int) -> HttpResponse:
    """End the trial before its time: the model stays."""
    get_object_or_404(TrainedModel, pk=row)
    try:
        promotion.keep(row, request.user)
    except promotion.NotNow:
        messages.error(request, say("learning", "not_now"))
    else:
        tasks.finish(row)
        messages.success(request, say("learning", "finishing"))
    return redirect("console:learning:model", row)


@deed(Need.TRAIN)
def discard(request: Officer, row: int) -> HttpResponse:
    """Nobody wants this candidate."""
    get_object_or_404(TrainedModel, pk=row)
    try:
        promotion.discard(row, request.user)
    except promotion.NotNow:
        messages.error(request, say("learning", "not_now"))
    else:
        messages.info(request, say("learning", "discarded"))
    return redirect("console:learning:models")


def _progress(row: TrainedModel) -> dict[str, Any]:
    """How far it is: of a training, which reports little, the share of the usual time that has passed."""
    share = row.progress
    if row.state == ModelState.TRAINING:
        passed = (timezone.now() - row.created_at).total_seconds()
        share = max(share, min(passed / training.expected_seconds(), 0.97))
    return {"model": row, "percent": round(100 * share), "under_way": row.state in shelf.UNDER_WAY}


def _shown(row: TrainedModel) -> dict[str, Any]:
    stale = row.state in training.COMPARABLE and shelf.is_stale(row)
    comparison = row.comparison or {}
    scores = comparison.get("scores")
    changed = comparison.get("utterances") or []
    texts = dict(Message.objects.filter(pk__in=[each["id"] for each in changed]).values_list("pk", "text"))
    return {
        **_progress(row),
        "figures": [_figure(name, scores) for name in _FIGURES] if scores else [],
        "faults": verdict.faults(comparison) if scores else [],
        "taught": comparison.get("lessons"),
        "questions": [_change(each, each["text"]) for each in comparison.get("questions") or []],
        # A conversation may have been erased since.
        "utterances": [_change(each, texts[each["id"]]) for each in changed if each["id"] in texts],
        "promotable": row.state in shelf.PROMOTABLE and not stale,
        "stale": stale,
        "on_trial": row.state == ModelState.TRIAL,
        "discardable": row.state in promotion.DISCARDABLE,
    }


def _figure(name: str, scores: dict[str, dict[str, float]]) -> dict[str, Any]:
    before, after = scores["present"][name], scores["candidate"][name]
    gain = before - after if name in _LOW else after - before
    return {"name": name, "before": before, "after": after, "change": round(after - before, 2), "gain": gain}


def _change(each: dict[str, Any], text: str) -> dict[str, Any]:
    return {
        "text": text,
        "before": _answer(each["before"]),
        "after": _answer(each["after"]),
        "outcomes": each.get("outcomes"),
    }


def _answer(seen: dict[str, Any]) -> dict[str, Any]:
    names = [subjects.subject(record).name for record in seen["offered"]]
    return {**seen, "name": subjects.subject(seen["record"]).name if seen["record"] else "", "names": names}
