"""The JSON Schemas of the records (data/registry/schema), loaded once per folder.

`common.json` holds what all kinds share; each kind refers to it. Two keywords of our own serve the forms of
the staff pages: `label` names a field and `words` the values of an enumeration, both in two languages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from bot.common.settings import ROOT

FOLDER = ROOT / "data" / "registry" / "schema"
COMMON = "common.json"
Schema = dict[str, Any]


@cache
def validator(kind: str, folder: Path = FOLDER) -> Draft202012Validator:
    """The validator of one kind; raises FileNotFoundError when the kind has no schema."""
    schema = _read(folder / f"{kind}.json")
    resources = (
        [(COMMON, Resource.from_contents(_read(folder / COMMON)))] if (folder / COMMON).exists() else []
    )
    return Draft202012Validator(schema, registry=Registry().with_resources(resources))


def faults(kind: str, record: Mapping[str, Any], folder: Path = FOLDER) -> Iterator[tuple[str, str]]:
    """Each fault of a record as (path of the field, what is wrong), e.g. ('fee.vnd', …)."""
    for error in validator(kind, folder).iter_errors(record):
        where = ".".join(str(step) for step in error.absolute_path) or "-"
        yield where, error.message[:200]


def resolve(schema: Schema) -> Schema:
    """The schema behind a reference to the common definitions, with the keywords beside it kept."""
    while "$ref" in schema:
        file, _, pointer = str(schema["$ref"]).partition("#/$defs/")
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        # A kind's own definitions describe what no form takes apart.
        schema = {**(_read(FOLDER / file)["$defs"][pointer] if file else {}), **beside}
    return schema


def own_properties(kind: str) -> dict[str, Schema]:
    """The fields that only this kind has."""
    own: dict[str, Schema] = _read(FOLDER / f"{kind}.json")["properties"]
    return own


def properties(kind: str) -> dict[str, Schema]:
    """All top-level fields of a kind of record, the shared ones first, in the order of the schema."""
    shared: dict[str, Schema] = _read(FOLDER / COMMON)["$defs"]["record"]["properties"]
    return {**shared, **own_properties(kind)}


def required(kind: str) -> frozenset[str]:
    """The top-level fields that a record of the kind must have, even when they are null."""
    shared = _read(FOLDER / COMMON)["$defs"]["record"]["required"]
    return frozenset((*shared, *_read(FOLDER / f"{kind}.json")["required"]))


@cache
def _read(path: Path) -> Schema:
    content: Schema = json.loads(path.read_text(encoding="utf-8"))
    return content
