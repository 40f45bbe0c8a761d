from __future__ import annotations

import json
from typing import Any

import pytest

from actions.answers import comparison, lists, zone_list
from actions.list_records import ShowMore
from actions.titles import titles
from bot.common import names
from tests.actions.conftest import MakeTurn
from tests.actions.registry_server import seeded


def test_the_menu_has_a_button_for_each_field(make_turn: MakeTurn) -> None:
    reply = lists.procedures(make_turn("vi"))
    fields = {item["field"] for item in seeded()[names.PROCEDURE]}
    assert {
        json.loads(button["payload"].removeprefix("/list_procedures"))["field"] for button in reply.buttons
    } == fields
    assert str(len(seeded()[names.PROCEDURE])) in reply.text


def test_a_long_list_shows_eight_and_offers_all(make_turn: MakeTurn) -> None:
    reply = lists.procedures(make_turn("en", filters={"field": "investment"}))
    assert reply.text.count("\n- ") == 8
    (button,) = reply.buttons
    assert button == {
        "title": "Show all (20)",
        "payload": '/list_procedures{"field":"investment","all":true}',
    }
    assert len(reply.slots[names.OFFERED_SLOT]) == 8
    whole = lists.procedures(make_turn("en", filters={"field": "investment", "all": True}))
    assert whole.text.count("\n- ") == 20
    assert whole.buttons == []
    assert {source["record"] for source in whole.sources} == set(whole.slots[names.OFFERED_SLOT])


def test_show_more_goes_on_with_the_same_list(make_turn: MakeTurn) -> None:
    first = lists.procedures(make_turn("en", filters={"field": "investment"}))
    turn = make_turn("en", slots={names.PAGE_SLOT: first.slots[names.PAGE_SLOT]})
    assert ShowMore().answer(turn).text.count("\n- ") == 20


def test_show_more_without_a_list_says_so(make_turn: MakeTurn) -> None:
    reply = ShowMore().answer(make_turn("en"))
    assert reply.text.startswith("There is nothing more to show.")


def test_an_unknown_field_gives_the_menu(make_turn: MakeTurn) -> None:
    assert len(lists.procedures(make_turn("en", filters={"field": "astronomy"})).buttons) > 5


def test_incentives_start_with_what_each_location_brings(make_turn: MakeTurn) -> None:
    reply = lists.incentives(make_turn("en"))
    assert "17% for 10 years" in reply.text
    assert {"CIT-2025-EZ-OTHER", "CIT-FTZ-PRIORITY", "CIT-2025-IZ-NONE"} == {
        source["record"] for source in reply.sources
    }
    vat = lists.incentives(make_turn("vi", filters={"tax": "VAT"}))
    assert vat.text.startswith("Nhóm **Thuế giá trị gia tăng** có 3 mục:")


def shown(make_turn: MakeTurn, **filters: object) -> set[str]:
    reply = zone_list.reply(make_turn("en", filters={**filters, "all": True}))
    return set(reply.slots.get(names.OFFERED_SLOT, ()))


def test_zones_by_area_count_those_without_figure(make_turn: MakeTurn) -> None:
    reply = zone_list.reply(make_turn("en", filters={"min_area_ha": 1000.0, "zone_kind": "industrial_park"}))
    parks = [
        item for item in seeded()[names.ZONE] if item["zone_kind"] in ("industrial_park", "planned_park")
    ]
    unknown = sum(item["total_area_ha"] is None for item in parks)
    assert set(reply.slots[names.OFFERED_SLOT]) == {"ip-vsip-hai-phong", "ip-nam-dinh-vu-1"}
    assert f"{unknown} other zones have not published this figure" in reply.text
    assert "at least 1,000 ha" in reply.text


@pytest.mark.parametrize(
    ("filters", "member", "stranger"),
    [
        ({"parent": "ez-dinh-vu-cat-hai"}, "ip-trang-due", "ip-nam-cau-kien"),
        ({"former_hai_duong": True}, "ip-dai-an", "ip-trang-due"),
        ({"place": "Thủy Nguyên"}, "ip-nam-cau-kien", "ip-trang-due"),
        ({"place": "Kiến Thụy"}, "ip-ngu-phuc-1", "ip-nam-cau-kien"),
        # By another of its names alone.
        ({"place": "Kiến Thụy"}, "ip-tan-trao-1", "ip-nam-cau-kien"),
        ({"parent": "ftz-hai-phong"}, "ip-nam-dinh-vu-1", "ip-deep-c-1"),
        ({"place": "Cẩm Giàng"}, "ip-tan-truong", "ip-nam-cau-kien"),
        ({"sector": "electronics"}, "ip-trang-due", "ip-nam-cau-kien"),
        ({"operating_status": "operating"}, "ip-trang-due", "planned-kcn-giang-bien"),
        ({"operating_status": "planned"}, "planned-kcn-giang-bien", "ip-trang-due"),
        ({"operating_status": "under_construction"}, "ip-trang-due-3", "ip-trang-due"),
        ({"zone_kind": "economic_zone"}, "ez-dinh-vu-cat-hai", "ip-trang-due"),
        ({"area_class": "FTZ"}, "ftz-hai-phong", "ip-nam-cau-kien"),
        ({"max_rent_usd": 60.0}, "ip-tan-truong", "ip-vsip-hai-phong"),
        ({"min_rent_usd": 130.0}, "ip-nam-cau-kien", "ip-tan-truong"),
        ({"has_space": True}, "ip-dai-an", "ip-nomura-hai-phong"),
        # 99 % let, and full by its newest source.
        ({"has_space": True}, "ip-dai-an", "ip-phu-thai"),
        # So much vacant, not so much in all.
        ({"has_space": True, "min_area_ha": 30.0}, "ip-lai-cach", "ip-dai-an"),
        ({"near": "hai_phong_port", "max_km": 20.0}, "ip-nomura-hai-phong", "ip-tan-truong"),
        ({"max_area_ha": 160.0}, "ip-nomura-hai-phong", "ip-trang-due"),
    ],
)
def test_zones_by_condition(
    make_turn: MakeTurn, filters: dict[str, object], member: str, stranger: str
) -> None:
    found = shown(make_turn, **filters)
    assert member in found
    assert stranger not in found


