"""Tables of the gateway."""

from __future__ import annotations

from bot.conversations.models.audit import AuditLine
from bot.conversations.models.button import ButtonToken
from bot.conversations.models.conversation import Channel, Conversation, HandoffReason, Mode
from bot.conversations.models.delivery import Delivery, DeliveryState
from bot.conversations.models.erasure import PendingForget
from bot.conversations.models.feedback import Feedback
from bot.conversations.models.inquiry import Inquiry, InquiryEntry, InquiryState, LookupTry
from bot.conversations.models.link import Link
from bot.conversations.models.message import Author, Message, Progress
from bot.conversations.models.privacy import Consent, PrivacyRequest

__all__ = [
    "AuditLine",
    "Author",
    "ButtonToken",
    "Channel",
    "Consent",
    "Conversation",
    "Delivery",
    "DeliveryState",
    "Feedback",
    "HandoffReason",
    "Inquiry",
    "InquiryEntry",
    "InquiryState",
    "Link",
    "LookupTry",
    "Message",
    "Mode",
    "PendingForget",
    "PrivacyRequest",
    "Progress",
]
