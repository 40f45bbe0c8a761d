"""What the list of conversations can be narrowed to.

The same names stand in addresses, saved filters and links.

Everything that is said of a question holds for one and the same question: `outcome=refused&record=x` finds
conversations in which a question about x was refused.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from bot.common import formats
from bot.common.text import fold
from bot.console import subjects, wording
from bot.console.models import Case, Judgement, Label, SearchText, Turn, Verdict
from bot.console.people import officers
from bot.conversations.models import Feedback, HandoffReason

_ANY = [("", "")]
_MOST_WORDS = 8
# A phrase in quotes wherever it stands, or a word; phones type curly quotes.
_QUOTED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans("“”„«»", '"' * 5)
# Fields whose choices are the words of their name.
_PLAIN = (
    "channel", "language", "mode", "outcome", "kind", "feedback", "length", "reviewed", "test", "origin",
)  # fmt: skip


class _LabelField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Labels by their words in the officer's language."""

    def label_from_instance(self, obj: Label) -> str:
        """The name as the list shows it."""
        return wording.say("label", obj.name)


class Filters(forms.Form):
    """Every field is optional; what cannot be read is left out, so that an old link still opens."""

    q = forms.CharField(required=False, max_length=200)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    channel = forms.ChoiceField(required=False)
    language = forms.ChoiceField(required=False)
    mode = forms.ChoiceField(required=False)
    outcome = forms.ChoiceField(required=False)
    intent = forms.ChoiceField(required=False)
    record = forms.CharField(required=False, max_length=100)
    kind = forms.ChoiceField(required=False)
    # Of the confidence: from `above` on, less than `below`.
    above = forms.FloatField(required=False, min_value=0, max_value=1)
    below = forms.FloatField(required=False, min_value=0, max_value=1)
    slower = forms.IntegerField(required=False, min_value=0)
    hour = forms.IntegerField(required=False, min_value=0, max_value=23)
    feedback = forms.ChoiceField(required=False)
    length = forms.ChoiceField(required=False)
    label = _LabelField(Label.objects.all(), required=False, empty_label="")
    reviewed = forms.ChoiceField(required=False)
    assigned = forms.CharField(required=False, max_length=20)
    handoff = forms.ChoiceField(required=False)
    verdict = forms.ChoiceField(required=False)
    test = forms.ChoiceField(required=False)
    origin = forms.ChoiceField(required=False)
    # Certain questions, by number, such as a group of the insights; joined by dots.
    messages = forms.RegexField(r"^\d+(\.\d+)*$", required=False, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _PLAIN:
            self._choose(name, wording.choices(name))
        self._choose("handoff", [*wording.choices("handoff"), *wording.choices("reason")])
        self._choose("verdict", [*wording.choices("judged"), *wording.choices("verdict")])
        self._choose("intent", [(each, wording.label("intent", each)) for each in subjects.intents()])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*_ANY, *choices]

    @property
    def values(self) -> dict[str, Any]:
        """The fields that say something, those that cannot be read left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def in_words(self, name: str) -> str:
        """What a field that is on says, as an officer would."""
        value = self.values[name]
        if name == "messages":
            return str(value.count(".") + 1)
        if name == "record":
            return subjects.subject(value).name
        if name == "assigned":
            names = {str(each.pk): str(each.get_full_name() or each) for each in officers()}
            return names.get(value) or wording.say("assigned", value)
        if name == "label":
            return wording.say("label", value.name)
        if isinstance(value, date):
            return formats.day(value.isoformat(), wording.language())
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value))

    def cases(self, user: User) -> QuerySet[Case]:
        """The conversations, those that went on last first; tests only when they are asked for."""
        values = self.values
        cases = Case.objects.filter(questions__gt=0)
        if values.get("test") != "with":
            cases = cases.filter(test=values.get("test") == "only")
        turns = Q()
        for name, value in values.items():
            if name in _OF_A_TURN:
                turns &= _OF_A_TURN[name](value)
            elif name in _OF_A_CASE:
                cases = cases.filter(_OF_A_CASE[name](value))
        if values.get("assigned"):
            cases = cases.filter(_assigned(values["assigned"], user))
        if turns:
            cases = cases.filter(pk__in=Turn.objects.filter(turns).values("conversation"))
        if values.get("q"):
            cases = cases.filter(pk__in=_found(values["q"]))
        return cases.order_by("-last_at")

    def found(self, user: User) -> QuerySet[Case] | list[uuid.UUID]:
        """What to number and cut into pages: rows, or their keys where finding them is the expensive part."""
        cases = self.cases(user)
        return list(cases.values_list("pk", flat=True)) if self.values else cases


def sought(query: str) -> list[str]:
    """Words and quoted phrases, folded: 'Phí "giấy phép"' -> ['phi', 'giay phep'].

    A quote that nobody closed reaches to the end.
    """
    quoted = _QUOTED.findall(fold(query.translate(_QUOTES)))
    parts = (phrase.strip() or word for phrase, word in quoted)
    return [part for part in parts if part][:_MOST_WORDS]


def _found(query: str) -> QuerySet[SearchText, Any]:
    """Turns in which every word stands, whatever its diacritics; quoted words as they follow each other."""
    matches = SearchText.objects.all()
    for part in sought(query):
        matches = matches.filter(folded__contains=part)
    return matches.values("conversation")


def _feedback(value: str) -> Q:
    opinions = Feedback.objects.filter(message__reply_to=OuterRef("pk"))
    chosen = {"up": Q(value=1), "down": Q(value=-1), "comment": ~Q(comment="")}
    return Q(Exists(opinions.filter(chosen[value]))) if value in chosen else Q(Exists(opinions))


def _verdict(value: str) -> Q:
    judged = Judgement.objects.filter(pk=OuterRef("pk"))
    if value == "none":
        return Q(~Exists(judged))
    if value == "wrong":
        judged = judged.exclude(verdict=Verdict.RIGHT)
    elif value != "any":
        judged = judged.filter(verdict=value)
    return Q(Exists(judged))


def _length(value: str) -> Q:
    low, _, high = value.partition("-")
    return Q(questions__gte=int(low)) & (Q(questions__lte=int(high)) if high else Q())


def _handoff(value: str) -> Q:
    if value in HandoffReason.values:
        # The reason stands in the conversation only while it waits; afterwards in its line of the log.
        return Q(handoffs__contains=f" {value} ")
    return ~Q(handoffs="")


def _assigned(value: str, user: User) -> Q:
    if value == "me":
        return Q(assigned_to=user)
    if value == "nobody":
        return Q(assigned_to=None)
    return Q(assigned_to=int(value)) if value.isdigit() else Q()


_OF_A_TURN: dict[str, Callable[[Any], Q]] = {
    "since": lambda day: Q(day__gte=day),
    "until": lambda day: Q(day__lte=day),
    "channel": lambda value: Q(channel=value),
    "language": lambda value: Q(language=value),
    "outcome": lambda value: Q(outcome=value),
    "intent": lambda value: Q(intent=value),
    "record": lambda value: Q(record=value),
    "kind": lambda value: Q(record_kind=value),
    "above": lambda value: Q(confidence__gte=value, pressed=False),
    "below": lambda value: Q(confidence__lt=value, pressed=False),
    "slower": lambda value: Q(milliseconds__gte=value),
    "hour": lambda value: Q(hour=value),
    "feedback": _feedback,
    "messages": lambda value: Q(pk__in=[int(each) for each in value.split(".")]),
    "verdict": _verdict,
}
_OF_A_CASE: dict[str, Callable[[Any], Q]] = {
    "mode": lambda value: Q(conversation__mode=value),
    "length": _length,
    "label": lambda value: Q(labels=value),
    "reviewed": lambda value: Q(reviewed_at__isnull=value != "yes"),
    "handoff": _handoff,
    "origin": lambda value: Q(demonstration=value == "demonstration"),
}
