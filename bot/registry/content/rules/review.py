"""Dates of collection, sources and review are possible, seen from a fixed day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.common.settings import load
from bot.registry.content.entries import Entry, Registry
from bot.registry.content.faults import Fault
from bot.registry.review import first_day

# A check gives the same verdict whenever it runs, so its clock stands still unless HEZA_TODAY is set.
CLOCK = date(2026, 11, 24)


def check(registry: Registry) -> Iterator[Fault]:
    """Faults of dates that are missing, impossible, in the future, or in the wrong order."""
    today = load().today or CLOCK
    for entry in registry.entries:
        for field, advice in _problems(entry, today):
            yield Fault("review", entry.file, entry.id, field, advice)


def _problems(entry: Entry, today: date) -> Iterator[tuple[str, str]]:
    if entry.kind == "dossier":
        return
    record = entry.record
    yield from _collected(record, today)
    for number, citation in enumerate(record.get("citations") or []):
        if citation.get("date") is not None:
            dated = first_day(citation["date"])
            if dated is None or dated > today:
                yield f"citations[{number}].date", f"'{citation['date']}' is no date up to {today}"


def _collected(record: dict[str, Any], today: date) -> Iterator[tuple[str, str]]:
    as_of = first_day(record.get("as_of"))
    if as_of is None:
        yield "as_of", "give the date as 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'"
    elif as_of > today:
        yield "as_of", f"lies after {today}"
    if record.get("review_by") is not None:
        review_by = first_day(record["review_by"])
        if review_by is None:
            yield "review_by", "give the date as 'YYYY-MM-DD'"
        elif as_of and review_by <= as_of:
            yield "review_by", "must lie after as_of"
        elif review_by < today:
            yield "review_by", f"passed on {review_by}: review the record"
