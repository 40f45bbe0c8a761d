"""What an officer does at the desk, by the services of the gateway, which check and log it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from bot.console import wording
from bot.console.desk import pages
from bot.console.guard import Officer, deed
from bot.console.people import officers
from bot.console.roles import Need
from bot.conversations import handoff

_NAME_LENGTH = 64


@deed(Need.ANSWER)
def call(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Put it among those that wait."""
    return _done(request, conversation, lambda: handoff.call(conversation, request.user))


@deed(Need.ANSWER)
def claim(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Take it over."""
    return _done(request, conversation, lambda: handoff.claim(conversation, request.user))


@deed(Need.ANSWER)
def transfer(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Pass it to a colleague."""
    chosen = request.POST.get("officer", "")
    to = get_object_or_404(officers(Need.ANSWER), pk=int(chosen) if chosen.isdigit() else 0)
    return _done(request, conversation, lambda: handoff.transfer(conversation, request.user, to))


@deed(Need.ANSWER)
def reply(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Answer the investor; the same `client_id` again sends nothing more."""
    text, client_id = request.POST.get("text", ""), request.POST.get("client_id", "")[:_NAME_LENGTH]
    named = client_id or uuid.uuid4().hex
    if _refused(request, lambda: handoff.reply(conversation, request.user, text, named)):
        return pages.shown(request, conversation, typed=text)
    return redirect("console:desk_talk", conversation)


@deed(Need.ANSWER)
def typing(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Let the investor see that a person is writing."""
    try:
        handoff.typing(conversation, request.user)
    except (handoff.NotYours, handoff.NoConversation):
        # Given back meanwhile: nothing to show.
        return HttpResponse(status=204)
    return HttpResponse(status=204)


@deed(Need.ANSWER)
def give_back(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Let the assistant answer again."""
    return _done(request, conversation, lambda: handoff.give_back(conversation, request.user))


@deed(Need.ANSWER)
def close(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """End it."""
    return _done(request, conversation, lambda: handoff.close(conversation, request.user))


def _done(request: Officer, conversation: uuid.UUID, work: Callable[[], object]) -> HttpResponse:
    _refused(request, work)
    return redirect("console:desk_talk", conversation)


def _refused(request: Officer, work: Callable[[], object]) -> bool:
    """Do it; True, and a notice on the next page, when the state of things forbids it."""
    try:
        work()
    except handoff.NoConversation as error:
        raise Http404 from error
    except handoff.NotYours:
        messages.error(request, wording.say("notice", "not_yours"))
    except handoff.NothingSaid:
        messages.error(request, wording.say("notice", "nothing_said"))
    else:
        return False
    return True
