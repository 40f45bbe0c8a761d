"""Conversations as the gateway leaves them, written straight into the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.conversations.models import AuditLine, Author, Conversation, Feedback, Message, Progress

# A Tuesday morning in the office's time.
BEGIN = datetime.fromisoformat("2026-11-24T09:00:00+07:00")
TODAY_DUE = date(2026, 12, 1)


@dataclass
class Said:
    """A question and its answer."""

    question: str
    answer: str = "Trả lời."
    intent: str = "ask_procedure"
    confidence: float = 0.9
    second: float = 0.05
    verdict: str = "answer"
    record: str | None = "irc_issue"
    kind: str | None = "procedure"
    language: str = "vi"
    milliseconds: int = 120
    feedback: int = 0
    payload: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def understood(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "intent": {"name": self.intent, "confidence": self.confidence},
            "intent_ranking": [
                {"name": self.intent, "confidence": self.confidence},
                {"name": "ask_faq", "confidence": self.second},
            ],
            "entities": [{"entity": "procedure", "value": "irc_issue"}],
            "decision": {
                "verdict": self.verdict,
                "record": self.record,
                "kind": self.kind,
                "aspect": "time",
                "candidates": [{"record": "work_permit", "kind": "procedure", "score": 0.2}],
                "filters": {},
            },
            "action": f"action_{self.intent}",
            "model": "heza-test",
            "milliseconds": self.milliseconds,
        }


def talk(
    *said: Said,
    at: datetime = BEGIN,
    channel: str = "web",
    waiting: str = "",
    claimed_after: float | None = None,
    by: Any = None,
    **fields: Any,
) -> Conversation:
    """A conversation of these; a minute between the questions.

    `waiting`: the reason for which a person was called with the last question, `claimed_after` seconds of it.
    """
    language = said[0].language if said else "vi"
    talk = Conversation.objects.create(
        channel=channel, language=language, created_at=at, updated_at=at, **fields
    )
    moment = at
    for number, each in enumerate(said):
        moment = at + timedelta(minutes=number)
        question = Message.objects.create(
            conversation=talk, author=Author.USER, text=each.question, language=each.language,
            created_at=moment, payload=each.payload, client_id=f"c{number}", progress=Progress.DONE,
            understood=each.understood, milliseconds=each.milliseconds,
        )  # fmt: skip
        source = {
            "record": each.record, "title": "Luật Đầu tư", "article": "Điều 38", "url": None,
            "as_of": "2026-09-01", "status": "cited",
        }  # fmt: skip
        answer = Message.objects.create(
            conversation=talk, author=Author.ASSISTANT, author_name="Trợ lý tự động", text=each.answer,
            language=each.language, created_at=moment + timedelta(seconds=1), reply_to=question,
            sources=[source] if each.record else [],
        )  # fmt: skip
        talk.last_message_id = answer.pk
        if each.feedback:
            Feedback.objects.create(message=answer, value=each.feedback, created_at=moment)
    if waiting:
        called = moment + timedelta(seconds=2)
        _log(talk, "waiting", called, reason=waiting)
        if claimed_after is not None:
            _log(talk, "claimed", called + timedelta(seconds=claimed_after), by)
    talk.updated_at = moment + timedelta(seconds=3)
    talk.save()
    return talk


def questions(talks: Sequence[Conversation]) -> list[Message]:
    """The investors' messages of these conversations."""
    return list(Message.objects.filter(conversation__in=talks, author=Author.USER).order_by("id"))


def _log(talk: Conversation, action: str, at: datetime, staff: Any = None, **details: object) -> None:
    AuditLine.objects.create(conversation=talk.pk, action=action, at=at, staff=staff, details=details)
