"""The page of one answer, and what is done with it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from bot.common import names
from bot.common.text import clean
from bot.console import audit, subjects, turns, wording
from bot.console.conversations.transcript import lines
from bot.console.guard import Officer, deed, page
from bot.console.judging import queue
from bot.console.models import Judgement, Reservation, Turn, Verdict
from bot.console.roles import Need
from bot.conversations.database import unit

_SKIPPED, _MOST_SKIPPED = "judging_skipped", 500
_LAST = "judging_last"
# What was said before, so that a follow-up can be judged.
_BEFORE = 6
_REMARK_LENGTH = 2000


@page(Need.JUDGE)
def judging(request: Officer) -> HttpResponse:
    """On to the next answer of a queue, or the news that there is none."""
    turns.before_a_page()
    chosen = _queue(request)
    found = queue.following(chosen, request.session.get(_SKIPPED, ()), request.user)
    if found is not None:
        return redirect(f"{reverse('console:judge', args=[found.pk])}?queue={chosen}")
    context = {
        "queue": chosen,
        "queues": queue.QUEUES,
        "progress": queue.progress(request.user),
        "others": queue.held_by_others(chosen, request.user),
    }
    return render(request, "console/judging/done.html", context)


@page(Need.JUDGE)
def judge(request: Officer, message: int) -> HttpResponse:
    """The question, its answer, what was understood, and the verdicts with their keys."""
    turn = get_object_or_404(Turn.objects.select_related("message"), pk=message)
    talk = lines(turn.conversation_id)
    at = next((place for place, line in enumerate(talk) if line.message.pk == message), None)
    if at is None:
        raise Http404
    after = next((place for place, line in enumerate(talk[at + 1 :], at + 1) if line.turn), len(talk))
    chosen = _queue(request)
    judgement = talk[at].judgement
    context = {
        "turn": turn,
        "line": talk[at],
        "before": talk[max(at - _BEFORE, 0) : at],
        "answers": talk[at + 1 : after],
        "verdicts": list(enumerate(Verdict.values, 1)),
        "judgement": judgement,
        "right": subjects.subject(judgement.right_record) if judgement and judgement.right_record else None,
        "right_intent": subjects.intent(judgement.right_intent)
        if judgement and judgement.right_intent
        else None,
        "aspects": sorted({aspect for aspects in names.ASPECTS.values() for aspect in aspects}),
        "queue": chosen,
        "queues": queue.QUEUES,
        "waiting": queue.waiting(chosen).count(),
        "progress": queue.progress(request.user),
        "last": request.session.get(_LAST),
    }
    return render(request, "console/judging/judge.html", context)


@deed(Need.JUDGE)
def save(request: Officer, message: int) -> HttpResponse:
    """Keep the verdict and go on to the next answer."""
    turn = get_object_or_404(Turn, pk=message)
    sent = request.POST
    verdict = sent.get("verdict", "")
    if verdict not in Verdict.values:
        return redirect(f"{reverse('console:judge', args=[message])}?queue={_queue(request)}")
    quicker = _keep(request.user, turn.pk, verdict, sent)
    if quicker is not None:
        by, said = quicker.by.get_full_name() or quicker.by.username, wording.say("verdict", quicker.verdict)
        messages.warning(request, wording.say("notice", "judged_meanwhile", name=by, verdict=said))
        return redirect(f"{reverse('console:judge', args=[message])}?queue={_queue(request)}")
    request.session[_LAST] = message
    return _on(request)


@unit
def _keep(by: User, message: int, verdict: str, sent: QueryDict) -> Judgement | None:
    """Keep the judgement; a colleague's that the page had not shown is left as it is and given back."""
    earlier = (
        Judgement.objects.select_for_update(of=("self",)).select_related("by").filter(pk=message).first()
    )
    if earlier is not None and earlier.by != by and sent.get("seen") != earlier.at.isoformat():
        return earlier
    corrected = verdict != Verdict.RIGHT
    intent = sent.get("right_intent", "") if corrected else ""
    values = {
        "verdict": verdict,
        "right_intent": intent if intent in subjects.intents() else "",
        "right_record": _known(sent.get("right_record", "")) if corrected else "",
        "right_aspect": sent.get("right_aspect", "")[:20] if corrected else "",
        "remark": clean(sent.get("remark", ""))[:_REMARK_LENGTH],
        "by": by,
        "at": timezone.now(),
    }
    judgement, made = Judgement.objects.get_or_create(pk=message, defaults=values)
    if not made and earlier is None:
        # Somebody's, from between the two questions to the database.
        return judgement
    if not made:
        Judgement.objects.filter(pk=message).update(**values)
    was = earlier.verdict if earlier else None
    audit.record(by, "judged", message, verdict=verdict, earlier=was)
    return None


@deed(Need.JUDGE)
def take_back(request: Officer, message: int) -> HttpResponse:
    """The judgement was a mistake: back to the answer."""
    judgement = get_object_or_404(Judgement, pk=message)
    audit.record(request.user, "judgement_dropped", message, earlier=judgement.verdict)
    judgement.delete()
    return redirect(f"{reverse('console:judge', args=[message])}?queue={_queue(request)}")


@deed(Need.JUDGE)
def skip(request: Officer, message: int) -> HttpResponse:
    """Put it off until the next session."""
    Reservation.objects.filter(pk=message, by=request.user).delete()
    skipped = [*request.session.get(_SKIPPED, ()), message]
    request.session[_SKIPPED] = skipped[-_MOST_SKIPPED:]
    return _on(request)


def _queue(request: Officer) -> str:
    named = request.POST.get("queue") or request.GET.get("queue") or queue.FIRST
    return named if named in queue.QUEUES else queue.FIRST


def _on(request: Officer) -> HttpResponse:
    return redirect(f"{reverse('console:judging')}?queue={_queue(request)}")


def _known(record: str) -> str:
    """The id when there is such a record, otherwise nothing."""
    return record if record and subjects.subject(record).kind else ""
