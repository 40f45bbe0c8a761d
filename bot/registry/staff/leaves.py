"""A record's content taken apart into single form fields and put together again, guided by its schema.

`take_apart` gives a leaf for every value an officer can change, with its path and present value;
`put_together` is its inverse: what was not changed comes back as it was (only what is optional and empty is
left out).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.registry import schemas
from bot.registry.schemas import Schema

Widget = Literal["text", "long", "lines", "number", "flag", "choice", "yaml"]
Names = Mapping[str, str]
# Empty rows offered at the end of a list of objects.
SPARE_ROWS = 1
_LONG_FROM = 45


@dataclass(frozen=True)
class Leaf:
    """One form field. `labels` name it from the outside in: {vi, en}, a row's number, or 'vi' and 'en'.

    `optional` is false where a text must stand; `spare` marks the empty row at the end of a list.
    """

    path: tuple[str | int, ...]
    widget: Widget
    labels: tuple[Names | str, ...]
    value: Any
    optional: bool = False
    spare: bool = False
    choices: tuple[tuple[str, Names], ...] = ()

    @property
    def name(self) -> str:
        """The path as a name for the form, e.g. `fee.variants.0.vnd`."""
        return ".".join(str(step) for step in self.path)

    @property
    def section(self) -> str:
        """The top-level field."""
        return str(self.path[0])


def take_apart(kind: str, content: Mapping[str, Any]) -> Iterator[Leaf]:
    """All leaves of a record of this kind; of an empty content those a new record needs."""
    for name, schema in schemas.properties(kind).items():
        if name not in ("id", "published"):
            yield from _leaves((name,), schema, content.get(name), ())


def put_together(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The content from the values of all leaves, keyed by their names."""
    own = {tuple(_step(step) for step in name.split(".")): value for name, value in values.items()}
    required = schemas.required(kind)
    content: dict[str, Any] = {}
    for name, schema in schemas.properties(kind).items():
        if name in ("id", "published"):
            continue
        value = _value((name,), schema, own)
        if name in required or not (value is None or value == []):
            content[name] = value
    return content


def _leaves(
    path: tuple[str | int, ...],
    schema: Schema,
    value: Any,
    labels: tuple[Names | str, ...],
    optional: bool = False,
    spare: bool = False,
) -> Iterator[Leaf]:
    shape, nullable = _shape(schema)
    optional = optional or nullable
    labels = (*labels, shape["label"]) if "label" in shape else labels
    if _is_object(shape):
        for name, inner in shape["properties"].items():
            known = inner if "label" in inner or name not in ("vi", "en") else {**inner, "label": name}
            present = value.get(name) if isinstance(value, dict) else None
            yield from _leaves((*path, name), known, present, labels, optional, spare)
    elif _is_rows(shape):
        rows = value if isinstance(value, list) else []
        for number in range(len(rows) + SPARE_ROWS):
            new = number >= len(rows)
            present = None if new else rows[number]
            numbered = (*labels, str(number + 1))
            # Every row may be emptied, which removes it.
            yield from _leaves((*path, number), shape["items"], present, numbered, True, new)
    else:
        widget = _widget(shape, value)
        choices = tuple(shape.get("words", {}).items()) or tuple(
            (choice, {"vi": choice, "en": choice}) for choice in shape.get("enum", ()) if choice is not None
        )
        yield Leaf(path, widget, labels, value, optional or None in shape.get("enum", ()), spare, choices)


def _value(path: tuple[str | int, ...], schema: Schema, values: Mapping[tuple[str | int, ...], Any]) -> Any:
    shape, nullable = _shape(schema)
    if _is_object(shape):
        found = {name: _value((*path, name), inner, values) for name, inner in shape["properties"].items()}
        if nullable and all(_is_blank(value) for value in found.values()):
            return None
        required = shape.get("required", ())
        return {name: value for name, value in found.items() if name in required or not _is_blank(value)}
    if _is_rows(shape):
        numbers = sorted(
            {key[len(path)] for key in values if key[: len(path)] == path and len(key) > len(path)}
        )
        rows = [_value((*path, number), shape["items"], values) for number in numbers]
        return [row for row in rows if not _is_blank(row)]
    value = values.get(path)
    if _widget(shape, value) == "lines":
        return value or []
    return value


def _shape(schema: Schema) -> tuple[Schema, bool]:
    """The schema behind references, and whether null is allowed as well."""
    schema = schemas.resolve(schema)
    options = schema.get("anyOf", [])
    others = [option for option in options if option != {"type": "null"}]
    if len(options) == len(others) + 1 and len(others) == 1:
        beside = {key: value for key, value in schema.items() if key != "anyOf"}
        return {**schemas.resolve(others[0]), **beside}, True
    kinds = schema.get("type")
    return schema, isinstance(kinds, list) and "null" in kinds


def _is_object(shape: Schema) -> bool:
    """Objects whose fields are all known; others are edited as one."""
    return shape.get("type") == "object" and shape.get("additionalProperties") is False


def _is_rows(shape: Schema) -> bool:
    return shape.get("type") == "array" and _is_object(_shape(shape["items"])[0])


def _widget(shape: Schema, value: Any) -> Widget:
    kinds = shape.get("type")
    if "enum" in shape:
        return "choice"
    if kinds == "boolean":
        return "flag"
    if kinds == "array" and _shape(shape["items"])[0].get("type") == "string":
        return "lines"
    if kinds == "string":
        return "long" if isinstance(value, str) and len(value) > _LONG_FROM else "text"
    if kinds in ("number", "integer", ["number", "null"], ["integer", "null"]):
        return "number"
    return "yaml"


def _is_blank(value: Any) -> bool:
    """Nothing an officer wrote; an unticked box in an otherwise empty row counts as nothing, too."""
    if isinstance(value, dict):
        return all(_is_blank(inner) for inner in value.values())
    return value is None or value in ("", []) or value is False


def _step(step: str) -> str | int:
    return int(step) if step.isdigit() else step
