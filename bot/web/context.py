"""What every template of the site may name."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from bot.web.speaking import LANGUAGES


def site(request: HttpRequest) -> dict[str, object]:
    """`language` is 'vi' or 'en', `vietnamese` says which; the address's own language comes first."""
    named = request.GET.get("language")
    language = named if named in LANGUAGES else "en" if (get_language() or "vi").startswith("en") else "vi"
    return {"language": language, "vietnamese": language == "vi"}
