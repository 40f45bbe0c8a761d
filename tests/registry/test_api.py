from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bot.registry import publishing, schemas
from bot.registry.models import Record
from tests.registry.conftest import CHOSEN, Files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
PATHS = {
    "procedures": "procedure",
    "zones": "zone",
    "incentives": "incentive",
    "faq": "faq",
    "statistics": "statistic",
}


def _get(client: Client, path: str, **headers: str) -> Any:
    return client.get(f"/api/v1/{path}", headers=headers)


@pytest.mark.parametrize(("path", "kind"), PATHS.items())
def test_every_kind_is_listed_and_read(client: Client, path: str, kind: str) -> None:
    page = _get(client, path).json()
    assert page["count"] == len(page["items"]) == len(CHOSEN[kind])
    for item in page["items"]:
        assert _get(client, f"{path}/{item['id']}").json() == item
        assert item["kind"] == kind


def test_a_record_is_the_file_with_label_and_dates(client: Client, seeded: Files) -> None:
    record = _get(client, "procedures/work_permit").json()
    filed = {key: value for key, value in seeded.record("work_permit").items() if key != "published"}
    assert {key: record[key] for key in filed} == filed
    assert set(record) - set(filed) == {
        "kind",
        "review_by",
        "verified_by",
        "verified_on",
        "status",
        "updated_at",
    }
    assert (record["status"], record["review_by"]) == ("cited", "2027-05-22")
    # It can be put back where it came from.
    publishing.check("work_permit", "procedure", {key: record[key] for key in filed if key != "id"})


@pytest.mark.parametrize(("language", "words"), [("vi", "Không có dữ liệu"), ("en", "There is no record")])
def test_an_unknown_id_is_a_problem_in_the_readers_language(
    client: Client, language: str, words: str
) -> None:
    response = _get(client, "zones/nowhere", **{"Accept-Language": language})
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["status"] == 404
    assert words in response.json()["detail"]
    assert "nowhere" in response.json()["detail"]


def test_an_id_of_another_kind_is_unknown(client: Client) -> None:
    assert _get(client, "zones/work_permit").status_code == 404


@pytest.mark.parametrize(
    "path", ["procedures", "procedures/work_permit", "procedures?q=permit&limit=1", "index"]
)
def test_what_is_known_is_not_sent_again_until_something_is_published(client: Client, path: str) -> None:
    first = _get(client, path)
    again = _get(client, path, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert _get(client, path, **{"If-None-Match": f'"other", W/{first["ETag"]}'}).status_code == 304
    assert _get(client, path, **{"If-None-Match": '"other"'}).status_code == 200
    record = Record.objects.get(id="work_permit")
    publishing.save_draft(record, {**record.current, "code": "1.000000"}, None)
    assert _get(client, path, **{"If-None-Match": first["ETag"]}).status_code == 304
    publishing.publish(record)
    changed = _get(client, path, **{"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_labels_change_with_the_day_and_so_does_the_etag(client: Client, settings: Any) -> None:
    first = _get(client, "procedures/work_permit")
    settings.HEZA = replace(settings.HEZA, today=date(2027, 6, 1))
    later = _get(client, "procedures/work_permit", **{"If-None-Match": first["ETag"]})
    assert (later.status_code, later.json()["status"]) == (200, "unconfirmed")


def test_asking_whether_the_index_changed_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etag = _get(client, "index")["ETag"]
    with django_assert_num_queries(1):
        assert _get(client, "index", **{"If-None-Match": etag}).status_code == 304
    _get(client, "zones")
    with django_assert_num_queries(1):
        assert _get(client, "zones?q=trang+due").status_code == 200


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("procedures?q=Giấy phép lao động&limit=1", ["work_permit"]),
        ("procedures?q=giay phep lao dong&limit=1&offset=1", ["work_permit_extension"]),
        ("procedures?field=investment", ["irc_issue"]),
        ("procedures?code=1.014199", ["work_permit"]),
        ("zones?zone_kind=economic_zone", ["ez-dinh-vu-cat-hai"]),
        ("zones?zone_kind=industrial_park&q=trang due", ["ip-trang-due"]),
        ("zones?parent=ez-dinh-vu-cat-hai", ["ip-trang-due"]),
        ("zones?operating_status=study", []),
        ("incentives?tax=CIT", list(CHOSEN["incentive"])),
        ("incentives?tax=VAT", []),
        ("faq?topic=labour_visa", list(CHOSEN["faq"])),
        ("statistics?period=2023&q=fdi", ["seed-fdi-2023"]),
        ("procedures?status=confirmed", []),
        ("procedures?status=cited&field=investment", ["irc_issue"]),
    ],
)
def test_filters(client: Client, query: str, ids: list[str]) -> None:
    assert [item["id"] for item in _get(client, query).json()["items"]] == ids


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "offset=-1", "status=sure", f"q={'x' * 201}"]
)
def test_a_wrong_parameter_is_named(client: Client, query: str) -> None:
    response = _get(client, f"zones?{query}", **{"Accept-Language": "en"})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert query.partition("=")[0] in response.json()["detail"]


def test_drafts_and_withdrawn_records_are_not_shown(client: Client) -> None:
    publishing.withdraw(Record.objects.get(id="irc_issue"))
    assert _get(client, "procedures/irc_issue").status_code == 404
    assert _get(client, "procedures").json()["count"] == len(CHOSEN["procedure"]) - 1


def test_the_description_lists_the_calls_and_hides_the_internal_ones(client: Client) -> None:
    paths = client.get("/api/schema").json()["paths"]
    assert {f"/api/v1/{path}" for path in PATHS} <= set(paths)
    assert not any("internal" in path for path in paths)
    described = client.get("/api/schema").json()["components"]["schemas"]["RecordShape"]["properties"]
    assert {field for field in schemas.required("zone") if field not in schemas.own_properties("zone")} <= {
        *described,
        "published",
    }
