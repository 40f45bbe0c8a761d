"""Parks of the same name that differ by where they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.decision.the_other import namesake
from bot.assistant.nlu.gazetteer import Mention
from bot.assistant.nlu.namesakes import namesakes_of
from bot.assistant.nlu.records import Record
from tests.assistant.readings import NOMURA, reading, short

THERE = {"thuy nguyen": "ip-vsip", "hai duong": "ip-cam-dien"}
VSIP = Context(
    "ip-vsip",
    "zone",
    "rent",
    dict.fromkeys(("ip-vsip", "ip-cam-dien", "ip-thuy-nguyen", "ip-nomura"), "zone"),
    zones=("ip-vsip",),
    namesakes={"ip-vsip": THERE, "ip-cam-dien": THERE},
)
THUY_NGUYEN = Mention(("ip-thuy-nguyen",), "zone", 6, 17, 1.0, "thuy nguyen")


def _zone(identity: str, *names: str) -> Record:
    return Record(identity, "zone", {"vi": names[0], "en": names[0]}, names[1:])


def test_a_name_that_two_parks_share_is_parted_by_place() -> None:
    zones = [
        _zone("ip-vsip", "KCN VSIP Hải Phòng", "VSIP", "VSIP ở Thủy Nguyên"),
        _zone("ip-cam-dien", "KCN Cẩm Điền", "VSIP in former Hai Duong", "VSIP Cẩm Giàng"),
        _zone("ip-nomura", "Nomura Hải Phòng", "Nomura"),
        _zone("ez", "KKT VSIP Đồ Sơn"),
    ]
    expected = {
        "hai phong": "ip-vsip",
        "thuy nguyen": "ip-vsip",
        "hai duong": "ip-cam-dien",
        "cam giang": "ip-cam-dien",
    }
    assert namesakes_of(zones) == {"ip-vsip": expected, "ip-cam-dien": expected, "ip-nomura": {}}


def test_what_only_says_what_or_where_it_is_is_no_name() -> None:
    zones = [_zone("ip-a", "Nam Đồ Sơn", "Park in Hai An"), _zone("ip-b", "Nam Cát Hải", "Park in Do Son")]
    assert not any(namesakes_of(zones).values())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the one in Hai Duong", "ip-cam-dien"),
        ("One on the Hai Duong side please", "ip-cam-dien"),
        ("cái ở Thủy Nguyên ấy", "ip-vsip"),
        ("bên Hải Dương cơ", "ip-cam-dien"),
        ("khu ở Hải Dương", "ip-cam-dien"),
        ("no, the one in former Hai Duong", "ip-cam-dien"),
        ("that park in Thuy Nguyen", "ip-vsip"),
        ("is it in Hai Duong?", None),
        ("which park in Hai Duong has land", None),
        ("any other one in Hai Duong", None),
        ("các khu ở Hải Dương", None),
        ("khu nào ở Hải Dương", None),
        ("kcn Thủy Nguyên thì sao", None),
        ("the one in Do Son", None),
    ],
)
def test_the_one_that_lies_there(text: str, meant: str | None) -> None:
    assert namesake(text, VSIP) == meant


def test_what_was_asked_is_asked_of_the_one_there() -> None:
    said = reading({"ask_zone": 0.6}, THUY_NGUYEN, text="cai o Thủy Nguyên ấy", aspects={"location": 0.9})
    assert short(decide(said, VSIP)) == ("answer", "ask_zone", "ip-vsip", "rent")
    of_hai_duong = reading({"follow_up": 0.7}, text="no, the one in Hai Duong", aspects={"location": 0.9})
    assert short(decide(of_hai_duong, VSIP)) == ("answer", "ask_zone", "ip-cam-dien", "rent")
    fee = replace(of_hai_duong, aspects={"location": 0.4, "fees": 0.5})
    assert short(decide(fee, VSIP)) == ("answer", "ask_zone", "ip-cam-dien", "fees")


def test_a_park_that_is_named_is_meant() -> None:
    named = reading({"ask_zone": 0.9}, NOMURA, text="Nomura, or the one in Hai Duong", aspects={"rent": 0.9})
    assert decide(named, VSIP).record == "ip-nomura"
