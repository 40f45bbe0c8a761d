"""Addresses for operators."""

from __future__ import annotations

from django.urls import path

from bot.conversations import operators

urlpatterns = [
    path("readyz", operators.ready, name="ready"),
]
