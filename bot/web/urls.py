"""Addresses of the site: API, staff pages, public pages, health."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from bot.web import chat, pages, records, sources
from bot.web.api import api

urlpatterns = [
    path("api/", api.urls),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", pages.health),
    path("privacy", pages.privacy, name="privacy"),
    path("records", records.browse, name="records"),
    path("records/<str:record_id>", records.record, name="record"),
    path("sources", sources.sources, name="sources"),
    path("chat", chat.chat, name="chat"),
    path("embed", pages.embed, name="embed"),
    path("", pages.home, name="home"),
    # A room with pages of its own brings their addresses.
    *(path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")),
]
