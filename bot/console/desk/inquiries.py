"""Formal inquiries: state, due date, answers. Contact data stands here and nowhere else in the console."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bot.common.text import clean, fold
from bot.console import audit, wording
from bot.console.guard import Officer, deed, page
from bot.console.roles import Need
from bot.conversations import inquiries as service
from bot.conversations.models import Consent, Inquiry, InquiryState
from bot.registry import clock

PAGE = 50
_NAME_LENGTH = 64
_OPEN = (InquiryState.RECEIVED, InquiryState.IN_PROGRESS)


@page(Need.INQUIRIES)
def inquiries(request: Officer) -> HttpResponse:
    """Open ones by due date, then the others, the latest first; `state` narrows, `q` is a code or company."""
    found = Inquiry.objects.annotate(
        is_done=Case(When(state__in=_OPEN, then=0), default=1, output_field=IntegerField())
    ).order_by("is_done", "due_on", "-id")
    state, q = request.GET.get("state", ""), request.GET.get("q", "").strip()
    if state in InquiryState.values:
        found = found.filter(state=state)
    if q:
        # Some hundred a year: folded here, on every database alike.
        wanted = fold(q)
        rows = found.values_list("pk", "code", "contact_company")
        found = found.filter(
            pk__in=[pk for pk, *texts in rows if any(wanted in fold(text) for text in texts)]
        )
    context = {
        "inquiries": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "states": InquiryState.values,
        "state": state,
        "q": q,
        "today": clock.today(),
        "open": _OPEN,
    }
    return render(request, "console/desk/inquiries.html", context)


@page(Need.INQUIRIES)
def inquiry(request: Officer, code: str) -> HttpResponse:
    """One inquiry with its history and the field to answer in."""
    found = get_object_or_404(Inquiry.objects.prefetch_related("entries"), code=code)
    audit.record(request.user, "inquiry_read", code)
    context = {
        "inquiry": found,
        "consents": Consent.objects.filter(conversation=found.conversation_id, withdrawn_at=None),
        "states": InquiryState.values,
        "today": clock.today(),
        "is_open": found.state in _OPEN,
        "client_id": uuid.uuid4().hex,
    }
    return render(request, "console/desk/inquiry.html", context)


@deed(Need.INQUIRIES)
def answer(request: Officer, code: str) -> HttpResponse:
    """Write to the investor, change the state, or both; the same `client_id` again adds nothing."""
    found = get_object_or_404(Inquiry, code=code)
    text, named = request.POST.get("text", ""), request.POST.get("state", "")
    state = InquiryState(named) if named in InquiryState.values else None
    client_id = request.POST.get("client_id", "")[:_NAME_LENGTH]
    if clean(text):
        if service.answer(found.pk, text, request.user, state, client_id):
            audit.record(request.user, "inquiry_answered", code, state=state or found.state)
        messages.success(request, wording.say("notice", "inquiry_answered"))
    elif state and (earlier := service.set_state(found.pk, state)) != state:
        audit.record(request.user, "inquiry_state", code, state=state, earlier=earlier)
        messages.success(request, wording.say("notice", "inquiry_state"))
    return redirect("console:inquiry", code)
