from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.answers import zone, zone_steps
from bot.common import names
from tests.actions.conftest import MakeTurn
from tests.actions.registry_server import seeded


def find(identity: str) -> dict[str, Any]:
    return next(item for item in seeded()[names.ZONE] if item["id"] == identity)


def test_area_in_the_language_s_own_form(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("vi"), find("ez-dinh-vu-cat-hai"), "area").text
    assert text.startswith("**Khu kinh tế Đình Vũ - Cát Hải** có tổng diện tích **22.540 ha**.")
    assert "Số liệu khác nhau giữa các nguồn" in text
    assert "22.450 ha" in text


def test_a_planned_area_may_be_a_range(make_turn: MakeTurn) -> None:
    ranged = next(item for item in seeded()[names.ZONE] if isinstance(item["total_area_ha"], list))
    low, high = ranged["total_area_ha"]
    assert f"**{low}–{high} ha**" in zone.reply(make_turn("en"), ranged, "area").text


def test_rent_is_indicative_and_dated(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("en"), find("ip-nam-cau-kien"), "rent").text
    assert text.startswith("Indicative land rent at")
    assert "**USD 90–135/m²** for 50 years (level of 6 October 2025)" in text
    assert "Infrastructure fee listed apart: USD 140–150/m²." in text
    assert "not an official price" in text


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("ip-vsip-hai-phong", "The infrastructure fee is included."),
        ("ip-trang-due", "listed apart: USD 80/m²"),
    ],
)
def test_infrastructure_fees_of_all_forms(make_turn: MakeTurn, identity: str, words: str) -> None:
    assert words in zone.reply(make_turn("en"), find(identity), "rent").text


def test_a_factory_rent_does_not_stand_for_a_land_rent(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("en"), find("ip-nomura-hai-phong"), "rent").text
    assert "**USD 5–6/m²/month**" in text
    assert "No land rent of this park has been published." in text


def test_where_a_park_has_no_figure_what_is_usual_is_offered(make_turn: MakeTurn) -> None:
    turn = make_turn("en")
    titles = [
        button["title"] for button in zone.reply(turn, find("ip-cam-dien-luong-dien"), "utilities").buttons
    ]
    assert titles == [
        "What is the industrial electricity price now?",
        "What are water and wastewater charges in a park?",
        "Talk to a person",
    ]
    known = [button["title"] for button in zone.reply(turn, find("ip-nomura-hai-phong"), "utilities").buttons]
    assert not set(titles) & set(known)


def test_questions_that_tell_what_is_usual_are_on_record() -> None:
    table = yaml.safe_load(Path(zone_steps.__file__).with_name("usual.yml").read_text(encoding="utf-8"))
    on_record = {item["id"] for item in seeded()[names.FAQ]}
    assert table
    assert all(identity in on_record for identities in table.values() for identity in identities)


def test_no_figure_says_what_is_known_and_whom_to_ask(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("en"), find("ip-nam-cau-kien"), "available").text
    assert text.startswith("There is no published figure or information on the vacant land of")
    assert "- Total area: 263.47 ha" in text
    assert "Please ask the developer (Shinec JSC)" in text


def test_occupancy_known_in_words_only(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("en"), find("ip-nam-cau-kien"), "occupancy").text
    assert "No occupancy rate" in text
    assert "phase 1 full in 2020" in text


def test_an_economic_zone_lists_the_parks_inside(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("en"), find("ez-dinh-vu-cat-hai"), "parent").text
    inside = [item for item in seeded()[names.ZONE] if item["parent"] == "ez-dinh-vu-cat-hai"]
    assert f"({len(inside)})" in text
    assert all(item["name"]["en"] in text for item in inside)


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("ip-trang-due", "lies inside **Dinh Vu - Cat Hai Economic Zone**"),
        ("ip-nam-cau-kien", "an industrial park outside the economic zones"),
        ("planned-kcn-giang-bien", "is not determined"),
    ],
)
def test_where_a_park_belongs(make_turn: MakeTurn, identity: str, words: str) -> None:
    assert words in zone.reply(make_turn("en"), find(identity), "parent").text


def test_a_park_inside_both_is_said_to_lie_in_the_free_trade_zone_too(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("en"), find("ip-nam-dinh-vu-1"), "parent").text
    assert "Dinh Vu - Cat Hai" in text
    assert "free trade zone" in text
    assert "Nam Dinh Vu" in zone.reply(make_turn("en"), find("ftz-hai-phong"), "parent").text


def test_incentives_follow_the_area_class_and_cite_the_rules(make_turn: MakeTurn) -> None:
    reply = zone.reply(make_turn("en"), find("ip-trang-due"), "incentives")
    assert "17% for 10 years" in reply.text
    assert "confirm with the Authority" in reply.text
    assert {"ip-trang-due", "CIT-2025-EZ-OTHER"} <= {source["record"] for source in reply.sources}


def test_outside_the_economic_zones_location_alone_gives_nothing(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("en"), find("ip-nam-cau-kien"), "incentives").text
    assert "location alone gives new projects no corporate income tax incentive" in text


def test_an_unknown_area_class_names_both_possibilities(make_turn: MakeTurn) -> None:
    reply = zone.reply(make_turn("en"), find("planned-kcn-giang-bien"), "incentives")
    assert "is not determined" in reply.text
    assert {"CIT-2025-EZ-OTHER", "CIT-2025-IZ-NONE"} <= {source["record"] for source in reply.sources}


def test_location_has_a_map_point_where_one_is_known(make_turn: MakeTurn) -> None:
    (block,) = zone.reply(make_turn("en"), find("ip-nam-cau-kien"), "location").blocks
    assert (block["type"], block["lat"], block["lon"]) == ("location", 20.91478, 106.63355)
    assert zone.reply(make_turn("en"), find("ip-trang-due-3"), "location").blocks == []


def test_what_is_inferred_is_said_to_be(make_turn: MakeTurn) -> None:
    record = copy.deepcopy(find("ip-trang-due"))
    record["unverified_fields"] = ["developer"]
    turn = make_turn("en")
    assert turn.say("zone.unverified") in zone.reply(turn, record, "developer").text
    assert turn.say("zone.unverified") not in zone.reply(turn, record, "area").text


def test_distances_name_what_is_missing(make_turn: MakeTurn) -> None:
    text = zone.reply(make_turn("vi"), find("ip-nomura-hai-phong"), "distance").text
    assert "- Cảng Hải Phòng: 15 km" in text
    assert "Chưa có số liệu công bố về các khoảng cách khác." in text
    assert "19,3 km" in text
