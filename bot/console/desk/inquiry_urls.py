"""Addresses below /staff/inquiries/."""

from __future__ import annotations

from django.urls import path

from bot.console.desk import inquiries

urlpatterns = [
    path("", inquiries.inquiries, name="inquiries"),
    path("<str:code>/", inquiries.inquiry, name="inquiry"),
    path("<str:code>/answer/", inquiries.answer, name="inquiry_answer"),
]
