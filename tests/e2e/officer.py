"""An officer at the desk, by the services of the gateway."""

from __future__ import annotations

from tests.stack import Stack

_PREPARE = """
from django.contrib.auth.models import User
from bot.conversations import handoff
user, _ = User.objects.get_or_create(username={username!r}, defaults=dict(is_superuser=True))
user.first_name = {name!r}
user.save()
conversation = {conversation!r}
"""


class Officer:
    """Acts on one conversation under a name."""

    def __init__(self, stack: Stack, conversation: str, name: str) -> None:
        self._stack = stack
        username = name.encode("ascii", "ignore").decode().replace(" ", "")
        self._prepare = _PREPARE.format(username=username, name=name, conversation=conversation)

    def claim(self) -> None:
        self._do("handoff.claim(conversation, user)")

    def reply(self, text: str) -> None:
        self._do(f"handoff.reply(conversation, user, {text!r}, 'e2e')")

    def typing(self) -> None:
        self._do("handoff.typing(conversation, user)")

    def give_back(self) -> None:
        self._do("handoff.give_back(conversation, user)")

    def _do(self, deed: str) -> None:
        self._stack.manage("shell", "--no-imports", "-c", self._prepare + deed)
