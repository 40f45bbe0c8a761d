from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.last_copy import LastCopy
from actions.registry import Reading, Registry
from actions.turn import Turn
from tests.actions.registry_server import SECRET, RegistryServer, seeded

MakeTurn = Callable[..., Turn]


@pytest.fixture(scope="session")
def shared_server() -> Iterator[RegistryServer]:
    """All records, read only."""
    server = RegistryServer(seeded())
    yield server
    server.close()


@pytest.fixture
def server() -> Iterator[RegistryServer]:
    """Records of a test's own, free to change and to break."""
    server = RegistryServer(copy.deepcopy(seeded()))
    yield server
    server.close()


@pytest.fixture(scope="session")
def shared_registry(shared_server: RegistryServer, tmp_path_factory: pytest.TempPathFactory) -> Registry:
    registry = Registry(shared_server.url, LastCopy(tmp_path_factory.mktemp("copy")), SECRET)
    registry.refresh_copy()
    return registry


@pytest.fixture
def registry(server: RegistryServer, tmp_path: Path) -> Registry:
    return Registry(server.url, LastCopy(tmp_path / "copy"), SECRET)


@pytest.fixture
def make_turn(shared_registry: Registry) -> MakeTurn:
    """A turn with a decision; `registry`, `slots`, `text` and the like may be given."""

    def make(language: str = "en", **given: Any) -> Turn:
        return turn(given.pop("registry", shared_registry), language, **given)

    return make


def turn(registry: Registry, language: str = "en", **given: Any) -> Turn:
    fields = {
        "text": "",
        "intent": "",
        "slots": {},
        "events": [],
        "in_form": False,
        "requested_slot": None,
        **{key: given.pop(key) for key in list(given) if key in Turn.__dataclass_fields__},
    }
    decision = {"language": language, "confidence": 0.9, **fields.pop("decision", {}), **given}
    return Turn(
        conversation="test", decision=decision, language=language, registry=Reading(registry), **fields
    )
