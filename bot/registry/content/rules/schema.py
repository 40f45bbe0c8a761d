"""Records obey their JSON Schema; ids are unique; Rasa's own top-level keys are not used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.registry import schemas
from bot.registry.content.entries import Registry
from bot.registry.content.faults import Fault

# Rasa reads every YAML file under data/ and takes these for its own.
RASA_KEYS = frozenset(
    [
        "version",
        "nlu",
        "rules",
        "stories",
        "responses",
        "slots",
        "intents",
        "entities",
        "actions",
        "forms",
        "e2e_actions",
        "session_config",
        "config",
        "policies",
        "pipeline",
    ]
)


def check(registry: Registry) -> Iterator[Fault]:
    """Faults of shape, file by file and record by record."""
    for file, keys in registry.top_level.items():
        for key in RASA_KEYS.intersection(keys):
            yield Fault("schema", file, "-", key, "is one of Rasa's own top-level keys: rename it")
        if not file.rsplit("/", 1)[-1].startswith("_") and keys != ["records"]:
            yield Fault("schema", file, "-", "records", "must be the only top-level key of a record file")
    yield from _shapes(registry)
    for record_id, count in Counter(entry.id for entry in registry.entries).items():
        if count > 1:
            files = sorted({entry.file for entry in registry.entries if entry.id == record_id})
            yield Fault("schema", files[0], record_id, "id", f"used {count} times ({', '.join(files)})")


def _shapes(registry: Registry) -> Iterator[Fault]:
    folder = registry.root / "schema"
    for kind in sorted({entry.kind for entry in registry.entries}):
        if not (folder / f"{kind}.json").exists():
            yield Fault("schema", f"schema/{kind}.json", "-", "-", "this schema is missing")
            continue
        for entry in registry.entries:
            if entry.kind == kind:
                for field, advice in schemas.faults(kind, entry.record, folder):
                    yield Fault("schema", entry.file, entry.id, field, advice)
