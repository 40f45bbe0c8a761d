"""Codes in an officer's words: what was understood, filters, the details of the audit log.

The id of a thing stays at hand as the tooltip of its name, for who has to look it up in the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.http import QueryDict
from django.utils.html import format_html

from bot.common import formats
from bot.console import subjects, wording
from bot.console.conversations.filters import Filters
from bot.console.learning import labels as lessons
from bot.console.models import Deed
from bot.registry import labels

# Whose values the registry names: filter -> kind of record.
_OF_THE_REGISTRY = {
    "field": "procedure", "tax": "incentive", "zone_kind": "zone", "area_class": "zone",
    "operating_status": "zone",
}  # fmt: skip
# Groups of words that a detail's value may come from, the first that knows it counts.
_DETAILS = {
    "verdict": ("verdict",),
    "state": ("inquiry",),
    "role": ("role",),
    "earlier": ("verdict", "role", "inquiry"),
}

# How deeds to a record begin; what other deeds are done to has no name.
_TO_A_RECORD = ("record_", "draft_", "version_")


def coded(key: object, group: str) -> str:
    """The word for a code of words/<group>.yml, the code as its tooltip; '' for nothing."""
    if key in (None, ""):
        return ""
    return format_html('<span title="{}">{}</span>', key, wording.say(group, str(key)))


def about(record: object) -> str:
    """A record by its name, its id as the tooltip; '' for none."""
    return (
        format_html('<span title="{}">{}</span>', record, subjects.subject(str(record)).name)
        if record
        else ""
    )


def condition(value: object, name: str) -> str:
    """The value of one filter of a list: {{ value|condition:"zone_kind" }}."""
    if name in _OF_THE_REGISTRY:
        return str(dict(labels.words(_OF_THE_REGISTRY[name], name)).get(str(value), value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return formats.number(value, wording.language())
    known = wording.words("condition_value")
    return wording.say("condition_value", str(value)) if str(value) in known else _name(str(value))


def amount(value: object) -> str:
    """What an entity holds: records by name, amounts with unit and bound."""
    if isinstance(value, Mapping):
        return _quantity(value)
    each = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return ", ".join(_name(str(one)) for one in each)


def details(deed: Deed) -> Iterator[tuple[str, str]]:
    """What a line of the audit log says beside the deed: names and values in words, empty ones left out."""
    for name, value in deed.details.items():
        if value not in (None, ""):
            yield wording.say("detail", name), _detail(deed, name, str(value))


def touched(deed: Deed) -> str:
    """What it was done to: a record by name, anything else as its id."""
    return about(deed.subject) if deed.action.startswith(_TO_A_RECORD) else deed.subject


def _quantity(value: Mapping[str, object]) -> str:
    number, unit = value.get("amount"), str(value.get("unit") or "")
    language = wording.language()
    bound = wording.say("unit", str(value.get("bound") or ""))
    if not isinstance(number, int | float):
        return f"{bound} {formats.day(str(number), language)}"
    return f"{bound} {formats.number(number, language)} {wording.say('unit', unit)}"


def _detail(deed: Deed, name: str, value: str) -> str:
    if name == "filter":
        filters = Filters(QueryDict(value))
        said = (f"{wording.say('filter', each)} {filters.in_words(each)}" for each in filters.values)
        return "; ".join(said)
    if name == "filters":
        return ", ".join(wording.say("filter", each) for each in value.split())
    if name == "label" and deed.action.startswith("example"):
        label = lessons.named(value)
        parts = (label.name, wording.say("intent", label.intent), wording.say("aspect", label.aspect))
        return " · ".join(part for part in parts if part)
    if name == "label":
        return wording.say("label", value)
    group = next((each for each in _DETAILS.get(name, ()) if value in wording.words(each)), "")
    return wording.say(group, value) if group else value


def _name(value: str) -> str:
    return subjects.subject(value).name
