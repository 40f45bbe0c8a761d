"""Whatever number or text is sent, the answer is a refusal in the reader's language, never a fault."""

from __future__ import annotations

import pytest
from django.test import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.api import api as site
from tests.conversations.conftest import Api

HUGE = "9" * 5000
ODD = st.one_of(
    st.integers(-(10**30), 10**30).map(str),
    st.sampled_from([HUGE, "nan", "inf", "-0", "1e400", "²", "", " ", "\x00", "%00", "\ud7ff", "a" * 3000]),
    st.text(max_size=30),
)


@pytest.mark.parametrize("after", ["9" * 23, "-1", HUGE, "x", "²", "1.5"])
@pytest.mark.parametrize("path", ["messages", "events"])
async def test_an_id_that_cannot_be_is_refused(api: Api, path: str, after: str) -> None:
    talk = await api.start("en")
    response = await api.client.get(f"/api/v1/{path}", {"after": after}, headers=talk.headers)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "after" in response.json()["detail"]


@pytest.mark.parametrize("last", [HUGE, "9" * 20, "-5", "²", "abc"])
async def test_a_last_event_id_that_is_none_of_ours_counts_as_none(api: Api, last: str) -> None:
    talk = await api.start("en")
    response = await api.client.get("/api/v1/events", headers={**talk.headers, "Last-Event-ID": last})
    assert response.status_code == 200
    stream = aiter(response.streaming_content)  # type: ignore[attr-defined]
    assert "event: mode" in (await anext(stream)).decode()
    assert "event: message" in (await anext(stream)).decode()
    await stream.aclose()


@pytest.mark.parametrize("number", [10**30, -(10**30), -1])
async def test_feedback_for_an_id_that_cannot_be_is_refused(api: Api, number: int) -> None:
    talk = await api.start("en")
    assert (await talk.post("feedback", {"message_id": number, "value": 1})).status_code == 400


def _odd() -> list[str]:
    values: list[str] = []

    @settings(max_examples=25, database=None, derandomize=True)
    @given(ODD)
    def collect(value: str) -> None:
        values.append(value)

    collect()
    return list(dict.fromkeys(values))


def _queries() -> list[tuple[str, list[str]]]:
    """Every address that is read, with its query's parameters; event streams have no end."""
    found = []
    for path, deeds in site.get_openapi_schema()["paths"].items():
        names = [each["name"] for each in deeds.get("get", {}).get("parameters", ()) if each["in"] == "query"]
        if names and not path.endswith("/events"):
            found.append((path, names))
    return found


@pytest.mark.parametrize(("path", "names"), _queries(), ids=[path for path, _ in _queries()])
async def test_no_parameter_of_a_query_is_a_fault(api: Api, path: str, names: list[str]) -> None:
    talk = await api.start("en")
    client = AsyncClient(raise_request_exception=False)

    async def status(query: dict[str, str]) -> int:
        response = await client.get(path, query, headers=talk.headers)
        return response.status_code

    for name in names:
        for value in _odd():
            assert await status({name: value}) in {200, 304, 400, 404}, (name, value)


@pytest.mark.parametrize("odd", [HUGE, "\x00", 10**400, -1, [], {}, None, True])
async def test_no_field_of_a_body_is_a_fault(api: Api, odd: object) -> None:
    talk = await api.start("en")
    bodies: dict[str, dict[str, object]] = {
        "messages": {"client_id": "a", "text": "b"},
        "feedback": {"message_id": 1, "value": 1, "comment": "c"},
        "inquiries/lookup": {"code": "HZ-1", "pin": "123456"},
        "inquiries/entries": {"code": "HZ-1", "pin": "123456", "text": "d"},
        "links/redeem": {"code": "x"},
        "conversations": {"language": "vi"},
    }
    for path, body in bodies.items():
        for name in body:
            response = await talk.post(path, {**body, name: odd})
            assert response.status_code < 500, (path, name)
