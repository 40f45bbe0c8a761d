"""Address of /staff/insights/."""

from __future__ import annotations

from django.urls import path

from bot.console.insights import pages

urlpatterns = [path("", pages.insights, name="insights")]
