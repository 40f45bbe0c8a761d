from __future__ import annotations

import pytest
from django.test import Client

from tests.registry.conftest import CHOSEN, Files

RECORDS = [(kind, each) for kind, ids in CHOSEN.items() if kind != "dossier" for each in ids]


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("kind", "record_id"), RECORDS)
def test_each_record_has_a_page_with_name_date_label_and_sources(
    client: Client, files: Files, kind: str, record_id: str, language: str
) -> None:
    response = client.get(f"/records/{record_id}?language={language}")
    assert response.status_code == 200
    page = response.content.decode()
    record = files.record(record_id)
    assert f'<html lang="{language}">' in page
    assert record["name"][language] in _unescaped(page)
    assert 'class="status ' in page
    for citation in record["citations"]:
        assert citation["title"][language] in _unescaped(page)
    for caveat in record["caveats"][language]:
        assert caveat in _unescaped(page)
    assert f"/api/v1/{_collection(kind)}/{record_id}" in page


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_procedure_shows_every_step_document_and_case(client: Client, files: Files, language: str) -> None:
    page = _unescaped(client.get(f"/records/irc_issue?language={language}").content.decode())
    record = files.record("irc_issue")
    wanted = [*record["steps"][language], *record["documents"][language]]
    wanted += [case["case"][language] for case in record["time"]["variants"]]
    wanted += [basis[language] for basis in record["legal_basis"]]
    assert [text for text in wanted if text not in page] == []
    assert {"vi": "10 ngày làm việc", "en": "10 working days"}[language] in page


@pytest.mark.usefixtures("seeded")
def test_numbers_and_dates_are_in_the_language_of_the_page(client: Client) -> None:
    english = client.get("/records/ez-dinh-vu-cat-hai?language=en").content.decode()
    vietnamese = client.get("/records/ez-dinh-vu-cat-hai?language=vi").content.decode()
    assert "22,540 ha" in english
    assert "22.540 ha" in vietnamese
    assert "February 2026" in english
    assert "tháng 2/2026" in vietnamese


@pytest.mark.usefixtures("seeded")
def test_parts_of_a_zone_are_linked_from_it(client: Client) -> None:
    assert 'href="/records/ip-trang-due"' in client.get("/records/ez-dinh-vu-cat-hai").content.decode()


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_unknown_record_is_a_page_in_the_readers_language(client: Client, language: str) -> None:
    response = client.get(f"/records/none?language={language}")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("query", ["nam cau kien", "Nam Cầu Kiền", "NAM CẦU"])
def test_search_is_blind_to_diacritics(client: Client, query: str) -> None:
    page = client.get("/records", {"q": query, "kind": "zone"}).content.decode()
    assert 'href="/records/ip-nam-cau-kien"' in page
    assert 'href="/records/ip-trang-due"' not in page


@pytest.mark.usefixtures("seeded")
def test_a_search_without_result_offers_the_assistant(client: Client) -> None:
    page = client.get("/records", {"q": "xyzzy", "language": "en"}).content.decode()
    assert "Nothing was found" in page
    assert 'data-ask="xyzzy"' in page


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    "address", ["/records?kind=none", "/records?page=99", "/records?kind=zone&group=none"]
)
def test_odd_addresses_show_a_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("seeded")
def test_what_is_searched_for_is_shown_as_text(client: Client) -> None:
    attack = '"><script>alert(1)</script>'
    page = client.get("/records", {"q": attack}).content.decode()
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


@pytest.mark.usefixtures("seeded")
def test_the_chosen_language_is_kept(client: Client) -> None:
    client.get("/records?language=en")
    assert '<html lang="en">' in client.get("/records").content.decode()


def _collection(kind: str) -> str:
    return kind if kind == "faq" else f"{kind}s"


def _unescaped(page: str) -> str:
    for entity, character in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        page = page.replace(entity, character)
    return page
