"""The content rules held against one record while an officer edits it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.registry import schemas
from bot.registry.content.entries import Entry, Registry
from bot.registry.content.rules import citations, equality, languages, sentences
from bot.registry.labels import say
from bot.registry.models import Record

# Rules that need no other record.
_RULES = (languages.check, equality.check, citations.check, sentences.check)


def warnings(record: Record) -> Iterator[str]:
    """What should be repaired before publishing: languages that differ, figures, missing sources."""
    content = {"id": record.id, "published": True, **record.current}
    alone = Registry(schemas.FOLDER.parent, [Entry(record.kind, record.id, content)], [])
    for rule in _RULES:
        for fault in rule(alone):
            yield say("rule_fault", rule=fault.rule, field=fault.field, advice=fault.advice)
