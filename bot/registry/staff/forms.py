"""The form of a record, made from the schema of its kind: every field has its place, none is raw JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget

from bot.registry import publishing
from bot.registry.labels import pick, say
from bot.registry.models import Record
from bot.registry.staff.fields import field_for
from bot.registry.staff.leaves import Leaf, put_together, take_apart

ID = "id"
_LAST = ("citations", "caveats")
Fieldset = tuple[str | None, dict[str, Any]]


# Django's own class takes no parameter; only its types do.
if TYPE_CHECKING:
    _Form = forms.ModelForm[Record]
else:
    _Form = forms.ModelForm


class RecordForm(_Form):
    """Common to all kinds; `kind` and `leaves` are set by `form_for`."""

    kind: ClassVar[str]
    leaves: ClassVar[Sequence[Leaf]]

    class Meta:
        model = Record
        fields: ClassVar[list[str]] = []

    def clean(self) -> dict[str, Any]:
        """Put the content together and hold it against the schema; a fault goes to its field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self.content = put_together(self.kind, {leaf.name: cleaned[leaf.name] for leaf in self.leaves})
        if ID in cleaned:
            self.instance.pk, self.instance.kind = cleaned[ID], self.kind
        try:
            publishing.check(self.instance.pk, self.kind, self.content)
        except publishing.Unfit as error:
            for field, advice in error.faults:
                self.add_error(
                    field if field in self.fields else None, say("schema_fault", field=field, advice=advice)
                )
        return cleaned

    def save(self, commit: bool = True) -> Record:
        """The record, not yet written: `publishing` does that."""
        return self.instance

    def save_m2m(self) -> None:
        """Records have no such relations."""


def form_for(kind: str, record: Record | None) -> type[RecordForm]:
    """The form class for one record, or for a new one of the kind."""
    leaves = list(take_apart(kind, record.current if record else {}))
    fields: dict[str, Any] = {leaf.name: field_for(leaf) for leaf in leaves}
    if record is None:
        fields = {ID: forms.CharField(label=say("id"), widget=UnfoldAdminTextInputWidget()), **fields}
    return type("RecordForm", (RecordForm,), {**fields, "kind": kind, "leaves": leaves})


def fieldsets_for(form: type[RecordForm]) -> list[Fieldset]:
    """The fields by section, both languages side by side; what a record says, then where it stands."""
    plain: list[Any] = [ID] if ID in form.base_fields else []
    sections: list[Fieldset] = []
    ordered = sorted(form.leaves, key=lambda leaf: leaf.section in _LAST)
    for section, group in groupby(ordered, key=lambda leaf: leaf.section):
        members = list(group)
        rows = _rows(members)
        if section == "name" or len(members) == 1:
            plain.extend(rows)
        else:
            sections.append((_title(members[0]), {"fields": rows}))
    return [(say("basics"), {"fields": plain}), *sections]


def _rows(leaves: list[Leaf]) -> list[str | tuple[str, ...]]:
    rows: list[str | tuple[str, ...]] = []
    for _, group in groupby(
        leaves, key=lambda leaf: leaf.path[:-1] if leaf.path[-1] in ("vi", "en") else leaf.path
    ):
        names = [leaf.name for leaf in group]
        rows.append(tuple(names) if len(names) > 1 else names[0])
    return rows


def _title(leaf: Leaf) -> str:
    first = leaf.labels[0]
    return first if isinstance(first, str) else pick(first)
