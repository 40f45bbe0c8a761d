"""The chat as plain forms, for browsers without JavaScript and for readers who prefer a page."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bot.common.problems import Problem
from bot.conversations import erasure, gateway, links, outbox, problems, welcome
from bot.conversations.gateway import Reply
from bot.conversations.inbound import MAX_CLIENT_ID, Inbound
from bot.conversations.models import Channel, Conversation
from bot.conversations.problems import MAX_LENGTH
from bot.conversations.tokens import conversation_of, session_token
from bot.web.context import site
from bot.web.speaking import bilingual

COOKIE = "heza_talk"
_CODE_LENGTH = 64


@never_cache
@require_http_methods(["GET", "POST"])
@bilingual
def chat(request: HttpRequest) -> HttpResponseBase:
    """The talk of this browser and a field; `?ask=` puts words into it. Sent forms come back to the page.

    `?link=` is a conversation from another channel. Looking at it changes nothing, since programs look too.
    """
    conversation = _conversation(request)
    if request.method == "POST":
        return _act(request, conversation)
    return _page(request, conversation, draft=request.GET.get("ask", "")[:MAX_LENGTH])


def _act(request: HttpRequest, conversation: uuid.UUID | None) -> HttpResponseBase:
    if request.POST.get("deed") in {"restart", "erase"}:
        if conversation and request.POST["deed"] == "erase":
            async_to_sync(erasure.erase)(conversation)
        response = HttpResponseRedirect(_address())
        response.delete_cookie(COOKIE, path=reverse("chat"))
        return response
    if request.POST.get("deed") == "continue":
        return _continue(request, conversation)
    inbound = _inbound(request)
    if conversation is None:
        conversation = welcome.start(language=str(site(request)["language"])).conversation
        # A button of a conversation that is gone has only its words left.
        inbound = replace(inbound, button="")
    answered = _send(request, conversation, inbound)
    _remember(request, answered, conversation)
    return answered


def _continue(request: HttpRequest, conversation: uuid.UUID | None) -> HttpResponse:
    """Go on with the conversation of a link in place of this browser's, while the link is good."""
    carried = links.redeem(request.POST.get("link", ""), Channel.WEB)
    if carried is None:
        return _page(request, conversation, draft="", problem=problems.no_such_link(None))
    response = HttpResponseRedirect(_address())
    _remember(request, response, carried)
    return response


def _send(request: HttpRequest, conversation: uuid.UUID, inbound: Inbound) -> HttpResponse:
    """Back to the page when the message was taken, otherwise the page that says why not."""
    try:
        async_to_sync(gateway.receive)(conversation, inbound)
    except Problem as problem:
        return _page(request, conversation, draft=inbound.text, problem=problem)
    return HttpResponseRedirect(_address())


def _inbound(request: HttpRequest) -> Inbound:
    client_id = request.POST.get("client_id", "")[:MAX_CLIENT_ID] or uuid.uuid4().hex
    return Inbound(client_id, request.POST.get("text", ""), request.POST.get("button", ""))


def _page(
    request: HttpRequest, conversation: uuid.UUID | None, draft: str, problem: Problem | None = None
) -> HttpResponse:
    reply = async_to_sync(gateway.history)(conversation) if conversation else Reply("bot", [])
    if conversation and reply.messages:
        outbox.shown_up_to(conversation, reply.messages[-1]["id"])
    language = str(site(request)["language"])
    context: dict[str, Any] = {
        "mode": reply.mode,
        "messages": reply.messages,
        "draft": draft,
        "link": "" if problem else request.GET.get("link", "")[:_CODE_LENGTH],
        "problem": problem.detail[problem.language or language] if problem else "",
        "client_id": uuid.uuid4().hex,
        "limit": MAX_LENGTH,
    }
    return render(request, "web/chat.html", context, status=problem.status if problem else 200)


def _conversation(request: HttpRequest) -> uuid.UUID | None:
    identity = conversation_of(request.COOKIES.get(COOKIE, ""))
    return identity if identity and Conversation.objects.filter(pk=identity).exists() else None


def _remember(request: HttpRequest, response: HttpResponse, conversation: uuid.UUID) -> None:
    response.set_cookie(
        COOKIE,
        session_token(conversation),
        path=reverse("chat"),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _address() -> str:
    # The newest message is at the end of the page.
    return f"{reverse('chat')}#newest"
