"""Records obey their JSON Schema; ids are unique; Rasa's own top-level keys are not used."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from jsonschema import Draft202012Validator

from bot.registry.content.entries import Registry
from bot.registry.content.faults import Fault

# Rasa reads every YAML file under data/ and takes these for its own.
RASA_KEYS = frozenset(
    ("version", "nlu", "rules", "stories", "responses", "slots", "intents", "entities", "actions", "forms")
    + ("e2e_actions", "session_config", "config", "policies", "pipeline")
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
    validators: dict[str, Draft202012Validator | None] = {}
    for entry in registry.entries:
        if entry.kind not in validators:
            path = registry.root / "schema" / f"{entry.kind}.json"
            found = path.exists()
            validators[entry.kind] = (
                Draft202012Validator(json.loads(path.read_text(encoding="utf-8"))) if found else None
            )
            if not found:
                yield Fault("schema", f"schema/{entry.kind}.json", "-", "-", "this schema is missing")
        validator = validators[entry.kind]
        if validator is not None:
            for error in validator.iter_errors(entry.record):
                where = ".".join(str(step) for step in error.absolute_path) or "-"
                yield Fault("schema", entry.file, entry.id, where, error.message[:200])
