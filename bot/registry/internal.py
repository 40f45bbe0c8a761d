"""What only the installation's own processes may ask, signed like the door to Rasa (bot.common.signing)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from bot.common import signing
from bot.common.problems import Problem
from bot.registry import dossiers
from bot.registry.labels import LABELS

router = Router()


class Claim(Schema):
    """Code and PIN of a dossier."""

    code: str
    pin: str


@router.post("/dossier", include_in_schema=False)
def dossier(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """The dossier's state; 401 without a valid signature, 404 when code and PIN do not belong together."""
    timestamp = request.headers.get(signing.TIMESTAMP_HEADER)
    signature = request.headers.get(signing.SIGNATURE_HEADER)
    if not signing.verify(settings.HEZA.secret, timestamp, signature, request.body):
        raise Problem(401, LABELS.both("unsigned"))
    found = dossiers.find(claim.code, claim.pin)
    if found is None:
        raise Problem(404, LABELS.both("no_dossier"))
    return dossiers.shown(found)
