"""Form fields for the leaves of a record: one way from JSON to what an officer sees, and back."""

from __future__ import annotations

import re
from typing import Any

import yaml
from django import forms
from typing_extensions import override
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from bot.registry.labels import pick, say
from bot.registry.staff.leaves import Leaf

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class NumberField(forms.CharField):
    """A number exactly as written: 10 stays whole, 0.5 stays 0.5; nothing is null."""

    @override
    def to_python(self, value: Any) -> Any:
        """An int or float, or None."""
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise forms.ValidationError(say("not_number"))
        return float(text) if "." in text else int(text)


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    @override
    def prepare_value(self, value: Any) -> Any:
        """The lines of a list; what was sent is shown as it was sent."""
        return "\n".join(value) if isinstance(value, list) else value

    @override
    def to_python(self, value: Any) -> Any:
        """The lines that hold something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class YamlField(forms.CharField):
    """A value of a shape of its own, as YAML; nothing is null."""

    @override
    def prepare_value(self, value: Any) -> Any:
        """YAML of the value, plain for plain values."""
        if value is None or isinstance(value, str):
            return value
        return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)

    @override
    def to_python(self, value: Any) -> Any:
        """The value, or a fault that names the mistake."""
        try:
            return yaml.safe_load(str(value or ""))
        except yaml.YAMLError as error:
            raise forms.ValidationError(say("not_yaml")) from error


class TextField(forms.CharField):
    """A text; nothing is null."""

    @override
    def clean(self, value: Any) -> Any:
        """The text without surrounding space and with plain line breaks, or None."""
        text = super().clean(value)
        return text.replace("\r\n", "\n") or None


class ChoiceField(forms.ChoiceField):
    """One of the values of an enumeration; nothing is null."""

    @override
    def clean(self, value: Any) -> Any:
        """The value, or None."""
        return super().clean(value) or None


def field_for(leaf: Leaf) -> forms.Field:
    """The form field that shows and takes the leaf's value."""
    common: dict[str, Any] = {"label": _label(leaf), "initial": leaf.value, "required": not leaf.optional}
    optional = {**common, "required": False}
    match leaf.widget:
        case "flag":
            return forms.BooleanField(**optional, widget=UnfoldBooleanSwitchWidget())
        case "choice":
            choices = [("", "—")] if leaf.optional else []
            choices += [(value, pick(names)) for value, names in leaf.choices]
            return ChoiceField(**common, choices=choices, widget=UnfoldAdminSelectWidget())
        case "number":
            return NumberField(**optional, widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}))
        case "lines":
            return LinesField(**optional, help_text=say("one_a_line"), widget=_area(leaf, 4))
        case "yaml":
            rows = 6 if isinstance(leaf.value, dict | list) and len(str(leaf.value)) > 80 else 1
            return YamlField(**optional, help_text=say("yaml"), widget=_area(leaf, rows))
        case "long":
            return TextField(**common, widget=_area(leaf, 3))
        case _:
            return TextField(**common, widget=UnfoldAdminTextInputWidget())


def _area(leaf: Leaf, rows: int) -> forms.Widget:
    lines = len(leaf.value) + 1 if isinstance(leaf.value, list) else rows
    widget: forms.Widget = UnfoldAdminTextareaWidget(attrs={"rows": max(rows, min(lines, 12))})
    return widget


def _label(leaf: Leaf) -> str:
    """The names from the section's own on; languages and rows are told apart."""
    parts = leaf.labels[1:] if len(leaf.labels) > 1 and leaf.section != "name" else leaf.labels
    words = [_word(part) for part in parts]
    if leaf.spare:
        words[0] = f"{words[0]} ({say('new_row')})"
    return " · ".join(words)


def _word(part: Any) -> str:
    if isinstance(part, str):
        return say(part) if part in ("vi", "en") else part
    return pick(part)
