"""Starting a conversation: the first words, what they must tell, and examples to press."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from bot.common.wording import LANGUAGES
from bot.conversations import emergency
from bot.conversations.database import unit
from bot.conversations.models import Author, ButtonToken, Channel, Conversation, Message
from bot.conversations.outgoing import Button, Draft, write
from bot.conversations.owners import owned_by
from bot.conversations.wording import GATEWAY

# Examples shown: enough to see what may be asked, few enough to be read.
_EXAMPLES = 4


@dataclass(frozen=True)
class Started:
    """A new conversation and its first messages."""

    conversation: uuid.UUID
    messages: list[Message]


@unit
def start(
    channel: Channel = Channel.WEB,
    channel_ref: str = "",
    language: str | None = None,
    platform_language: str | None = None,
    *,
    owner: str = "",
    others_read: bool = False,
) -> Started:
    """Make a conversation. `language` is the investor's choice; None greets in both languages.

    `platform_language` is what the browser or app says; it only counts until the investor has written.
    `owner` names who holds the chat at a channel that knows it; `others_read`: a group.
    """
    conversation = Conversation.objects.create(
        channel=channel,
        channel_ref=channel_ref,
        owner=owned_by(channel, owner),
        others_read=others_read,
        language_choice=language or "",
        language=language or platform_language or "",
    )
    languages = (language,) if language else LANGUAGES
    texts = [GATEWAY.say("welcome", each) for each in languages]
    # In the language of browser or app; where that is not known they alternate, so that both are among them.
    likely = language or platform_language
    shown_in = (likely,) if likely else LANGUAGES
    examples = zip(*(GATEWAY.many("examples", each) for each in shown_in), strict=True)
    titles = [title for row in examples for title in row][:_EXAMPLES]
    buttons = [Button(title, ButtonToken.Kind.TEXT, title) for title in titles]
    messages = emergency.show(conversation, language)
    welcome = Draft(Author.ASSISTANT, "\n\n".join(texts), language or "", buttons)
    messages.append(write(conversation, welcome))
    conversation.save()
    return Started(conversation.pk, messages)
