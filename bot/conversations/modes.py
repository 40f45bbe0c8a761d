"""Who answers in a conversation, and the notices that say so. Callers hold the row and save it."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from bot.common import calendar, formats
from bot.conversations.models import AuditLine, Conversation, HandoffReason, Message, Mode
from bot.conversations.outgoing import Draft, assistant_button, notice, write


def call_person(
    conversation: Conversation,
    reason: HandoffReason = HandoffReason.ASKED,
    *,
    reply_to: Message | None = None,
    outbox: bool = False,
    staff: int | None = None,
) -> None:
    """From bot to waiting, with a notice of what happens next; who already waits is told again.

    Where others read along only staff may call: what the investor then tells an officer is not for a group.
    """
    if conversation.others_read and staff is None:
        return
    if conversation.mode in {Mode.WAITING, Mode.HUMAN}:
        if reply_to is not None and conversation.mode == Mode.WAITING:
            write(conversation, _waiting_notice(conversation), reply_to, outbox=outbox)
        return
    conversation.mode = Mode.WAITING
    conversation.handoff_reason = reason
    conversation.waiting_since = timezone.now()
    write(conversation, _waiting_notice(conversation), reply_to, outbox=outbox)
    record(conversation, "waiting", staff, reason=reason)


def stop_waiting(conversation: Conversation, *, reply_to: Message) -> None:
    """From waiting to bot, as the investor wishes; nothing happens in another mode."""
    if conversation.mode == Mode.WAITING:
        to_assistant(conversation)
        record(conversation, "stopped_waiting", None)
        write(conversation, notice("stopped_waiting", conversation), reply_to)


def reopen(conversation: Conversation) -> None:
    """From closed to bot: who writes again is answered again."""
    to_assistant(conversation)
    conversation.closed_at = None
    record(conversation, "reopened", None)


def to_assistant(conversation: Conversation) -> None:
    """Mode bot, nobody waited for, nobody in charge."""
    conversation.mode = Mode.BOT
    conversation.handoff_reason = ""
    conversation.waiting_since = None
    conversation.assigned_to = None


def record(conversation: Conversation, action: str, staff: int | None, **details: object) -> None:
    """An audit line; details never hold what an investor wrote."""
    AuditLine.objects.create(conversation=conversation.pk, staff_id=staff, action=action, details=details)


def hours() -> str:
    """The desk's hours of a working day, '08:00–11:30, 13:30–17:00'."""
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in calendar.desk_hours())


def _waiting_notice(conversation: Conversation) -> Draft:
    language = conversation.speaks
    back = assistant_button(language)
    now = calendar.now(settings.HEZA.today)
    if calendar.is_open(now):
        return notice("waiting_open", conversation, back, hours=hours())
    opening = calendar.next_opening(now)
    date = formats.day(opening.date().isoformat(), language)
    return notice("waiting_away", conversation, back, hours=hours(), time=f"{opening:%H:%M}", date=date)
