"""A product whose wire between assistant and registry can be cut, and which waits for Rasa only briefly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.launch import ports
from tests.failures.forwarder import Forwarder
from tests.stack import Stack, running

RASA_TIMEOUT = 6.0


@dataclass(frozen=True)
class Product:
    """The running processes, and the wire by which actions and understanding reach the registry."""

    stack: Stack
    registry: Forwarder


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """One product for all failures; every test leaves it whole."""
    site, wire = ports.free(), ports.free()
    registry = Forwarder(wire, site)
    registry.mend()
    settings = {
        "HEZA_PORT": str(site),
        "HEZA_REGISTRY_URL": f"http://127.0.0.1:{wire}/api/v1",
        "HEZA_RASA_TIMEOUT": str(RASA_TIMEOUT),
    }
    with running("failures", settings) as stack:
        yield Product(stack, registry)
    registry.cut()


@pytest.fixture
def stack(product: Product) -> Stack:
    """The running processes."""
    return product.stack
