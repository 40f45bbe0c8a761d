"""The registry's own table of dossiers: demonstration records, until the authority's system is connected."""

from __future__ import annotations

import json

import requests

from actions.dossiers.source import Dossier, SourceDown, Unknown
from actions.registry import Registry, RegistryDown


class RegistryTable:
    """Asks the registry's internal address, signed."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def find(self, code: str, pin: str, seconds: float) -> Dossier:
        """See `Source`."""
        body = json.dumps({"code": code, "pin": pin}).encode()
        try:
            response = self._registry.post_signed(self._address, body, seconds)
        except RegistryDown as error:
            raise SourceDown("registry away") from error
        if response.status_code == requests.codes.not_found:
            raise Unknown
        if response.status_code != requests.codes.ok:
            raise SourceDown(f"registry answered {response.status_code}")
        found = response.json()
        return Dossier(
            code=found["code"],
            status=found["status"],
            procedure=found["procedure"],
            applicant=found["applicant_label"],
            received_on=found["received_on"],
            due_on=found["due_on"],
            updated_on=found["updated_on"],
            demonstration=found["demonstration"],
        )

    @property
    def _address(self) -> str:
        """Beside the public API: /api/v1 -> /api/internal/dossier."""
        return self._registry.root.rsplit("/", 1)[0] + "/internal/dossier"
