from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import AsyncClient, Client
from pytest_django import Settings

SITE = "https://www.example.gov.vn"


@pytest.fixture
def embedding(settings: Settings) -> None:
    settings.HEZA = replace(settings.HEZA, allowed_origins=(SITE,))


@pytest.mark.django_db
def test_pages_allow_scripts_of_the_site_only(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
async def test_programs_get_neither_cookies_nor_sessions(async_client: AsyncClient) -> None:
    response = await async_client.get("/api/v1/zones", headers={"Cookie": "sessionid=x; csrftoken=y"})
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert int(response["Content-Length"]) == len(response.content)


@pytest.mark.django_db
@pytest.mark.parametrize("checked", [Client(enforce_csrf_checks=True), Client()])
def test_forms_of_other_sites_are_refused(checked: Client) -> None:
    response = checked.post("/admin/login/", {"username": "lan", "password": "x"})
    assert response.status_code == (403 if checked.handler.enforce_csrf_checks else 200)


@pytest.mark.django_db
def test_only_staff_pages_may_evaluate(client: Client) -> None:
    assert "'unsafe-eval'" in client.get("/admin/login/")["Content-Security-Policy"]
    assert "'unsafe-eval'" not in client.get("/api/docs")["Content-Security-Policy"]


def _preflight(client: Client, path: str, origin: str) -> Any:
    return client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})


@pytest.mark.usefixtures("embedding")
def test_a_conversation_is_open_to_the_allowed_sites_only(client: Client) -> None:
    allowed = _preflight(client, "/api/v1/messages", SITE)
    assert (allowed.status_code, allowed["Access-Control-Allow-Origin"]) == (204, SITE)
    assert "Authorization" in allowed["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in allowed
    assert "Access-Control-Allow-Origin" not in _preflight(client, "/api/v1/messages", "https://evil.example")
    assert "Access-Control-Allow-Origin" not in _preflight(client, "/api/internal/dossier", SITE)


@pytest.mark.django_db
async def test_records_may_be_read_from_anywhere(async_client: AsyncClient) -> None:
    response = await async_client.get("/api/v1/zones", headers={"Origin": "https://anyone.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert "Origin" in response["Vary"]
    assert "Access-Control-Allow-Origin" not in await async_client.get("/api/v1/zones")
