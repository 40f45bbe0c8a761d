"""Bodies of the API for inquiries, personal data and links."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from bot.conversations.inbound import MAX_CLIENT_ID

_SUMMARY_LENGTH = 4000
_CODE_LENGTH = 64


class Bilingual(Schema):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid")

    vi: str = Field(max_length=_SUMMARY_LENGTH)
    en: str = Field(max_length=_SUMMARY_LENGTH)


class ConsentText(Schema):
    """One tick of the form."""

    purpose: str
    text: Bilingual
    required: bool


class InquiryDraftOut(Schema):
    """What the form starts with."""

    summary: Bilingual
    consents: list[ConsentText]
    text_version: str


class ContactIn(Schema):
    """How to reach the investor."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=120)
    company: str = Field("", max_length=200)
    email: str = Field("", max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")
    phone: str = Field("", max_length=30)


class InquiryIn(Schema):
    """The filled form."""

    model_config = ConfigDict(extra="forbid")

    client_id: str = Field(min_length=1, max_length=MAX_CLIENT_ID)
    summary: Bilingual
    contact: ContactIn
    consents: list[Literal["answer_inquiry", "follow_up"]]
    text_version: Literal["2026-11"]


class ReceiptOut(Schema):
    """Code and PIN; the PIN is null when the same form is sent again."""

    code: str
    pin: str | None
    due_on: date
    text: str


class CodeAndPin(Schema):
    """What an inquiry is looked up by."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=_CODE_LENGTH)
    pin: str = Field(max_length=_CODE_LENGTH)


class AdditionIn(CodeAndPin):
    """Something to be added."""

    text: str = Field(max_length=_SUMMARY_LENGTH)


class EntryOut(Schema):
    """One addition."""

    by_staff: bool
    text: str
    at: datetime


class InquiryOut(Schema):
    """An inquiry without its contact data."""

    code: str
    state: Literal["received", "in_progress", "answered", "closed"]
    received_at: datetime
    due_on: date
    summary_vi: str
    summary_en: str
    entries: list[EntryOut]

    @staticmethod
    def resolve_entries(obj: Any) -> list[Any]:
        """The additions in order."""
        return list(obj.entries.all())


class LinkOut(Schema):
    """A code that carries the conversation to another channel once."""

    code: str
    seconds: int
    # Opens the conversation in Telegram; null when the installation has no bot.
    telegram: str | None


class LinkIn(Schema):
    """A code from another channel."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=_CODE_LENGTH)


class SessionOut(Schema):
    """The conversation behind a link."""

    id: str
    token: str
