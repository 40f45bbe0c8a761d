from __future__ import annotations

import copy
from typing import Any

import pytest

from actions.answers import frame
from bot.common import names
from tests.actions.conftest import MakeTurn
from tests.actions.registry_server import seeded


@pytest.fixture
def record() -> dict[str, Any]:
    return copy.deepcopy(next(item for item in seeded()[names.PROCEDURE] if item["id"] == "work_permit"))


def test_a_confirmed_record_names_the_day(make_turn: MakeTurn, record: dict[str, Any]) -> None:
    record |= {"status": "confirmed", "verified_on": "2026-11-24"}
    assert "confirmed by the Hai Phong Economic Zone Authority on 24 November 2026" in frame.label(
        make_turn("en"), record
    )


def test_an_unconfirmed_record_says_so(make_turn: MakeTurn, record: dict[str, Any]) -> None:
    record["status"] = "unconfirmed"
    assert "chưa được Ban Quản lý Khu kinh tế Hải Phòng xác nhận" in frame.label(make_turn("vi"), record)


def test_a_record_without_citation_is_to_be_confirmed(make_turn: MakeTurn, record: dict[str, Any]) -> None:
    record["citations"] = []
    (source,) = frame.sources(make_turn("en"), record)
    assert source["record"] == "work_permit"
    assert source["title"] == "To be confirmed by the Hai Phong Economic Zone Authority"


def test_a_source_has_title_article_address_and_date(make_turn: MakeTurn, record: dict[str, Any]) -> None:
    record["citations"][0]["article"] = {"vi": "Điều 154", "en": "Article 154"}
    sources = frame.sources(make_turn("en"), record)
    assert sources[0]["title"] == "Labour Code 45/2019/QH14"
    assert sources[0]["article"] == "Article 154"
    portal = next(source for source in sources if source["url"])
    assert portal["title"].endswith("(July 2026)")
    assert {source["as_of"] for source in sources} == {"2026-11-22"}


def test_words_are_matched_whole(make_turn: MakeTurn) -> None:
    assert not frame.matters("zone", "Khu nằm trong vùng hai vụ lúa.", "area")
    assert frame.matters("zone", "Tổng diện tích: 1.600 ha (Becamex).", "area")
