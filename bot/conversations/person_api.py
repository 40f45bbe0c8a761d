"""The HTTP API for what concerns the person: inquiries, personal data, links to other channels."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, JsonResponse
from ninja import Router, Status

from bot.conversations import inquiries, links, privacy, problems
from bot.conversations.database import run
from bot.conversations.inquiries import CONSENT_TEXT_VERSION, Contact, Receipt
from bot.conversations.models import Channel, Inquiry
from bot.conversations.person_schemas import (
    AdditionIn,
    CodeAndPin,
    InquiryDraftOut,
    InquiryIn,
    InquiryOut,
    LinkIn,
    LinkOut,
    ReceiptOut,
    SessionOut,
)
from bot.conversations.sessions import SessionToken, session_of
from bot.conversations.tokens import session_token

router = Router(tags=["person"])
token = SessionToken()


@router.get("/inquiries/draft", auth=token, response=InquiryDraftOut)
async def draft_inquiry(request: HttpRequest) -> dict[str, Any]:
    """A summary of the conversation in both languages to edit, and the consents to ask for."""
    summary = await run(inquiries.draft, session_of(request).conversation)
    texts = inquiries.consent_texts()
    return {"summary": summary, "consents": texts, "text_version": CONSENT_TEXT_VERSION}


@router.post("/inquiries", auth=token, response={201: ReceiptOut})
async def send_inquiry(request: HttpRequest, data: InquiryIn) -> Status[Receipt]:
    """Send a formal inquiry; contact data is only ever taken here."""
    contact = Contact(**data.contact.dict())
    receipt = await run(
        inquiries.send,
        session_of(request).conversation,
        data.client_id,
        data.summary.dict(),
        contact,
        data.consents,
    )
    return Status(201, receipt)


@router.post("/inquiries/lookup", auth=token, response=InquiryOut)
async def look_up_inquiry(request: HttpRequest, data: CodeAndPin) -> Inquiry:
    """An inquiry by code and PIN; five wrong tries an hour."""
    return await run(inquiries.look_up, session_of(request).conversation, data.code, data.pin)


@router.post("/inquiries/entries", auth=token, response=InquiryOut)
async def add_to_inquiry(request: HttpRequest, data: AdditionIn) -> Inquiry:
    """Add to an inquiry by code and PIN."""
    conversation = session_of(request).conversation
    return await run(inquiries.add, conversation, data.code, data.pin, data.text)


@router.get("/conversations/current/export", auth=token)
async def export_data(request: HttpRequest) -> JsonResponse:
    """Everything held on the person of this conversation."""
    content = await run(privacy.export, session_of(request).conversation)
    headers = {"Content-Disposition": 'attachment; filename="conversation.json"'}
    return JsonResponse(content, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})


@router.delete("/consents/{purpose}", auth=token, response={204: None})
async def withdraw_consent(
    request: HttpRequest, purpose: Literal["answer_inquiry", "follow_up"]
) -> Status[None]:
    """Withdraw a consent; without the first one, contact data is removed at once."""
    await run(privacy.withdraw, session_of(request).conversation, purpose)
    return Status(204, None)


@router.post("/links", auth=token, response={201: LinkOut})
async def make_link(request: HttpRequest) -> Status[dict[str, object]]:
    """A one-time code that carries this conversation to another channel, such as Telegram."""
    code = await run(links.make, session_of(request).conversation)
    seconds = int(links.LIFETIME.total_seconds())
    return Status(201, {"code": code, "seconds": seconds, "telegram": links.address(code)})


@router.post("/links/redeem", response=SessionOut)
async def redeem_link(request: HttpRequest, data: LinkIn) -> dict[str, str]:
    """Go on here with a conversation from another channel."""
    conversation = await run(links.redeem, data.code, Channel.WEB)
    if conversation is None:
        raise problems.no_such_link(None)
    return {"id": str(conversation), "token": session_token(conversation)}
