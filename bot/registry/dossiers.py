"""Looking up a dossier by its code and PIN. Limits on tries are the caller's: it knows who asks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password

from bot.registry.models import Dossier


def find(code: str, pin: str) -> Dossier | None:
    """The dossier, or None; takes as long for a wrong code as for a wrong PIN."""
    dossier = Dossier.objects.filter(code=code.strip().upper()).first()
    if dossier is None:
        # The same slow hash, so that the time does not tell which codes exist.
        make_password(pin)
        return None
    return dossier if dossier.has_pin(pin.strip()) else None


def shown(dossier: Dossier) -> dict[str, Any]:
    """A dossier as the assistant may tell it: no PIN, no personal data, dates as 'YYYY-MM-DD'."""
    return {
        "id": dossier.id,
        "code": dossier.code,
        "procedure": dossier.procedure_id,
        "status": dossier.status,
        "received_on": dossier.received_on.isoformat(),
        "due_on": dossier.due_on.isoformat() if dossier.due_on else None,
        "updated_on": dossier.updated_on.isoformat(),
        "applicant_label": {"vi": dossier.applicant_vi, "en": dossier.applicant_en},
        "demonstration": dossier.demonstration,
    }
