"""The page of one record: the form in both languages, the preview, and what is done with the draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bot.console import audit
from bot.console.guard import Officer, deed, page
from bot.console.records import changes, editing
from bot.console.records import preview as previews
from bot.console.records.list_pages import state_of
from bot.console.roles import Need
from bot.console.wording import say
from bot.registry import publishing
from bot.registry.models import Kind, Record
from bot.registry.staff.checks import warnings
from bot.registry.staff.forms import RecordForm


@page(Need.VIEW_RECORDS)
def edit(request: Officer, record: str) -> HttpResponse:
    """The record as it is worked on: the draft, or what is published."""
    found = get_object_or_404(Record, pk=record)
    return _page(request, found, editing.form_of(found))


@deed(Need.EDIT_RECORDS)
def save(request: Officer, record: str) -> HttpResponse:
    """Keep what was sent as the draft, unless the record has changed since the page was opened."""
    with transaction.atomic():
        found = get_object_or_404(Record.objects.select_for_update(), pk=record)
        form = editing.form_of(found, request.POST)
        if not form.is_valid():
            return _page(request, found, form, status=422)
        if editing.has_changed(found, request.POST):
            messages.error(request, say("records", "changed_meanwhile"))
            return _page(request, found, form, status=409)
        _keep(request, found, form)
    return redirect("console:records:edit", record)


@page(Need.ADD_RECORDS)
def new(request: Officer, kind: str) -> HttpResponse:
    """An empty form of a kind."""
    return _new_page(request, kind, editing.new_form(_kind(kind)))


@deed(Need.ADD_RECORDS)
def add(request: Officer, kind: str) -> HttpResponse:
    """Make the record; it is a draft until somebody else publishes it."""
    form = editing.new_form(_kind(kind), request.POST)
    if not form.is_valid():
        return _new_page(request, kind, form, status=422)
    _keep(request, form.instance, form)
    return redirect("console:records:edit", form.instance.pk)


@deed(Need.VIEW_RECORDS)
def preview(request: Officer, record: str) -> HttpResponse:
    """The chat's answer to what stands in the form just now."""
    found = get_object_or_404(Record, pk=record)
    return _preview(request, editing.form_of(found, request.POST), found.kind, found.pk)


@deed(Need.ADD_RECORDS)
def preview_new(request: Officer, kind: str) -> HttpResponse:
    """The same for a record that is yet to be made."""
    return _preview(request, editing.new_form(_kind(kind), request.POST), kind, "")


@deed(Need.PUBLISH_RECORDS)
def publish(request: Officer, record: str) -> HttpResponse:
    """Make another's draft what answers say, as it was read; or bring back what was withdrawn."""
    try:
        with transaction.atomic():
            found = get_object_or_404(Record.objects.select_for_update(), pk=record)
            if editing.has_changed(found, request.POST):
                messages.error(request, say("records", "changed_unread"))
                return redirect("console:records:edit", record)
            publishing.publish(found, request.user)
    except publishing.NoDraft:
        messages.warning(request, say("records", "no_draft"))
    except publishing.OwnDraft:
        messages.error(request, say("records", "own_draft"))
    except publishing.Unfit as error:
        messages.error(request, str(error))
    else:
        audit.record(request.user, "record_published", record)
        messages.success(request, say("records", "published"))
    return redirect("console:records:edit", record)


@deed(Need.EDIT_RECORDS)
def discard(request: Officer, record: str) -> HttpResponse:
    """Drop the draft; a record that has nothing else is gone."""
    found = get_object_or_404(Record, pk=record)
    publishing.discard(found)
    audit.record(request.user, "draft_discarded", record)
    messages.info(request, say("records", "discarded"))
    if Record.objects.filter(pk=record).exists():
        return redirect("console:records:edit", record)
    return redirect("console:records:list")


@deed(Need.VERIFY_RECORDS)
def confirm(request: Officer, record: str) -> HttpResponse:
    """Stand for the published content in one's own name."""
    found = get_object_or_404(Record, pk=record)
    try:
        if not found.published:
            raise publishing.NoDraft(record)
        publishing.confirm(found, request.user.get_full_name() or request.user.get_username())
    except publishing.NoDraft:
        messages.error(request, say("records", "not_published"))
    except publishing.DraftPending:
        messages.error(request, say("records", "draft_pending"))
    else:
        audit.record(request.user, "record_confirmed", record)
        messages.success(request, say("records", "confirmed"))
    return redirect("console:records:edit", record)


@deed(Need.PUBLISH_RECORDS)
def withdraw(request: Officer, record: str) -> HttpResponse:
    """Take the record out of answers."""
    found = get_object_or_404(Record, pk=record)
    if found.content is None:
        messages.error(request, say("records", "not_published"))
    else:
        publishing.withdraw(found)
        audit.record(request.user, "record_withdrawn", record)
        messages.warning(request, say("records", "withdrawn"))
    return redirect("console:records:edit", record)


def _keep(request: Officer, record: Record, form: RecordForm) -> None:
    publishing.save_draft(record, form.content, request.user)
    audit.record(request.user, "draft_saved", record.pk)
    if record.draft is None:
        messages.info(request, say("records", "nothing_changed"))
    else:
        messages.success(request, say("records", "saved"))
    for fault in warnings(record):
        messages.warning(request, fault)


def _page(request: Officer, record: Record, form: RecordForm, status: int = 200) -> HttpResponse:
    waits = record.draft is not None
    context = {
        **_form(form, record.kind),
        "record": record,
        "state": state_of(record),
        "record_version": editing.version_of(record),
        "changes": changes.between(record.kind, record.content, record.draft) if waits else [],
        "own": waits and record.draft_by_id == request.user.pk,
    }
    return render(request, "console/records/edit.html", context, status=status)


def _new_page(request: Officer, kind: str, form: RecordForm, status: int = 200) -> HttpResponse:
    return render(request, "console/records/edit.html", _form(form, kind), status=status)


def _form(form: RecordForm, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "sections": editing.sections(form),
        "faults": editing.faults(form) if form.is_bound else [],
        "aspects": previews.aspects_of(kind),
    }


def _preview(request: Officer, form: RecordForm, kind: str, record_id: str) -> HttpResponse:
    context: dict[str, Any] = {"faults": [], "answers": [], "unavailable": False}
    aspect = request.POST.get("preview_aspect", "")
    if not form.is_valid():
        context["faults"] = editing.faults(form)
    else:
        known = previews.aspects_of(kind)
        identity = record_id or str(form.instance.pk)
        try:
            context["answers"] = previews.answers(
                identity, kind, form.content, aspect if aspect in known else known[0]
            )
        except previews.NoPreview:
            context["unavailable"] = True
    return render(request, "console/records/preview.html", context)


def _kind(kind: str) -> str:
    if kind not in Kind.values:
        raise Http404
    return kind
