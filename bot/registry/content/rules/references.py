"""Every id that a record names exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.registry.content.entries import Registry, pairs
from bot.registry.content.faults import Fault

# field -> kind it must name; None: any kind
FIELDS: dict[tuple[str, str], str | None] = {
    ("zone", "parent"): "zone",
    ("faq", "related_rules"): "incentive",
    ("faq", "related"): None,
    ("statistic", "newer"): "statistic",
    ("statistic", "zone"): "zone",
    ("dossier", "procedure"): "procedure",
}
_ID = re.compile(r"\b(?:faq|planned|stat|proc|zone)-[a-z0-9]+(?:-[a-z0-9]+)+\b|\b[a-z]+_[a-z_]*[a-z]\b")


def check(registry: Registry) -> Iterator[Fault]:
    """Faults of dangling references, and of ids that stand in a text for readers."""
    known: dict[str | None, set[str]] = {kind: registry.ids(kind) for kind in set(FIELDS.values())}
    for entry in registry.entries:
        for (kind, field), target in FIELDS.items():
            if entry.kind != kind:
                continue
            value = entry.record.get(field)
            for record_id in value if isinstance(value, list) else [value] if value else []:
                if record_id not in known[target]:
                    yield Fault(
                        "references", entry.file, entry.id, field, f"no {target or 'record'} '{record_id}'"
                    )
    for entry in registry.documents:
        for pair in pairs(entry.record):
            for text in (pair.vi, pair.en):
                match = _ID.search(text or "")
                if match:
                    advice = f"a reader cannot use the id '{match.group()}': name the thing"
                    yield Fault("references", entry.file, entry.id, pair.path, advice)
