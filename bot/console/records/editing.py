"""The form of a record as the console lays it out: sections, both languages in one row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from bot.registry.models import Record
from bot.registry.staff.forms import RecordForm, fieldsets_for, form_for

_KEPT = ("rows", "inputmode")
_WIDGETS = (forms.Textarea, forms.CheckboxInput, forms.Select, forms.TextInput)


@dataclass(frozen=True)
class Cell:
    """One field; `language` is that of a text that stands in both, '' otherwise."""

    field: BoundField
    language: str


@dataclass(frozen=True)
class Section:
    """A titled part of the form; a row has one cell or, side by side, the two languages."""

    title: str
    rows: list[list[Cell]]


def form_of(record: Record, sent: Mapping[str, Any] | None = None) -> RecordForm:
    """The form of a record that stands in the database, with what was sent."""
    return _plain(form_for(record.kind, record)(sent, instance=record))


def version_of(record: Record) -> str:
    """Tells one state of a record from another; the page posts that it was made of."""
    state = json.dumps([record.content, record.draft, record.published], sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def has_changed(record: Record, sent: Mapping[str, Any]) -> bool:
    """Whether the record is another than on the page that was sent."""
    posted = sent.get("version")
    return posted is not None and bool(posted != version_of(record))


def new_form(kind: str, sent: Mapping[str, Any] | None = None) -> RecordForm:
    """The form of a record that is yet to be made."""
    return _plain(form_for(kind, None)(sent, instance=Record(kind=kind)))


def sections(form: RecordForm) -> list[Section]:
    """The form in the order of the page."""
    return [
        Section(str(title or ""), [_row(form, names) for names in options["fields"]])
        for title, options in fieldsets_for(type(form))
    ]


def faults(form: RecordForm) -> list[str]:
    """Everything that keeps the form from being saved, each with its field."""
    found = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        found += [f"{label}: {error}" if label else str(error) for error in errors]
    return found


def _plain(form: RecordForm) -> RecordForm:
    """The same fields with Django's own widgets: the admin's bring its icons and classes."""
    for field in form.fields.values():
        kept = {name: value for name, value in field.widget.attrs.items() if name in _KEPT}
        own = next(widget for widget in _WIDGETS if isinstance(field.widget, widget))
        plain = own(attrs=kept)
        if isinstance(field.widget, forms.Select):
            plain = forms.Select(attrs=kept, choices=list(field.widget.choices))
        plain.is_required = field.widget.is_required
        field.widget = plain
    return form


def _row(form: RecordForm, names: str | tuple[str, ...]) -> list[Cell]:
    together = (names,) if isinstance(names, str) else names
    return [Cell(form[name], _language(name)) for name in together]


def _language(name: str) -> str:
    last = name.rpartition(".")[2]
    return last if last in ("vi", "en") else ""
