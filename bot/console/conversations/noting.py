"""What staff note about a conversation: labels, notes, who looks after it, reviewed, a test."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bot.common.text import clean
from bot.console import audit, turns, wording
from bot.console.conversations.transcript import noted
from bot.console.guard import Officer, deed
from bot.console.models import Case, Label, Note
from bot.console.people import officers
from bot.console.roles import Need

_LABEL_LENGTH = 40
_NOTE_LENGTH = 4000


@deed(Need.ANNOTATE)
def add_label(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Put a label on it; a name that is new makes a new label."""
    case = _case(conversation)
    name = _known(clean(request.POST.get("name", ""))[:_LABEL_LENGTH])
    if name:
        label = Label.objects.filter(name__iexact=name).first() or Label.objects.create(name=name)
        case.labels.add(label)
        audit.record(request.user, "labelled", conversation, label=label.name)
    return _side(request, case)


@deed(Need.ANNOTATE)
def drop_label(request: Officer, conversation: uuid.UUID, label: int) -> HttpResponse:
    """Take a label off."""
    case = _case(conversation)
    found = get_object_or_404(Label, pk=label)
    case.labels.remove(found)
    audit.record(request.user, "unlabelled", conversation, label=found.name)
    return _side(request, case)


@deed(Need.ANNOTATE)
def add_note(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Write a remark that only staff see."""
    case = _case(conversation)
    text = request.POST.get("text", "").strip()[:_NOTE_LENGTH]
    if text:
        note = Note.objects.create(conversation_id=conversation, text=text, by=request.user)
        audit.record(request.user, "noted", conversation, note=note.pk)
    return _side(request, case)


@deed(Need.ANNOTATE)
def assign(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Give it to somebody to look after, or to nobody."""
    case = _case(conversation)
    chosen = request.POST.get("officer", "")
    case.assigned_to = get_object_or_404(officers(), pk=int(chosen)) if chosen.isdigit() else None
    case.save(update_fields=["assigned_to"])
    audit.record(request.user, "assigned", conversation, to=case.assigned_to_id)
    return _back(conversation)


@deed(Need.ANNOTATE)
def mark_test(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """A test is left out of figures and of learning; the same deed takes it back in."""
    case = _case(conversation)
    turns.mark(conversation, test=not case.test)
    audit.record(request.user, "no_test" if case.test else "test", conversation)
    return _back(conversation)


@deed(Need.ANNOTATE)
def review(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """Note that somebody has read it, or take that back."""
    case = _case(conversation)
    reviewed = case.reviewed_at is None
    case.reviewed_at = timezone.now() if reviewed else None
    case.reviewed_by = request.user if reviewed else None
    case.save(update_fields=["reviewed_at", "reviewed_by"])
    audit.record(request.user, "reviewed" if reviewed else "not_reviewed", conversation)
    return _back(conversation)


def _case(conversation: uuid.UUID) -> Case:
    return get_object_or_404(Case, pk=conversation)


def _known(name: str) -> str:
    """The name under which a label that comes with the house is kept, in whichever language it was typed."""
    labels = wording.words("label")
    typed = name.casefold()
    return next((key for key, both in labels.items() if typed in map(str.casefold, both.values())), name)


def _back(conversation: uuid.UUID) -> HttpResponse:
    return redirect("console:conversation", conversation)


def _side(request: Officer, case: Case) -> HttpResponse:
    """The part of the page that changed; the whole page without JavaScript."""
    if not request.headers.get("HX-Request"):
        return _back(case.pk)
    context = {"case": case, "labels": Label.objects.all(), **noted(case)}
    return render(request, "console/conversations/noted.html", context)
