"""What is counted of the gateway, in Prometheus' form. Counters are this process's own since its start."""

from __future__ import annotations

from django.db.models import Count
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.conversations import queue
from bot.conversations.database import patient
from bot.conversations.models import (
    Conversation,
    Delivery,
    DeliveryState,
    Message,
    Mode,
    PendingForget,
    Progress,
)

REGISTRY = CollectorRegistry()
MESSAGES = Counter("heza_messages", "Messages of investors taken", registry=REGISTRY)
ANSWER_SECONDS = Histogram(
    "heza_answer_seconds",
    "From taking a message to its direct answer",
    registry=REGISTRY,
    buckets=(0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10, 20),
)
FAILURES = Counter(
    "heza_assistant_failures", "Questions the assistant left open", ["kind"], registry=REGISTRY
)
STREAMS = Gauge("heza_event_streams", "Open event streams", registry=REGISTRY)
_CONVERSATIONS = Gauge("heza_conversations", "Conversations by mode", ["mode"], registry=REGISTRY)
_OPEN = Gauge("heza_unanswered_messages", "Messages still to be answered", registry=REGISTRY)
_STUCK = Gauge("heza_unattended_conversations", "Conversations nobody answers just now", registry=REGISTRY)
_OUTBOX = Gauge("heza_outbox_messages", "Messages in the outbox by state", ["state"], registry=REGISTRY)
_FORGET = Gauge("heza_pending_forgets", "Conversations the assistant must still forget", registry=REGISTRY)


@patient
def scrape() -> bytes:
    """All figures as text, those of the tables as they stand now."""
    modes = Conversation.objects.values_list("mode").annotate(count=Count("pk")).order_by()
    states = Delivery.objects.values_list("state").annotate(count=Count("pk")).order_by()
    for gauge, names, counts in (
        (_CONVERSATIONS, Mode.values, dict(modes)),
        (_OUTBOX, DeliveryState.values, dict(states)),
    ):
        for name in names:
            gauge.labels(name).set(counts.get(name, 0))
    _OPEN.set(Message.objects.filter(progress=Progress.ASK).count())
    _STUCK.set(len(queue.unanswered()))
    _FORGET.set(PendingForget.objects.count())
    return generate_latest(REGISTRY)
