"""The registry's part of the menu of the staff pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from bot.registry.labels import label


def menu() -> dict[str, Any]:
    """A section in the shape of unfold's SIDEBAR navigation: a list for each kind, drafts, dossiers."""
    records = reverse_lazy("admin:registry_record_changelist")

    def item(name: str, icon: str, query: str) -> dict[str, Any]:
        parameter, _, value = query.partition("=")

        def is_active(request: HttpRequest) -> bool:
            return request.path == str(records) and request.GET.get(parameter) == value

        link = format_lazy("{}?{}", records, query)
        return {"title": label(name), "icon": icon, "link": link, "active": is_active}

    return {
        "title": label("registry"),
        "separator": True,
        "items": [
            item("procedures", "assignment", "kind__exact=procedure"),
            item("zones", "factory", "kind__exact=zone"),
            item("incentives", "percent", "kind__exact=incentive"),
            item("faqs", "quiz", "kind__exact=faq"),
            item("statistics", "bar_chart", "kind__exact=statistic"),
            item("drafts", "edit_note", "draft=yes"),
            {
                "title": label("dossiers"),
                "icon": "folder",
                "link": reverse_lazy("admin:registry_dossier_changelist"),
            },
        ],
    }
