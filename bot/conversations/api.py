"""The gateway's HTTP API: conversations, messages, feedback (design in docs/architecture.md)."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router, Status

from bot.conversations import gateway
from bot.conversations.database import run
from bot.conversations.erasure import erase
from bot.conversations.events import stream
from bot.conversations.gateway import Reply
from bot.conversations.inbound import Inbound
from bot.conversations.person_api import router as person_router
from bot.conversations.rating import rate
from bot.conversations.schemas import MAX_ID, After, FeedbackIn, MessageIn, MessagesOut, StartIn, StartOut
from bot.conversations.sessions import SessionToken, session_of
from bot.conversations.shown import shown_all
from bot.conversations.tasks import catch_up
from bot.conversations.tokens import session_token
from bot.conversations.welcome import start

router = Router(tags=["conversations"])
router.add_router("", person_router)
token = SessionToken()
# Below the largest number the database takes for an id.
_ID_DIGITS = len(str(MAX_ID)) - 1


@router.post("/conversations", response={201: StartOut})
async def start_conversation(request: HttpRequest, data: StartIn) -> Status[dict[str, object]]:
    """Start a conversation: its token and the assistant's first words."""
    started = await run(start, language=data.language, platform_language=_asked_for(request))
    content: dict[str, object] = {
        "id": started.conversation,
        "token": session_token(started.conversation),
        "messages": shown_all(started.messages),
    }
    return Status(201, content)


@router.post("/messages", auth=token, response=MessagesOut)
async def send_message(request: HttpRequest, data: MessageIn) -> Reply:
    """Send a message and get its direct answer; what comes later is in the history and the events."""
    inbound = Inbound(data.client_id, data.text or "", data.payload or "")
    return await gateway.receive(session_of(request).conversation, inbound)


@router.get("/messages", auth=token, response=MessagesOut)
async def list_messages(request: HttpRequest, after: After = 0) -> Reply:
    """The history, or what came after the message with the id `after`; at most 1,000 messages at a time."""
    return await gateway.history(session_of(request).conversation, after)


@router.get("/events", auth=token)
async def follow_events(request: HttpRequest, after: After = 0) -> StreamingHttpResponse:
    """Server-sent events `message` (its `id:` is the message's), `mode`, `typing` and `ping`.

    Everything after the message `after` (or the header Last-Event-ID) is sent once and in order, also what
    the same client got as a direct reply: it knows a message by its id.
    """
    last = request.headers.get("Last-Event-ID", "")
    # One that is none of ours counts as none.
    known = last.isascii() and last.isdigit() and len(last) <= _ID_DIGITS
    start_after = int(last) if known else after
    events = stream(session_of(request).conversation, start_after)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(events, content_type="text/event-stream", headers=headers)


@router.post("/feedback", auth=token, response={204: None})
async def give_feedback(request: HttpRequest, data: FeedbackIn) -> Status[None]:
    """Thumb up or down for an answer; the last one counts."""
    session = session_of(request)
    await run(rate, session.conversation, session.language, data.message_id, data.value, data.comment)
    return Status(204, None)


@router.delete("/conversations/current", auth=token, response={204: None})
async def erase_conversation(request: HttpRequest) -> Status[None]:
    """Erase the conversation everywhere; its token is void from now on."""
    if not await erase(session_of(request).conversation):
        await run(catch_up)
    return Status(204, None)


def _asked_for(request: HttpRequest) -> str | None:
    """The browser's first language when it is one of ours."""
    first = request.headers.get("Accept-Language", "")[:2].lower()
    return first if first in {"vi", "en"} else None
