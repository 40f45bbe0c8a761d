"""What is counted of the gateway, in Prometheus' form. Counters are this process's own since its start.

They are served on a port of their own, which the public cannot reach; it opens with the site's process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.db.models import Count
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.common.problems import Problem
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


class Tables(Collector):
    """The figures that stand in the tables at the moment; none while those are away."""

    def collect(self) -> Iterator[Metric]:
        """Called in a thread that Prometheus' server makes for one request."""
        try:
            yield from patient(self._read)()
        except Problem:
            return
        finally:
            connections.close_all()

    def _read(self) -> list[Metric]:
        modes = Conversation.objects.values_list("mode").annotate(count=Count("pk")).order_by()
        states = Delivery.objects.values_list("state").annotate(count=Count("pk")).order_by()
        unanswered = Message.objects.filter(progress=Progress.ASK).count()
        return [
            _by("heza_conversations", "Conversations by mode", "mode", Mode.values, dict(modes)),
            _by("heza_outbox_messages", "Outbox by state", "state", DeliveryState.values, dict(states)),
            _one("heza_unanswered_messages", "Messages still to be answered", unanswered),
            _one("heza_unattended_conversations", "Nobody answers just now", len(queue.unanswered())),
            _one("heza_pending_forgets", "Still to be forgotten by Rasa", PendingForget.objects.count()),
        ]


def _one(name: str, meaning: str, value: int) -> Metric:
    return GaugeMetricFamily(name, meaning, value)


def _by(name: str, meaning: str, label: str, values: list[str], counts: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for value in values:
        family.add_metric([value], counts.get(value, 0))
    return family


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
REGISTRY.register(Tables())


@contextmanager
def served() -> Iterator[None]:
    """`/metrics` answers at the private port inside the block; OSError when the port is taken."""
    if not settings.HEZA.metrics_port:
        yield
        return
    server, thread = start_http_server(settings.HEZA.metrics_port, settings.HEZA.metrics_host, REGISTRY)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
