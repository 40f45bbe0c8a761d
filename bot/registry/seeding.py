"""Bringing data/registry into the database without losing what staff changed there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from bot.common.embedding_cache import Embed
from bot.registry import texts
from bot.registry.checksums import checksum
from bot.registry.content.entries import Entry, load
from bot.registry.content.faults import Fault
from bot.registry.content.rules import references, schema
from bot.registry.models import Dossier, Record
from bot.registry.publishing import count_up, derive

Report = Callable[[int, int], None]
_COLUMNS = (
    "content",
    "published",
    "position",
    "seeded_checksum",
    "name_vi",
    "name_en",
    "group",
    "confidence",
)
_UPDATED = [*_COLUMNS, "as_of", "review_by", "search", "kind", "updated_at"]


class Unsound(Exception):
    """Files that must not be seeded; `faults` name file, record and field."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass
class Outcome:
    """Ids by what happened to them, and how many vectors were computed."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    unchanged: int = 0
    vectors: int = 0

    @property
    def changed(self) -> bool:
        """Whether readers must look again."""
        return bool(self.created or self.updated or self.withdrawn or self.vectors)


def seed(root: Path, report: Report = lambda done, total: None, embed: Embed | None = None) -> Outcome:
    """Create and update what the files say; raises `Unsound` before anything is written.

    `report` and `embed`: see `texts.refresh`.
    """
    registry = load(root)
    # A dossier points at its procedure in the database; other references are the content checks' matter.
    dangling = [fault for fault in references.check(registry) if fault.field == "procedure"]
    faults = sorted([*schema.check(registry), *dangling])
    if faults:
        raise Unsound(faults)
    outcome = Outcome()
    with transaction.atomic():
        _records([entry for entry in registry.entries if entry.kind != "dossier"], outcome)
        _dossiers([entry for entry in registry.entries if entry.kind == "dossier"], outcome)
    # Outside the transaction: computing takes long, and nobody else should wait for it.
    outcome.vectors = texts.refresh(Record.objects.all(), report, embed)
    if outcome.changed:
        count_up()
    return outcome


def _records(entries: list[Entry], outcome: Outcome) -> None:
    present = {record.id: record for record in Record.objects.all()}
    created: list[Record] = []
    updated: list[Record] = []
    for position, entry in enumerate(entries):
        fresh = checksum(_state(entry.kind, *_split(entry.record)))
        record = present.pop(entry.id, None)
        if record is None:
            record = Record(id=entry.id)
            created.append(record)
            outcome.created.append(entry.id)
        elif record.seeded_checksum == fresh:
            outcome.unchanged += 1
            continue
        elif _touched(record):
            outcome.kept.append(entry.id)
            continue
        else:
            updated.append(record)
            outcome.updated.append(entry.id)
        record.kind, record.position, record.seeded_checksum = entry.kind, position, fresh
        record.content, record.published = _split(entry.record)
        derive(record)
    for record in present.values():
        # Its file no longer has it, and nobody here has made it their own.
        if record.seeded_checksum and record.published and not _touched(record):
            record.published = False
            record.seeded_checksum = checksum(_state(record.kind, record.content, False))
            updated.append(record)
            outcome.withdrawn.append(record.id)
    bulk_create_with_history(created, Record, default_change_reason="seed")
    bulk_update_with_history(updated, Record, _UPDATED, default_change_reason="seed")


def _dossiers(entries: list[Entry], outcome: Outcome) -> None:
    present = {dossier.id: dossier for dossier in Dossier.objects.all()}
    for entry in entries:
        record, fresh = entry.record, checksum(entry.record)
        dossier = present.get(entry.id)
        if dossier is not None and dossier.seeded_checksum == fresh:
            outcome.unchanged += 1
            continue
        (outcome.updated if dossier else outcome.created).append(entry.id)
        dossier = dossier or Dossier(id=entry.id)
        dossier.procedure_id, dossier.code, dossier.status = (
            record["procedure"],
            record["code"],
            record["status"],
        )
        dossier.received_on, dossier.due_on = record["received_on"], record["due_on"]
        dossier.updated_on = record["updated_on"]
        dossier.applicant_vi, dossier.applicant_en = (
            record["applicant_label"]["vi"],
            record["applicant_label"]["en"],
        )
        dossier.demonstration, dossier.seeded_checksum = True, fresh
        dossier.set_pin(record["pin"])
        dossier.save()


def _split(record: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Content and whether it is published."""
    content = {key: value for key, value in record.items() if key not in ("id", "published")}
    return content, bool(record["published"])


def _state(kind: str, content: dict[str, Any] | None, published: bool) -> dict[str, Any]:
    return {"kind": kind, "content": content, "published": published}


def _touched(record: Record) -> bool:
    """Whether staff changed, drafted, withdrew or confirmed it since it was seeded, or made it themselves."""
    state = checksum(_state(record.kind, record.content, record.published))
    return state != record.seeded_checksum or record.draft is not None or record.verified_on is not None
