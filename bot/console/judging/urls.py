"""Addresses below /staff/judging/."""

from __future__ import annotations

from django.urls import path

from bot.console.judging import pages

urlpatterns = [
    path("", pages.judging, name="judging"),
    path("<int:message>/", pages.judge, name="judge"),
    path("<int:message>/save/", pages.save, name="judge_save"),
    path("<int:message>/skip/", pages.skip, name="judge_skip"),
    path("<int:message>/take-back/", pages.take_back, name="judge_take_back"),
]
