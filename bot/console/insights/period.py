"""Which questions the figures are about: days, channel, language, real or demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from bot.console import wording
from bot.registry import clock

DAYS = 14
_LONGEST = timedelta(days=3 * 366)


class PeriodForm(forms.Form):
    """Everything is optional; without dates the last fortnight."""

    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    channel = forms.ChoiceField(required=False)
    language = forms.ChoiceField(required=False)
    origin = forms.ChoiceField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("channel", "language", "origin"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ""), *wording.choices(name)]


@dataclass(frozen=True)
class Period:
    """Both days belong to it."""

    since: date
    until: date
    channel: str = ""
    language: str = ""
    origin: str = ""

    @property
    def turns(self) -> Q:
        """The condition on turns; tests are never counted."""
        wanted: dict[str, object] = {"day__gte": self.since, "day__lte": self.until, "test": False}
        for name in ("channel", "language"):
            if getattr(self, name):
                wanted[name] = getattr(self, name)
        if self.origin:
            wanted["demonstration"] = self.origin == "demonstration"
        return Q(**wanted)

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.since + timedelta(days=n) for n in range((self.until - self.since).days + 1)]

    @property
    def parameters(self) -> dict[str, str]:
        """The period as parameters of an address, those that say nothing left out."""
        named = {"channel": self.channel, "language": self.language, "origin": self.origin}
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            **{name: value for name, value in named.items() if value},
        }

    def conversations(self, **more: object) -> str:
        """The address of the list of conversations behind a figure."""
        return f"{reverse('console:conversations')}?{urlencode({**self.parameters, **more})}"


def read(given: QueryDict) -> tuple[Period, PeriodForm]:
    """The period an address names; what cannot be read is left out."""
    form = PeriodForm(given)
    form.is_valid()
    values = form.cleaned_data
    until = values.get("until") or clock.today()
    since = min(values.get("since") or until - timedelta(days=DAYS - 1), until)
    named = {name: values.get(name) or "" for name in ("channel", "language", "origin")}
    return Period(max(since, until - _LONGEST), until, **named), form
