"""Canned replies: pairs in both languages, for everybody at the desk."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bot.console import audit
from bot.console.guard import Officer, deed, page
from bot.console.models import CannedReply
from bot.console.roles import Need


class CannedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A pair; both languages are required, so that nobody is answered in the wrong one."""

    class Meta:
        model = CannedReply
        fields = ("title_vi", "title_en", "text_vi", "text_en")
        widgets: ClassVar = {name: forms.Textarea({"rows": 4}) for name in ("text_vi", "text_en")}


@page(Need.CANNED)
def canned(request: Officer) -> HttpResponse:
    """All pairs and the form of one: a new one, or that of `edit`."""
    edit = request.GET.get("edit", "")
    chosen = get_object_or_404(CannedReply, pk=int(edit)) if edit.isdigit() else None
    return _page(request, CannedForm(instance=chosen), chosen)


@deed(Need.CANNED)
def save(request: Officer, reply: int | None = None) -> HttpResponse:
    """Keep a pair."""
    chosen = get_object_or_404(CannedReply, pk=reply) if reply else None
    form = CannedForm(request.POST, instance=chosen)
    if not form.is_valid():
        return _page(request, form, chosen)
    saved = form.save()
    audit.record(request.user, "canned_saved", saved.pk, title=saved.title_vi)
    return redirect("console:canned")


@deed(Need.CANNED)
def drop(request: Officer, reply: int) -> HttpResponse:
    """Delete a pair."""
    found = get_object_or_404(CannedReply, pk=reply)
    audit.record(request.user, "canned_dropped", reply, title=found.title_vi)
    found.delete()
    return redirect("console:canned")


def _page(request: Officer, form: CannedForm, chosen: CannedReply | None) -> HttpResponse:
    context = {"form": form, "chosen": chosen, "replies": CannedReply.objects.all()}
    return render(request, "console/desk/canned.html", context, status=400 if form.errors else 200)
