"""What every channel calls, the HTTP API and Telegram alike: receive a message, read the history."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass

from bot.conversations import metrics, outbox, queue
from bot.conversations.database import patient, run
from bot.conversations.inbound import Accepted, Inbound, accept
from bot.conversations.models import Conversation, Message, Mode
from bot.conversations.queue import Turn, Work
from bot.conversations.shown import ShownMessage, shown_all
from bot.conversations.tasks import catch_up
from bot.conversations.working import put

# How long to wait before looking again whether another process has finished: first, longest, growth.
_FIRST_WAIT, _LONGEST_WAIT, _GROWTH = 0.01, 0.2, 1.5
HISTORY_LIMIT = 1000
# Answers still being fetched after their request has gone; the loop itself only keeps weak references.
_running: set[asyncio.Task[None]] = set()


@dataclass(frozen=True)
class Reply:
    """What a request gets back: the mode, and messages in order."""

    mode: str
    messages: list[ShownMessage]


async def receive(conversation: uuid.UUID, inbound: Inbound) -> Reply:
    """Take one message of the investor and return what answers it; raises a Problem when it is refused.

    The same `client_id` again gives the same answer. In mode human nothing is returned: a person will write.
    """
    begun = time.perf_counter()
    reply = await answer(conversation, await take(conversation, inbound))
    metrics.ANSWER_SECONDS.observe(time.perf_counter() - begun)
    return reply


async def take(conversation: uuid.UUID, inbound: Inbound) -> Accepted:
    """The first half of `receive`, for channels that confirm a message once it is stored."""
    accepted = await run(accept, conversation, inbound)
    metrics.MESSAGES.inc()
    return accepted


async def answer(conversation: uuid.UUID, accepted: Accepted) -> Reply:
    """The second half of `receive`; whoever took the message must call it."""
    if not accepted.settled:
        # Shielded: an investor who closes the page still gets the answer into the history.
        task = asyncio.create_task(_settle(conversation, accepted.message_id, accepted.work))
        _running.add(task)
        task.add_done_callback(_running.discard)
        await asyncio.shield(task)
    return await run(_reply, conversation, accepted.message_id)


async def history(conversation: uuid.UUID, after: int = 0) -> Reply:
    """Messages after the one with the id `after`, at most HISTORY_LIMIT."""
    if after:
        await run(outbox.delivered, conversation, after)
    return await run(_history, conversation, after)


async def _settle(conversation: uuid.UUID, message_id: int, work: Work | None) -> None:
    """Return when the message is answered or put off, doing the work whenever nobody else does."""
    wait = _FIRST_WAIT
    turn = Turn(work=work)
    while not turn.settled:
        if turn.work is not None:
            turn, reached = await put(turn.work, message_id)
            if not reached:
                await run(catch_up)
            continue
        await asyncio.sleep(wait)
        wait = min(wait * _GROWTH, _LONGEST_WAIT)
        turn = await run(queue.look, conversation, message_id)


@patient
def _reply(conversation_id: uuid.UUID, message_id: int) -> Reply:
    messages = list(Message.objects.filter(reply_to=message_id).select_related("conversation"))
    if messages:
        return Reply(messages[0].conversation.mode, shown_all(messages))
    mode = Conversation.objects.filter(pk=conversation_id).values_list("mode", flat=True).first()
    return Reply(mode or Mode.CLOSED, [])


@patient
def _history(conversation_id: uuid.UUID, after: int) -> Reply:
    conversation = Conversation.objects.get(pk=conversation_id)
    messages = Message.objects.filter(conversation=conversation, pk__gt=after).order_by("id")
    return Reply(conversation.mode, shown_all(messages[:HISTORY_LIMIT]))
