"""Every published record is cited, or labelled as to be confirmed by its confidence."""

from __future__ import annotations

from collections.abc import Iterator

from bot.registry.content.entries import Entry, Registry
from bot.registry.content.faults import Fault

# Demonstration dossiers are examples, not facts.
UNCITED_KINDS = frozenset({"dossier"})


def check(registry: Registry) -> Iterator[Fault]:
    """Faults of records that state something as certain without naming where it stands."""
    for entry in registry.entries:
        if entry.kind not in UNCITED_KINDS and entry.record.get("published", True):
            for field, advice in _problems(entry):
                yield Fault("citations", entry.file, entry.id, field, advice)


def _problems(entry: Entry) -> Iterator[tuple[str, str]]:
    record = entry.record
    cited = record.get("citations") or []
    if not cited and record.get("confidence") == "high":
        yield "citations", "add a citation, or lower the confidence so that it reads 'to be confirmed'"
    if record.get("legal_basis") and not any(citation.get("kind") == "law" for citation in cited):
        yield "citations", "the legal basis is given: cite the legal document"
    for number, citation in enumerate(cited):
        if citation.get("url"):
            continue
        if citation.get("kind") == "page":
            yield f"citations[{number}].url", "a page needs its address"
        elif citation.get("kind") == "press" and not (citation.get("title") and citation.get("date")):
            yield f"citations[{number}].url", "a press article needs its address, or its title and date"
