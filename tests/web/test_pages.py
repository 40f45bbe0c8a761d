from __future__ import annotations

import base64
import hashlib
import re

import pytest
from django.test import AsyncClient, Client

from bot.common.settings import ROOT


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("path", ["/", "/privacy", "/embed", "/chat", "/records", "/sources"])
@pytest.mark.parametrize(
    ("language", "word"), [("vi", "Trợ lý nhà đầu tư HEZA"), ("en", "HEZA Investor Assistant")]
)
def test_pages_in_both_languages(client: Client, path: str, language: str, word: str) -> None:
    for response in (
        client.get(path, headers={"Accept-Language": language}),
        client.get(
            f"{path}?language={language}", headers={"Accept-Language": "en" if language == "vi" else "vi"}
        ),
    ):
        page = response.content.decode()
        assert f'<html lang="{language}">' in page
        assert word in page


@pytest.mark.parametrize(
    "path",
    ["/", "/privacy", "/embed", "/chat", "/sources", "/records/irc_issue", "/api/docs", "/admin/login/"],
)
@pytest.mark.usefixtures("seeded")
def test_nothing_is_loaded_from_elsewhere(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    # A link to the page's own address or to its other language is not followed by the browser.
    tags = [
        tag
        for tag in re.findall(r"<(?:script|link|img|iframe)[^>]*>", page)
        if not re.search(r'rel="(canonical|alternate)"', tag)
    ]
    loaded = [address for tag in tags for address in re.findall(r"(?:src|href)=[\"']([^\"']+)", tag)]
    assert loaded
    assert [address for address in loaded if not address.startswith("/")] == []


async def test_health_answers_without_the_database(async_client: AsyncClient) -> None:
    assert (await async_client.get("/healthz")).status_code == 200


async def test_static_files_are_served_by_the_site_itself(async_client: AsyncClient) -> None:
    for path in ("web/site.css", "ninja/swagger-ui-bundle.js"):
        response = await async_client.get(f"/static/{path}")
        assert response.status_code == 200
        assert len(response.content) == int(response["Content-Length"])
    assert (await async_client.get("/static/none.css")).status_code == 404


@pytest.mark.usefixtures("seeded")
def test_the_script_is_named_with_its_checksum(client: Client) -> None:
    page = client.get("/").content.decode()
    named = re.findall(r'src="/static/widget/heza-chat.js" integrity="(sha384-[^"]+)"', page)
    script = (ROOT / "bot/web/static/widget/heza-chat.js").read_bytes()
    assert named == [f"sha384-{base64.b64encode(hashlib.sha384(script).digest()).decode()}"]
    assert named[0] in client.get("/embed").content.decode()


async def test_scripts_may_be_loaded_by_other_sites(async_client: AsyncClient) -> None:
    script = await async_client.get("/static/widget/heza-chat.js")
    assert script["Access-Control-Allow-Origin"] == "*"
