"""Conversations of chats get their owner, those of groups the mark that others read along."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from bot.conversations.tries import salted


def fill(apps: Any, schema_editor: Any) -> None:
    """A chat's number is its person's; in a group it stands after the colon."""
    rows = apps.get_model("conversations", "Conversation").objects
    for row in rows.filter(channel="telegram").exclude(channel_ref="").iterator():
        chat, _, user = row.channel_ref.partition(":")
        row.owner, row.others_read = salted(f"telegram:{user or chat}"), bool(user)
        row.save(update_fields=["owner", "others_read"])


class Migration(migrations.Migration):
    dependencies = [("telegram", "0001_initial"), ("conversations", "0006_owner_and_groups")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
