"""Words, figures and dates in the language of a page, and the checksum of a script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from bot.common import formats
from bot.conversations import markup
from bot.registry import schemas
from bot.web import checksum, words

register = template.Library()
register.filter("number", formats.number)
register.filter("area", formats.area)
register.filter("percent", formats.percent)
register.filter("dong", formats.dong)
register.filter("dollars", formats.dollars)
register.filter("markup", markup.render)


@register.simple_tag(takes_context=True)
def say(context: Context, vi: str, en: str) -> str:
    """The sentence in the language of the page: {% say "Tìm" "Search" %}."""
    return conditional_escape(vi if context["language"] == "vi" else en)


@register.filter
def of(value: Any, language: str) -> Any:
    """One side of {vi, en}; what has no sides comes back as it is."""
    if isinstance(value, Mapping) and language in value:
        return value[language]
    return value


@register.filter
def day(value: object, language: str) -> str:
    """An ISO date or moment as the language writes it; nothing for no date."""
    return formats.day(str(value), language) if value else ""


@register.filter
def word(value: str | None, field: str) -> Any:
    """The name of an enumeration's value, {vi, en}: {{ record.field|word:"procedure.field"|of:language }}."""
    kind, _, name = field.partition(".")
    return schemas.own_properties(kind)[name]["words"].get(value, value) if value else ""


@register.filter
def group(value: str, kind: str) -> dict[str, str]:
    """The name of a group of records of a kind, {vi, en}."""
    return words.group(kind, value)


@register.filter
def distances(kilometres: Mapping[str, float | None]) -> list[tuple[dict[str, str], float]]:
    """The distances of a zone that are known, each with the name of the place, {vi, en}."""
    places = schemas.own_properties("zone")["distances_km"]["properties"]
    return [(places[place]["label"], value) for place, value in kilometres.items() if value is not None]


@register.filter
def host(address: str) -> str:
    """The host of an address, as a short name for a link."""
    return urlsplit(address).hostname or address


@register.simple_tag(takes_context=True)
def here_in(context: Context, language: str) -> str:
    """The address of this page in another language, with what was searched for."""
    return conditional_escape(_query(context, language=language))


@register.simple_tag(takes_context=True)
def address_in(context: Context, language: str) -> str:
    """The whole address of this page in a language, for search engines."""
    request = context["request"]
    return conditional_escape(request.build_absolute_uri(request.path + _query(context, language=language)))


@register.simple_tag(takes_context=True)
def with_page(context: Context, number: int) -> str:
    """The address of another part of this list."""
    return conditional_escape(_query(context, page=str(number)))


@register.simple_tag
def integrity(path: str) -> SafeString:
    """The checksum of a static file for the `integrity` attribute."""
    return SafeString(checksum.integrity(path))


@register.filter
def clock(moment: str) -> str:
    """The time of day of an ISO moment, as it is in Hai Phong: '14:05'."""
    return f"{timezone.localtime(datetime.fromisoformat(moment)):%H:%M}"


@register.filter
def web_address(address: str) -> str:
    """The address when it is one of the web, otherwise one that leads nowhere."""
    return address if address.lower().startswith(("https://", "http://")) else "#"


def _query(context: Context, **changes: str) -> str:
    """The query of this page with some values changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"
