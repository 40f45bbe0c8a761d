"""Records and intents by name: what an id stands for, and finding one by words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.common import names
from bot.common.text import fold
from bot.console import wording
from bot.registry import search, snapshot
from bot.registry.models import Kind, Record
from bot.registry.snapshot import Item

MOST_FOUND = 12


@dataclass(frozen=True)
class Subject:
    """A record as a page names it; `kind` is empty of an intent, or when it is no longer published."""

    id: str
    kind: str
    name: str


def subject(record_id: str) -> Subject:
    """The record in the officer's language, also when it is not published; its id when there is none."""
    now = snapshot.cache.current()
    found = (item for kind in Kind if (item := now.get(kind.value, record_id)) is not None)
    item = next(found, None)
    if item is not None:
        return _subject(item)
    row = Record.objects.filter(pk=record_id).values(f"name_{wording.language()}").first()
    return Subject(record_id, "", next(iter(row.values())) if row else record_id)


def find(query: str) -> list[Subject]:
    """The records that answer to these words, best first; none for no words."""
    if not query.strip():
        return []
    now = snapshot.cache.current()
    everything = [item for kind in Kind for item in now.all(kind.value)]
    return [_subject(item) for item in search.find(query, everything)[:MOST_FOUND]]


def intents() -> list[str]:
    """What an investor's words can mean."""
    return [intent for intent in names.INTENTS if intent != names.SELECT_RECORD]


def intent(name: str) -> Subject:
    """An intent in the officer's language."""
    return Subject(name, "", wording.say("intent", name))


def find_intents(query: str) -> list[Subject]:
    """The intents in whose words, of either language, or id all these words stand; none for no words."""
    wanted = fold(query).split()
    texts = {each: fold(" ".join((each, *wording.words("intent")[each].values()))) for each in intents()}
    return [intent(each) for each, text in texts.items() if wanted and all(word in text for word in wanted)]


def _subject(item: Item) -> Subject:
    return Subject(item.id, str(item.data["kind"]), str(item.data["name"][wording.language()]))
