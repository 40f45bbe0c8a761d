"""Phases of parks that are records of their own."""

from __future__ import annotations

from bot.assistant.nlu.ordinals import EXPANSION
from bot.assistant.nlu.phases import phase_of, phases_of
from bot.assistant.nlu.records import Record


def _zone(identity: str, *names: str) -> Record:
    return Record(identity, "zone", {"vi": names[0], "en": names[0]}, names[1:])


def test_numbers_and_expansions_belong_to_the_same_stem() -> None:
    zones = [
        _zone("ip-trang-due", "KCN Tràng Duệ"),
        _zone("ip-trang-due-3", "KCN Tràng Duệ 3", "Tràng Duệ III"),
        _zone("ip-dai-an", "KCN Đại An"),
        _zone("ip-dai-an-expansion", "KCN Đại An mở rộng", "Dai An expansion"),
    ]
    phases = phases_of(zones)
    assert phases["ip-trang-due"] == {"3": "ip-trang-due-3"}
    assert phases["ip-dai-an"] == {EXPANSION: "ip-dai-an-expansion"}


def test_a_phase_that_two_claim_is_left_out() -> None:
    zones = [_zone("a", "KCN An Phát 1"), _zone("b", "An Phát 1"), _zone("c", "KCN An Phát")]
    assert phases_of(zones)["c"] == {}


def test_the_name_of_a_city_is_no_number() -> None:
    assert phases_of([_zone("ez", "KKT Đình Vũ - Cát Hải")]) == {"ez": {}}


def test_of_several_of_one_name_its_phase_is_meant_not_that_of_another_name() -> None:
    phases = {"ip-deep-c-1": {"1": "ip-deep-c-1"}, "ip-deep-c-2": {"1": "ip-nam-dinh-vu-1"}}
    assert phase_of(("ip-deep-c-1", "ip-deep-c-2"), "1", phases) == ("ip-deep-c-1",)
    assert phase_of(("ip-deep-c-2",), "1", phases) == ("ip-nam-dinh-vu-1",)
    assert phase_of(("ip-deep-c-2",), None, phases) == ("ip-deep-c-2",)
