from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from bot.common import signing
from bot.registry import dossiers
from tests.registry.conftest import Files

pytestmark = pytest.mark.django_db


def _ask(client: Client, body: dict[str, str], headers: dict[str, str] | None = None) -> Any:
    content = json.dumps(body).encode()
    signed = signing.headers(settings.HEZA.secret, content) if headers is None else headers
    return client.post("/api/internal/dossier", content, content_type="application/json", headers=signed)


def test_code_and_pin_together_find_the_dossier(seeded: Files) -> None:
    filed = seeded.record("demo-work-permit")
    found = dossiers.find(f" {filed['code'].lower()} ", filed["pin"])
    assert found is not None
    shown = dossiers.shown(found)
    assert shown == {**{key: value for key, value in filed.items() if key != "pin"}, "demonstration": True}


def test_one_of_the_two_is_not_enough(seeded: Files) -> None:
    filed = seeded.record("demo-work-permit")
    assert dossiers.find(filed["code"], "000000") is None
    assert dossiers.find("HEZA-2026-9999", filed["pin"]) is None


def test_a_signed_request_is_answered(client: Client, seeded: Files) -> None:
    filed = seeded.record("demo-work-permit")
    response = _ask(client, {"code": filed["code"], "pin": filed["pin"]})
    assert response.status_code == 200
    assert response.json()["status"] == filed["status"]
    assert filed["pin"] not in response.content.decode()
    assert _ask(client, {"code": filed["code"], "pin": "000000"}).status_code == 404


def test_no_answer_without_our_signature(client: Client, seeded: Files) -> None:
    filed = seeded.record("demo-work-permit")
    body = {"code": filed["code"], "pin": filed["pin"]}
    content = json.dumps(body).encode()
    old = str(int(time.time()) - 120)
    for headers in (
        {},
        signing.headers("another secret", content),
        signing.headers(settings.HEZA.secret, b"another body"),
        {
            signing.TIMESTAMP_HEADER: old,
            signing.SIGNATURE_HEADER: signing.sign(settings.HEZA.secret, old, content),
        },
    ):
        assert _ask(client, body, headers).status_code == 401
