"""Every code that a page can show has a word in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

from bot.common import names
from bot.common.settings import ROOT
from bot.console import roles, wording
from bot.console.conversations.filters import Filters
from bot.console.demo.script import script
from bot.console.models import ExampleState, ModelState, Outcome, Verdict
from bot.conversations.models import Channel, Consent, HandoffReason, InquiryState, Mode
from bot.registry import labels
from bot.registry.models import Kind

_DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
_FILTERS = yaml.safe_load((ROOT / "bot/assistant/nlu/filters.yml").read_text(encoding="utf-8"))
_REGISTRY = {
    "field": "procedure", "tax": "incentive", "zone_kind": "zone", "area_class": "zone",
    "operating_status": "zone",
}  # fmt: skip
_BOUNDS = ("min_area_ha", "max_area_ha", "min_rent_usd", "max_rent_usd", "max_km")

GROUPS: dict[str, Iterable[str]] = {
    "intent": names.INTENTS,
    "aspect": [aspect for aspects in names.ASPECTS.values() for aspect in aspects],
    "action": [*_DOMAIN["actions"], *_DOMAIN["forms"]],
    "entity": _DOMAIN["entities"],
    "kind": Kind.values,
    "outcome": Outcome.values,
    "verdict": Verdict.values,
    "mode": Mode.values,
    "channel": Channel.values,
    "reason": HandoffReason.values,
    "inquiry": InquiryState.values,
    "purpose": Consent.Purpose.values,
    "model": ModelState.values,
    "example": ExampleState.values,
    "role": list(roles.Role),
    "filter": list(Filters.base_fields),
    "condition": [*_FILTERS, *_BOUNDS, "parent", "area_class", "all", "language"],
    "unit": ["ha", "km", "%", "VND", "USD", "day", "working_day", "week", "month", "year"],
    "label": script().labels,
}


def _calls(folder: str, called: str) -> Iterator[tuple[Path, ast.Module, ast.Call]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == called:
                yield path, tree, node


def _texts(node: ast.AST, tree: ast.Module) -> set[str]:
    """The texts an expression can be; of a name, those of everything it is set to in the file."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _texts(node.body, tree) | _texts(node.orelse, tree)
    if isinstance(node, ast.Name):
        values = [
            each.value
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign) and node.id in map(ast.unparse, each.targets)
        ]
        return {text for value in values for text in _texts(value, tree)}
    return set()


def _missing(group: str, keys: Iterable[str]) -> list[str]:
    known = wording.words(group)
    return [
        key for key in dict.fromkeys(keys) if not all(known.get(key, {}).get(each) for each in ("vi", "en"))
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_every_code_has_a_word_in_both_languages(group: str) -> None:
    assert _missing(group, GROUPS[group]) == []


def test_every_deed_has_a_word_and_so_has_what_its_line_says() -> None:
    deeds: set[str] = set()
    said: set[str] = set()
    for path, tree, call in _calls("bot", "audit.record"):
        found = _texts(call.args[1], tree)
        assert found, f"{path}:{call.lineno}"
        deeds |= found
        said |= {each.arg for each in call.keywords if each.arg}
    assert len(deeds) > 30
    assert _missing("deed", sorted(deeds)) == []
    assert _missing("detail", sorted(said)) == []


def test_every_line_of_the_gateways_log_has_a_word() -> None:
    deeds = {
        text
        for _, tree, call in _calls("bot/conversations", "modes.record")
        for text in _texts(call.args[1], tree)
    }
    deeds |= {
        text for _, tree, call in _calls("bot/conversations", "record") for text in _texts(call.args[1], tree)
    }
    assert "claimed" in deeds
    assert _missing("gateway", sorted(deeds)) == []


def test_every_value_that_narrows_a_list_has_a_word() -> None:
    for name, values in _FILTERS.items():
        if name in _REGISTRY:
            known = dict(labels.words(_REGISTRY[name], name))
            assert [value for value in values if value not in known] == [], name
        elif isinstance(values, dict):
            assert _missing("condition_value", values) == [], name


def test_all_words_are_in_both_languages() -> None:
    for path in (ROOT / "bot/console/words").glob("*.yml"):
        assert _missing(path.stem, wording.words(path.stem)) == [], path.stem