def test_the_nearest_comes_first_with_its_distance(make_turn: MakeTurn) -> None:
    text = zone_list.reply(make_turn("en", filters={"near": "hai_phong_port"})).text
    assert text.startswith(
        "The distance has been published for 4 zones only (near Hai Phong port), nearest first:"
    )
    assert text.index("15 km") < text.index("45 km") < text.index("53 km")


def test_the_figure_asked_for_stands_beside_each(make_turn: MakeTurn) -> None:
    space = zone_list.reply(make_turn("en", filters={"has_space": True})).text
    assert "**Dai An Industrial Park** – Vacant land: 12.5 ha (October 2021), 135.96 ha" in space
    assert make_turn("en").say("list.partly_unconfirmed") in space
    rent = zone_list.reply(make_turn("en", filters={"max_rent_usd": 60.0})).text
    assert "USD 54–57/m² for 50 years (indicative, 2020)" in rent


def test_no_match_is_no_proof_that_none_exists(make_turn: MakeTurn) -> None:
    reply = zone_list.reply(make_turn("en", filters={"min_area_ha": 99000.0}))
    assert "it does not mean that none fits" in reply.text


def test_zones_side_by_side(make_turn: MakeTurn) -> None:
    zones = {item["id"]: item for item in seeded()[names.ZONE]}
    reply = comparison.reply(make_turn("en"), [zones["ip-trang-due"], zones["ip-nam-cau-kien"]])
    (block,) = reply.blocks
    assert block["type"] == "table"
    assert all(len(row) == len(block["columns"]) == 3 for row in block["rows"])
    rows = {row[0]: row[1:] for row in block["rows"]}
    assert rows["Total area"] == ["401 ha", "263.47 ha"]
    assert rows["Vacant land"] == ["no figure", "no figure"]
    assert {source["record"] for source in reply.sources} == {"ip-trang-due", "ip-nam-cau-kien"}
    assert "not yet confirmed" in reply.text


def test_what_is_asked_of_several_zones_is_said_first(make_turn: MakeTurn) -> None:
    zones = {item["id"]: item for item in seeded()[names.ZONE]}
    both = [zones["ip-nomura-hai-phong"], zones["ip-do-son"]]
    text = comparison.reply(make_turn("en", aspect="distance"), both).text
    nomura, do_son = (line for line in text.splitlines() if line.startswith("- "))
    assert "Hai Phong port: 15 km" in nomura
    assert nomura.index("15 km") < nomura.index("Total area")
    assert "no figure" in do_son


def test_what_narrows_nothing_is_not_said_to_match(make_turn: MakeTurn) -> None:
    every = zone_list.reply(make_turn("en", filters={"zone_kind": "industrial_park"})).text
    assert "are on record; name a sector" in every
    vacant = zone_list.reply(make_turn("en", filters={"has_space": True, "min_area_ha": 30.0})).text
    assert "at least 30 ha of it vacant" in vacant


def test_one_zone_cannot_be_compared(make_turn: MakeTurn) -> None:
    zone = seeded()[names.ZONE][0]
    assert comparison.reply(make_turn("en"), [zone]).text.startswith(
        "To compare, please name at least two zones"
    )


def test_titles_are_short_and_different() -> None:
    def record(name: str) -> dict[str, dict[str, str]]:
        return {"name": {"en": name}}

    long = "Registration of a very long thing that nobody can read on a telephone at all"
    assert titles([record("Work permit (any)"), record(long)], "en") == [
        "Work permit (any)",
        "Registration of a very long thing that nobody can read on…",
    ]
    twins = [
        "Issue of the Investment Registration Certificate (new)",
        "Issue of the Investment Registration Certificate (old)",
    ]
    assert titles([record(twins[0])], "en") == ["Issue of the Investment Registration Certificate"]
    assert titles([record(name) for name in twins], "en") == twins


def seeded_by_id(record: str) -> dict[str, Any]:
    return next(item for item in seeded()[names.ZONE] if item["id"] == record)


def test_the_cheapest_stand_first_with_their_rent(make_turn: MakeTurn) -> None:
    reply = zone_list.reply(make_turn("en", filters={"order": "cheapest"}))
    first = seeded_by_id(reply.slots[names.OFFERED_SLOT][0])
    lowest = min(item["land_rent"]["min"] for item in seeded()[names.ZONE] if item["land_rent"])
    assert first["land_rent"]["min"] == lowest
    assert "lowest published land rent first" in reply.text
    assert "USD 54" in reply.text


def test_the_largest_stand_first(make_turn: MakeTurn) -> None:
    filters = {"order": "largest", "zone_kind": "industrial_park"}
    offered = zone_list.reply(make_turn("vi", filters=filters)).slots[names.OFFERED_SLOT]
    assert offered[0] == "ip-vsip-hai-phong"


def test_without_a_condition_nothing_is_said_to_match(make_turn: MakeTurn) -> None:
    assert "match" not in zone_list.reply(make_turn("en", filters={})).text.splitlines()[0]
