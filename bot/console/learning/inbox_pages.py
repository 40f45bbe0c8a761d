"""Pages of the inbox: groups of questions, and what judging has corrected."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bot.common import names
from bot.console import audit, subjects
from bot.console.guard import Officer, deed, page
from bot.console.learning import examples, labels, tasks
from bot.console.learning import inbox as incoming
from bot.console.learning.examples import Unfit
from bot.console.models import Judgement, Turn, UtteranceGroup, Verdict
from bot.console.roles import Need
from bot.console.wording import say

_PAGE = 30


@page(Need.TEACH)
def inbox(request: Officer) -> HttpResponse:
    """What was hardly understood and often asked, most urgent first."""
    found = Paginator(incoming.waiting(), incoming.PAGE).get_page(request.GET.get("page"))
    groups = [incoming.show(group) for group in found]
    shown = [(group, [labels.named(label) for label in group.suggestions]) for group in groups]
    context = {"page": found, "groups": shown, "aspects": labels.ASPECTS, "intents": labels.PLAIN}
    return render(request, "console/learning/inbox.html", context)


@deed(Need.TEACH)
def read(request: Officer) -> HttpResponse:
    """Have the worker read new questions now."""
    tasks.gather()
    messages.info(request, say("learning", "gathering"))
    return redirect("console:learning:inbox")


@page(Need.TEACH)
def find(request: Officer) -> HttpResponse:
    """Records by their names, as choices of a group's form."""
    found = subjects.find(request.GET.get("q", ""))
    shown = [(f"{names.ASK[record.kind]}/{record.id}", record) for record in found]
    return render(request, "console/learning/found.html", {"found": shown, "q": request.GET.get("q", "")})


@deed(Need.TEACH)
def propose(request: Officer, group: int) -> HttpResponse:
    """Make examples of the ticked questions; they and the rest of the group are done."""
    get_object_or_404(UtteranceGroup, pk=group)
    ticked = _numbers(request, "message")
    turns = Turn.objects.filter(message__utterance__group=group, pk__in=ticked).select_related("message")
    same = incoming.alike(group, ticked)
    try:
        if not turns:
            raise Unfit("none_chosen")
        texts = [(turn.message.text, turn.language or "vi", turn.pk) for turn in turns]
        made = examples.propose(texts, labels.chosen(request.POST.dict()), request.user)
    except Unfit as error:
        messages.error(request, say("learning", str(error)))
        return redirect("console:learning:inbox")
    incoming.set_aside(group, same)
    _tell(request, len(made))
    return redirect("console:learning:inbox")


@deed(Need.TEACH)
def set_aside(request: Officer, group: int) -> HttpResponse:
    """Nothing to learn from these questions."""
    get_object_or_404(UtteranceGroup, pk=group)
    count = incoming.set_aside(group)
    audit.record(request.user, "utterances_set_aside", group, count=count)
    messages.info(request, say("learning", "set_aside", count=count))
    return redirect("console:learning:inbox")


@page(Need.TEACH)
def corrections(request: Officer) -> HttpResponse:
    """Answers that were judged wrong and whose right record or intent is known."""
    rows = (
        Judgement.objects.exclude(verdict__in=(Verdict.RIGHT, Verdict.WRONG_LANGUAGE))
        .exclude(right_record="", right_intent="")
        .filter(message__examples__isnull=True, message__turn__isnull=False)
        .select_related("message", "message__turn", "by")
        .order_by("-at")
    )
    found = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    shown = [(row, _named(row)) for row in found]
    return render(request, "console/learning/corrections.html", {"page": found, "rows": shown})


@deed(Need.TEACH)
def correct(request: Officer, message: int) -> HttpResponse:
    """Make an example of a corrected answer's question."""
    row = get_object_or_404(Judgement.objects.select_related("message__turn"), pk=message)
    try:
        label = _label(row)
        language = row.message.turn.language or "vi"
        made = examples.propose([(row.message.text, language, row.pk)], label, request.user)
    except Unfit as error:
        messages.error(request, say("learning", str(error)))
    else:
        _tell(request, len(made))
    return redirect("console:learning:corrections")


def _label(row: Judgement) -> tuple[str, str, str]:
    if row.right_record:
        return examples.label_of(row.right_record, row.right_aspect)
    return examples.checked(row.right_intent, "", row.right_aspect)


def _named(row: Judgement) -> labels.Named | None:
    """What the correction would teach; None when that is no longer there."""
    try:
        intent, record, aspect = _label(row)
    except Unfit:
        return None
    key = f"{record}.{aspect}" if aspect else record
    return labels.named(f"{intent}/{key}" if key else intent)


def _tell(request: Officer, count: int) -> None:
    if count:
        messages.success(request, say("learning", "proposed", count=count))
    else:
        messages.warning(request, say("learning", "known_already"))


def _numbers(request: Officer, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if value.isdigit()]
