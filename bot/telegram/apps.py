"""The door for Telegram as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class TelegramConfig(AppConfig):
    """How far each chat has been told."""

    name = "bot.telegram"
    label = "telegram"
