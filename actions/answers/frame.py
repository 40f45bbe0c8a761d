"""What every answer about a record carries: caveats that matter, the label, the sources, the slots."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions import wording
from actions.reply import Block, Button, Reply, Source, paragraphs
from actions.turn import Turn
from bot.common import formats, names

Record = Mapping[str, Any]

MAX_NEXT_STEPS = 3
# So many zones are kept in mind.
MOST_ZONES = 4
# What a line begins with that limits the answer.
WARNING = "⚠ "
# Marks that end a word; a slash or a dot inside one does not.
_NOT_A_WORD = re.compile(r"[\s,;:()\"]+|\.(?=\s|$)")


def answer(
    turn: Turn,
    record: Record,
    aspect: str,
    *parts: str | None,
    buttons: list[Button] | None = None,
    blocks: list[Block] | None = None,
) -> Reply:
    """The reply about one record: the parts, its caveats for this aspect, its label and sources."""
    steps = (buttons or [])[:MAX_NEXT_STEPS]
    return Reply(
        text=paragraphs(hedge(turn, record), *parts, caveats(turn, record, aspect), label(turn, record)),
        buttons=steps,
        blocks=blocks or [],
        sources=sources(turn, record),
        slots={
            names.RECORD_SLOT: record["id"],
            names.ASPECT_SLOT: aspect,
            names.OFFERED_SLOT: [],
            names.PAGE_SLOT: None,
            names.ZONES_SLOT: spoken_of(turn, record),
        },
    )


def spoken_of(turn: Turn, *records: Record) -> list[str]:
    """Ids of the zones spoken of lately, the latest last: "compare the two"."""
    zones = [record["id"] for record in records if record["kind"] == names.ZONE]
    earlier = [zone for zone in turn.slots.get(names.ZONES_SLOT) or () if zone not in zones]
    return [*earlier, *zones][-MOST_ZONES:]


def hedge(turn: Turn, record: Record) -> str | None:
    """What stands before an answer of low confidence, so that no figure in it looks certain."""
    return turn.say("answer.label.low") if record["confidence"] == "low" else None


def label(turn: Turn, record: Record) -> str:
    """One line: as of when, and whether the authority has confirmed it."""
    as_of = formats.day(record["as_of"], turn.language)
    if record["status"] == "confirmed":
        return turn.say(
            "answer.label.confirmed", as_of=as_of, date=formats.day(record["verified_on"], turn.language)
        )
    return turn.say(f"answer.label.{record['status']}", as_of=as_of)


def sources(turn: Turn, *records: Record) -> list[Source]:
    """Every citation of the records; a record with none says that it is to be confirmed."""
    return [source for record in records for source in _sources_of(turn, record)]


def main_sources(turn: Turn, records: Sequence[Record]) -> list[Source]:
    """The first citation of each record: what a list is held to."""
    return [_sources_of(turn, record)[0] for record in records]


def caveats(turn: Turn, record: Record, aspect: str) -> str | None:
    """The record's caveats, conflicting figures and notes that matter for an aspect, one line each."""
    lines = relevant(turn, record, "caveats", aspect)
    lines += [turn.say("answer.conflict", text=text) for text in relevant(turn, record, "conflicts", aspect)]
    return "\n".join(f"{WARNING}{line}" for line in lines) or None


def relevant(turn: Turn, record: Record, field: str, aspect: str) -> list[str]:
    """The lines of a bilingual list that matter for an aspect: data/responses/relevance.yml says which."""
    texts = record.get(field) or {"vi": [], "en": []}
    pairs = zip(texts["vi"], texts[turn.language], strict=True)
    return [text for vietnamese, text in pairs if matters(record["kind"], vietnamese, aspect)]


def matters(kind: str, vietnamese: str, aspect: str) -> bool:
    """Whether a Vietnamese line is about an aspect; kinds without a table show every line everywhere."""
    topics = wording.table("relevance").get(kind)
    if topics is None:
        return True
    padded = f" {_NOT_A_WORD.sub(' ', vietnamese).casefold()} "
    fitting = [topic for topic in topics if any(_stands(word, padded) for word in topic["words"])]
    fitting = fitting or [topic for topic in topics if not topic["words"]]
    return any(aspect in topic["aspects"] for topic in fitting)


def _stands(word: str, padded: str) -> bool:
    return f" {_NOT_A_WORD.sub(' ', word).casefold()} " in padded


def _sources_of(turn: Turn, record: Record) -> list[Source]:
    common = {"record": record["id"], "as_of": record["as_of"], "status": record["status"]}
    if not record["citations"]:
        return [{"title": turn.say("answer.source.none"), "article": None, "url": None, **common}]
    return [
        {
            "title": _title(citation, turn.language),
            "article": (citation["article"] or {}).get(turn.language),
            "url": citation["url"],
            **common,
        }
        for citation in record["citations"]
    ]


def _title(citation: Mapping[str, Any], language: str) -> str:
    title: str = citation["title"][language]
    if citation["date"] and citation["kind"] != "law":
        return f"{title} ({formats.day(citation['date'], language)})"
    return title
