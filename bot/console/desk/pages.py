"""The desk's pages: the queue and a talk, kept fresh by small requests."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bot.console.conversations.transcript import lines
from bot.console.desk import queue
from bot.console.guard import Officer, page
from bot.console.models import CannedReply
from bot.console.people import officers
from bot.console.roles import Need
from bot.conversations.models import Conversation, Mode


@page(Need.ANSWER)
def desk(request: Officer) -> HttpResponse:
    """Who waits; nobody chosen yet."""
    return render(request, "console/desk/desk.html", {"lists": queue.of(request.user)})


@page(Need.ANSWER)
def waiting(request: Officer) -> HttpResponse:
    """The lists alone."""
    chosen = request.GET.get("chosen", "")
    return render(request, "console/desk/lists.html", {"lists": queue.of(request.user), "chosen": chosen})


@page(Need.ANSWER)
def count(request: Officer) -> HttpResponse:
    """The number of those who wait, nothing for none."""
    return HttpResponse(str(queue.count() or ""), content_type="text/plain; charset=utf-8")


@page(Need.ANSWER)
def talk(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """One conversation with the field to answer in."""
    return shown(request, conversation)


def shown(request: Officer, conversation: uuid.UUID, typed: str = "") -> HttpResponse:
    """The page of a talk; `typed`: an answer that could not be sent, so that nobody has to write it again."""
    found = get_object_or_404(Conversation.objects.select_related("assigned_to"), pk=conversation)
    said = lines(conversation)
    context = {
        "lists": queue.of(request.user),
        "chosen": str(conversation),
        "conversation": found,
        "lines": said,
        "after": said[-1].message.pk if said else 0,
        "canned": CannedReply.objects.all(),
        "colleagues": officers(Need.ANSWER).exclude(pk=request.user.pk),
        "client_id": uuid.uuid4().hex,
        "typed": typed,
        **_charge(request, found),
    }
    return render(request, "console/desk/talk.html", context)


@page(Need.ANSWER)
def fresh(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """What was said since `after`; when somebody else took over or gave back, the page loads anew."""
    found = get_object_or_404(Conversation, pk=conversation)
    if request.GET.get("mode") != _state(found):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    after = request.GET.get("after", "")
    shown = int(after) if after.isdigit() else 0
    if found.last_message_id <= shown:
        return HttpResponse(status=204)
    said = [line for line in lines(conversation) if line.message.pk > shown]
    context = {
        "lines": said,
        # Not the conversation's own number: something may have been said between the two readings.
        "after": said[-1].message.pk if said else shown,
        "conversation": found,
        **_charge(request, found),
    }
    return render(request, "console/desk/fresh.html", context)


def _state(conversation: Conversation) -> str:
    return f"{conversation.mode}-{conversation.assigned_to_id or ''}"


def _charge(request: Officer, conversation: Conversation) -> dict[str, object]:
    mine = conversation.mode == Mode.HUMAN and conversation.assigned_to_id == request.user.pk
    supervises = conversation.mode == Mode.HUMAN and request.user.has_perm(Need.SUPERVISE)
    return {"mine": mine, "in_charge": mine or supervises, "state": _state(conversation)}
