"""Words, dates and addresses of the console's pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.contrib.auth.models import User
from django.forms import BoundField, Field, Form
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import conditional_escape

from bot.console import naming, navigation, roles, wording
from bot.conversations import markup

register = template.Library()
register.filter("markup", markup.render)
# {{ turn.intent|coded:"intent" }}, {{ record|about }}, and what else stands in bot.console.naming.
for name in ("coded", "about", "condition", "amount", "details", "touched"):
    register.filter(name, getattr(naming, name))


@register.simple_tag
def say(vi: str, en: str) -> str:
    """The sentence in the officer's language: {% say "Tìm" "Search" %}."""
    return conditional_escape(vi if wording.language() == "vi" else en)


@register.filter
def word(key: object, group: str) -> str:
    """The name of a value, from words/<group>.yml: {{ turn.outcome|word:"outcome" }}."""
    return wording.say(group, str(key)) if key not in (None, "") else ""


@register.filter
def moment(value: datetime | None) -> str:
    """'24/11/2026 09:15'; in English '24 Nov 2026, 09:15'."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return local.strftime("%d/%m/%Y %H:%M" if wording.language() == "vi" else "%-d %b %Y, %H:%M")


@register.filter
def clock(value: datetime | None) -> str:
    """'09:15'."""
    return timezone.localtime(value).strftime("%H:%M") if value else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """'24/11/2026'; in English '24 Nov 2026'."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return local.strftime("%d/%m/%Y" if wording.language() == "vi" else "%-d %b %Y")


@register.filter
def long_day(value: str) -> str:
    """'2026-11-12' -> '12 tháng 11, 2026'; in English '12 November 2026'; '' for what is no day."""
    found = parse_date(value) if value else None
    if found is None:
        return ""
    if wording.language() == "en":
        return found.strftime("%-d %B %Y")
    return f"{found.day} tháng {found.month}, {found.year}"


@register.filter
def percent(value: float | None) -> str:
    """0.874 -> '87 %'."""
    return "" if value is None else f"{value:.0%}".replace("%", "\u00a0%")


@register.filter
def count(value: float | None) -> str:
    """1234 -> '1.234' (vi), '1,234' (en)."""
    if value is None:
        return "–"
    english = f"{value:,.0f}"
    return english.replace(",", ".") if wording.language() == "vi" else english


@register.filter
def duration(seconds: float | None) -> str:
    """95 -> '1 ph 35 s' / '1 min 35 s'; from ten minutes on without seconds."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    vietnamese = wording.language() == "vi"
    unit, hour = ("ph", "giờ") if vietnamese else ("min", "h")
    if minutes < 60:
        return f"{minutes} {unit} {rest} s" if rest and minutes < 10 else f"{minutes} {unit}"
    return f"{minutes // 60} {hour} {minutes % 60} {unit}"


@register.filter
def may(user: object, need: str) -> bool:
    """Whether the officer has a permission: {% if user|may:"JUDGE" %}."""
    return bool(user.has_perm(roles.Need[need]))  # type: ignore[attr-defined]


@register.simple_tag(takes_context=True)
def menu(context: Context) -> Iterable[navigation.Entry]:
    """The entries of the menu for this officer."""
    return list(navigation.entries(context["request"]))


@register.simple_tag(takes_context=True)
def here_with(context: Context, **changes: object) -> str:
    """The address of this page with changed parameters; None takes one out."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("console/icon.html")
def icon(name: str) -> dict[str, str]:
    """A symbol of static/console/icons.svg, for the eye only."""
    return {"name": name}


@register.filter
def role(user: object) -> str:
    """The name of an account's role."""
    found = roles.role_of(user)  # type: ignore[arg-type]
    return wording.say("role", found) if found else "–"


@register.filter
def words(text: str) -> list[str]:
    """'a b' -> ['a', 'b']."""
    return text.split()


@register.filter
def field(form: Form, name: str) -> BoundField:
    """A field of a form by its name."""
    return form[name]


@register.filter
def value(form: Form, name: str) -> object:
    """What stands in a field, '' for nothing."""
    found = form[name].value()
    return "" if found is None else found


@register.filter
def since(moment: datetime | None) -> str:
    """How long ago: '5 ph' / '5 min', '2 giờ 10 ph'; days from two on."""
    if moment is None:
        return ""
    seconds = (timezone.now() - moment).total_seconds()
    if seconds < 172_800:
        return duration(max(seconds, 60) // 60 * 60)
    return f"{int(seconds // 86_400)} {'ngày' if wording.language() == 'vi' else 'days'}"


@register.filter
def choices_of(fields: dict[str, Field], name: str) -> list[tuple[str, str]]:
    """The choices of a field."""
    return list(getattr(fields[name], "choices", ()))


@register.filter
def role_key(user: object) -> str:
    """The key of an account's role, '' for none."""
    return roles.role_of(user) or ""  # type: ignore[arg-type]


@register.filter
def person(user: User | None) -> str:
    """The name of an account's owner; '–' for nobody."""
    return user.get_full_name() or user.get_username() if user else "–"


@register.filter
def questions(number: int) -> str:
    """'3 câu hỏi'; '1 question', '3 questions'."""
    if wording.language() == "vi":
        return f"{count(number)} câu hỏi"
    return f"{count(number)} question{'' if number == 1 else 's'}"
