"""Where somebody writes from: their own chat with the bot, or a group, where everyone has their own talk."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Chat, Message, MessageEntity, Update
from telegram.constants import ChatType

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


@dataclass(frozen=True)
class Place:
    """A chat, and in a group the person in it; `hint` is the app's language, 'vi', 'en' or None."""

    chat_id: int
    user_id: int | None = None
    hint: str | None = None

    @property
    def ref(self) -> str:
        """The place as the gateway keeps it."""
        return str(self.chat_id) if self.user_id is None else f"{self.chat_id}:{self.user_id}"

    @property
    def person(self) -> str:
        """Who writes, in their own chat and in groups alike: a person's own chat has their number."""
        return str(self.chat_id if self.user_id is None else self.user_id)

    @property
    def is_group(self) -> bool:
        """Whether others read along."""
        return self.user_id is not None


def place_of(update: Update) -> Place | None:
    """Where an update comes from; None for channels, other bots and what nobody has written."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None or user.is_bot:
        return None
    hint = _hint(user.language_code)
    if chat.type == Chat.PRIVATE:
        return Place(chat.id, None, hint)
    return Place(chat.id, user.id, hint) if chat.type in _GROUPS else None


def place_at(ref: str) -> Place:
    """The place that was kept."""
    chat, _, user = ref.partition(":")
    return Place(int(chat), int(user) if user else None)


def without_mention(message: Message, username: str) -> str | None:
    """What is said to the bot in a group, without its name; None when it is not mentioned."""
    text = message.text or message.caption or ""
    entities = message.parse_entities([MessageEntity.MENTION]) | message.parse_caption_entities(
        [MessageEntity.MENTION]
    )
    names = {said for said in entities.values() if said.casefold() == f"@{username}".casefold()}
    if not names:
        return None
    for name in names:
        text = text.replace(name, " ")
    return text.strip()


def _hint(code: str | None) -> str | None:
    """Whoever's app speaks neither language reads English rather than Vietnamese."""
    if not code:
        return None
    return "vi" if code.lower().startswith("vi") else "en"
