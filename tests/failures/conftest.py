"""A product whose wire between assistant and registry can be cut, and which waits for Rasa only briefly.

Its dossiers are in a system of their own, which can fail too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.launch import ports
from tests.actions.dossier_server import FIELDS, TOKEN, DossierServer
from tests.failures.forwarder import Forwarder
from tests.stack import Stack, running

RASA_TIMEOUT = 6.0


@dataclass(frozen=True)
class Product:
    """The running processes, the wire by which actions and understanding reach the registry, the dossiers."""

    stack: Stack
    registry: Forwarder
    dossiers: DossierServer


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One product for all failures; every test leaves it whole."""
    fields = tmp_path_factory.mktemp("dossiers") / "fields.yml"
    fields.write_text(FIELDS, encoding="utf-8")
    dossiers = DossierServer()
    site, wire = ports.free(), ports.free()
    registry = Forwarder(wire, site)
    registry.mend()
    settings = {
        "HEZA_PORT": str(site),
        "HEZA_REGISTRY_URL": f"http://127.0.0.1:{wire}/api/v1",
        "HEZA_RASA_TIMEOUT": str(RASA_TIMEOUT),
        "HEZA_DOSSIER_URL": dossiers.url,
        "HEZA_DOSSIER_AUTHORIZATION": TOKEN,
        "HEZA_DOSSIER_FIELDS": str(fields),
    }
    with running("failures", settings) as stack:
        yield Product(stack, registry, dossiers)
    registry.cut()
    dossiers.close()


@pytest.fixture
def stack(product: Product) -> Stack:
    """The running processes."""
    return product.stack
