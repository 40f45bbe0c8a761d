"""Addresses of the console, all below /staff/."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from django.urls import include, path

from bot.console import finding, home, sign_in
from bot.console.navigation import ROOMS

_OWN: list[Any] = [
    path("", home.home, name="home"),
    path("login/", sign_in.SignIn.as_view(), name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("find/<str:field>/", finding.find, name="find"),
    path("conversations/", include("bot.console.conversations.urls")),
    path("judging/", include("bot.console.judging.urls")),
    path("desk/", include("bot.console.desk.urls")),
    path("inquiries/", include("bot.console.desk.inquiry_urls")),
    path("insights/", include("bot.console.insights.urls")),
    path("", include("bot.console.accounts.urls")),
]
# learning at /staff/learning/ as console:learning:…, records at /staff/records/ as console:records:…
_ROOMS = [
    path(f"{room}/", include((f"bot.console.{room}.urls", room)))
    for room in ROOMS
    if find_spec(f"bot.console.{room}") and find_spec(f"bot.console.{room}.urls")
]

urlpatterns = [path("staff/", include(([*_OWN, *_ROOMS], "console")))]
