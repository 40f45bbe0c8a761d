"""Putting open messages to the assistant and storing what comes."""

from __future__ import annotations

import logging
import uuid

from bot.conversations import door, metrics, once, queue
from bot.conversations.database import run
from bot.conversations.door import RasaFault, RasaUnavailable
from bot.conversations.models import Progress
from bot.conversations.queue import Turn, Work

log = logging.getLogger(__name__)


async def work_off(conversation: uuid.UUID) -> bool:
    """For the worker: answer what is open, through the outbox; False when the assistant did not manage."""
    turn = await run(queue.look, conversation, None)
    while turn.work is not None:
        turn, managed = await put(turn.work, None)
        if not managed:
            return False
    return True


async def put(work: Work, message_id: int | None) -> tuple[Turn, bool]:
    """Do one piece of work for whoever waits for `message_id`: what is next, and whether it was managed."""
    about = {"conversation": str(work.conversation)}
    try:
        if work.progress is Progress.NOTE:
            await door.note(work.conversation, work.message_id, work.author, work.text)
            answered = None
        else:
            text = once.take(work.message_id) or work.text
            answered = await door.ask(work.conversation, work.message_id, text, work.payload, work.hint)
    except RasaUnavailable as error:
        metrics.FAILURES.labels("away").inc()
        log.warning("conversation %s: assistant not there (%s)", work.conversation, error, extra=about)
        return await run(queue.put_off, work, message_id), False
    except RasaFault as error:
        metrics.FAILURES.labels("fault").inc()
        log.error("conversation %s: assistant failed (%s)", work.conversation, error, extra=about)
        turn = await run(queue.give_up, work, message_id)
        return turn, turn.work is not None
    return await run(queue.finish, work, answered, message_id), True
