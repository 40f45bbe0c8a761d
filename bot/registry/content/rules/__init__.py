"""The registry of rules: a file per rule, each with one function from the registry to its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.registry.content.entries import Registry
from bot.registry.content.faults import Fault
from bot.registry.content.rules import (
    addresses,
    citations,
    equality,
    languages,
    provenance,
    references,
    review,
    schema,
    sentences,
    untranslated,
)

RULES: dict[str, Callable[[Registry], Iterator[Fault]]] = {
    "schema": schema.check,
    "languages": languages.check,
    "equality": equality.check,
    "citations": citations.check,
    "provenance": provenance.check,
    "references": references.check,
    "addresses": addresses.check,
    "review": review.check,
    "sentences": sentences.check,
    "untranslated": untranslated.check,
}
