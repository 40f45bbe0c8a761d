from __future__ import annotations

import logging

import pytest
from django.db import OperationalError
from django.test import Client

from bot.registry import snapshot


def _break(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(snapshot.cache, "current", fail)


def test_a_locked_database_is_a_pause_not_a_stack_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break(monkeypatch, OperationalError("database is locked"))
    response = client.get("/api/v1/zones", headers={"Accept-Language": "en"})
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert response["Retry-After"] == "5"
    assert "try again" in response.json()["detail"]
    assert "locked" not in response.content.decode()


@pytest.mark.parametrize(("language", "word"), [("vi", "Hệ thống gặp lỗi"), ("en", "Something went wrong")])
def test_a_fault_is_logged_and_told_politely(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    language: str,
    word: str,
) -> None:
    _break(monkeypatch, RuntimeError("inner workings"))
    with caplog.at_level(logging.ERROR):
        response = client.get("/api/v1/zones", headers={"Accept-Language": language})
    assert response.status_code == 500
    assert word in response.json()["detail"]
    assert "inner workings" not in response.content.decode()
    assert "inner workings" in caplog.text


def test_an_unreadable_body_is_refused(client: Client) -> None:
    response = client.post("/api/internal/dossier", "{", content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
