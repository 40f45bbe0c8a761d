from __future__ import annotations

import re

import pytest
from django.test import Client

from bot.registry import snapshot
from bot.registry.models import Kind
from tests.registry.conftest import CHOSEN

IDS = {each for kind, ids in CHOSEN.items() if kind != "dossier" for each in ids}


def _shown(client: Client, **filters: str) -> list[str]:
    page = client.get("/sources", filters).content.decode()
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    return re.findall(r'href="/records/([^"]+)"', table)


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_record_is_listed_with_what_it_rests_on(client: Client, language: str) -> None:
    page = client.get("/sources", {"language": language}).content.decode()
    assert set(_shown(client, language=language)) == IDS
    assert f'<html lang="{language}">' in page
    for kind in Kind.values:
        for item in snapshot.cache.current().all(kind):
            assert item.data["name"][language].replace("'", "&#x27;") in page.replace("&amp;", "&")


@pytest.mark.usefixtures("seeded")
def test_filters_join(client: Client) -> None:
    assert set(_shown(client, kind="zone")) == set(CHOSEN["zone"])
    items = [item.data for kind in Kind.values for item in snapshot.cache.current().all(kind)]
    for name in ("status", "confidence"):
        for value in {str(item[name]) for item in items}:
            expected = {item["id"] for item in items if item[name] == value}
            assert set(_shown(client, **{name: value})) == expected
    assert _shown(client, q="nam cau kien", kind="zone") == ["ip-nam-cau-kien"]
    assert _shown(client, kind="zone", status="confirmed") == []


@pytest.mark.usefixtures("seeded")
def test_what_is_overdue_comes_first_and_is_said(client: Client) -> None:
    now = snapshot.cache.current()
    items = [item.data for kind in Kind.values for item in now.all(kind)]
    overdue = {item["id"] for item in items if item["review_by"] < now.today.isoformat()}
    assert overdue
    assert set(_shown(client, due="overdue")) == overdue
    assert set(_shown(client)[: len(overdue)]) == overdue
    assert client.get("/sources", {"due": "overdue"}).content.decode().count('class="overdue"') == len(
        overdue
    )
