"""Pages of the training examples: who proposed what, and the second person's decision."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bot.console import audit
from bot.console.guard import Officer, deed, page
from bot.console.learning import examples as examples_
from bot.console.learning import labels, lessons
from bot.console.learning.examples import Known, OwnProposal, Unfit
from bot.console.models import ExampleState, TrainingExample
from bot.console.roles import Need
from bot.console.wording import say

_PAGE = 50
_LANGUAGES = ("vi", "en")


@page(Need.TEACH)
def examples(request: Officer) -> HttpResponse:
    """Examples in one state, the latest first."""
    state = request.GET.get("state", "")
    state = state if state in ExampleState.values else ExampleState.PROPOSED
    rows = TrainingExample.objects.filter(state=state).select_related("proposed_by", "decided_by")
    found = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "rows": [(row, labels.named(row.label)) for row in found],
        "state": state,
        "states": ExampleState.values,
        "languages": _LANGUAGES,
        "aspects": labels.ASPECTS,
        "intents": labels.PLAIN,
        "waiting": TrainingExample.objects.filter(state=ExampleState.PROPOSED).count(),
    }
    return render(request, "console/learning/examples.html", context)


@deed(Need.TEACH)
def write(request: Officer) -> HttpResponse:
    """Propose wordings written by hand, one a line."""
    sent = request.POST
    language = sent.get("language", "")
    texts: list[tuple[str, str, int | None]] = [
        (line.strip(), language if language in _LANGUAGES else "vi", None)
        for line in sent.get("texts", "").splitlines()
        if line.strip()
    ]
    try:
        if not texts:
            raise Unfit("empty")
        made = examples_.propose(texts, labels.chosen(sent.dict()), request.user)
    except Unfit as error:
        messages.error(request, say("learning", str(error)))
    else:
        key = "proposed" if made else "known_already"
        messages.success(request, say("learning", key, count=len(made)))
    return redirect("console:learning:examples")


@deed(Need.APPROVE)
def decide(request: Officer) -> HttpResponse:
    """Approve or reject the ticked examples."""
    approve = request.POST.get("decision") == "approve"
    done = 0
    for number in request.POST.getlist("example"):
        if not number.isdigit() or not TrainingExample.objects.filter(pk=number).exists():
            continue
        try:
            examples_.decide(int(number), approve, request.user, request.POST.get("reason", ""))
            done += 1
        except OwnProposal:
            messages.error(request, say("learning", "own_proposal"))
        except Known:
            messages.warning(request, say("learning", "known_already"))
    if done:
        messages.success(request, say("learning", "approved" if approve else "rejected", count=done))
    state = request.POST.get("state", "")
    back = state if state in ExampleState.values else ExampleState.PROPOSED
    return redirect(f"{reverse('console:learning:examples')}?state={back}")


@page(Need.APPROVE)
def patch(request: Officer) -> HttpResponse:
    """The approved examples as a patch of the checkout's data/nlu."""
    audit.record(request.user, "examples_exported")
    response = HttpResponse(lessons.patch(lessons.approved()), content_type="text/x-diff; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-nlu.patch"'
    return response
