"""What `deploy/` says agrees with the settings: names that exist, and the ports they mean."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from bot.common import settings
from bot.common.settings import ROOT

DEPLOY = ROOT / "deploy"
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
KNOWN = set(re.findall(r"^\| `([A-Z_]+)` \|", SETTINGS, re.MULTILINE))
# Of the server, not of the product.
OF_UVICORN = {"FORWARDED_ALLOW_IPS"}


@pytest.fixture
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def webhook_port(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.delenv("TELEGRAM_WEBHOOK_PORT", raising=False)
    return settings.load().telegram_webhook_port


def test_every_setting_that_is_passed_on_exists(compose: dict[str, Any]) -> None:
    example = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    for names in (compose["x-app"]["environment"], re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)):
        assert set(names) - OF_UVICORN <= KNOWN


def test_the_proxy_passes_the_webhook_on(webhook_port: int) -> None:
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "@telegram path /telegram/*" in caddy
    assert f"reverse_proxy @telegram 127.0.0.1:{webhook_port}\n" in caddy


def test_the_webhook_reaches_the_container(compose: dict[str, Any], webhook_port: int) -> None:
    bot, web = compose["services"]["telegram"], compose["services"]["web"]
    assert bot["network_mode"] == "service:web"
    assert f"127.0.0.1:{webhook_port}:{webhook_port}" in web["ports"]
    given = bot["environment"]
    assert given["TELEGRAM_WEBHOOK_URL"] == "${TELEGRAM_WEBHOOK_URL:-}"
    # On loopback a published port would lead nowhere.
    assert given["TELEGRAM_WEBHOOK_HOST"] == "0.0.0.0"


def test_the_documented_address_is_below_the_path_that_is_passed_on() -> None:
    page = (ROOT / "docs" / "telegram.md").read_text(encoding="utf-8")
    example = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    for text in (page, example):
        (address,) = set(re.findall(r"TELEGRAM_WEBHOOK_URL=(https://\S+?)[`\s]", text))
        assert address.startswith("https://assistant.example.gov.vn/telegram/")


def test_the_code_of_a_link_is_not_logged() -> None:
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert re.search(r"request>uri query \{\s+delete link\s+\}", caddy)
