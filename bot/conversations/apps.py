"""The gateway as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Conversations, their messages, modes, outbox and privacy."""

    name = "bot.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Have changes of conversations announced."""
        from bot.conversations import news

        del news
