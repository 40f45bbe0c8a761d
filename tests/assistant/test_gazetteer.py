"""Records found by what people call them."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.gazetteer import Gazetteer, Name, masked

NAMES = [
    Name("KCN Nam Cầu Kiền", "ip-nam-cau-kien", "zone"),
    Name("Nam Cau Kien Industrial Park", "ip-nam-cau-kien", "zone"),
    Name("Tràng Duệ", "ip-trang-due", "zone"),
    Name("Tràng Duệ 3", "ip-trang-due-3", "zone"),
    Name("DEEP C", "ip-deep-c-1", "zone"),
    Name("DEEP C", "ip-deep-c-2", "zone"),
    Name("KCN DEEP C", "ip-deep-c-1", "zone"),
    Name("KCN DEEP C", "ip-deep-c-2", "zone"),
    Name("DEEP C 2", "ip-deep-c-2", "zone"),
    Name("Hai Phong SEZ", "ez-specialised", "zone"),
    Name("special economic zone", "ez-specialised", "zone"),
    Name("KCN Thâm Quyến", "ip-an-duong", "zone"),
    Name("giấy phép lao động", "work_permit", "procedure"),
    Name("1.009664", "irc_issue", "procedure"),
]
WORDS = frozenset(
    ["dien", "tich", "cua", "khu", "cong", "nghiep", "lao", "dong", "giay", "phep", "gia", "han"]
)


def found(text: str) -> list[tuple[str, ...]]:
    return [mention.records for mention in Gazetteer(NAMES, WORDS).find(text, near=("zone", "procedure"))]


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("diện tích Nam Cầu Kiền", [("ip-nam-cau-kien",)]),
        # "Thẩm quyền" is authority, and Shenzhen a city, unless it is said to be a park.
        ("thẩm quyền của Ban", []),
        ("KCN Thâm Quyến ở đâu", [("ip-an-duong",)]),
        ("nam cau kien rong bao nhieu", [("ip-nam-cau-kien",)]),
        ("NAM CAU KINE", [("ip-nam-cau-kien",)]),
        ("Tràng Duệ 3 có gì", [("ip-trang-due-3",)]),
        ("trang due", [("ip-trang-due",)]),
        ("giá thuê Tràng Duệ3", [("ip-trang-due-3",)]),
        ("phí 1m2 ở trang due", [("ip-trang-due",)]),
        ("DEEP C", [("ip-deep-c-1", "ip-deep-c-2")]),
        ("so sánh DEEP C và Tràng Duệ", [("ip-deep-c-1", "ip-deep-c-2"), ("ip-trang-due",)]),
        ("KCN DEEP C 2 có ai", [("ip-deep-c-2",)]),
        ("deep c two is how large", [("ip-deep-c-2",)]),
        ("DEEP C Hải Phòng", [("ip-deep-c-1", "ip-deep-c-2")]),
        ("thủ tục 1.009664", [("irc_issue",)]),
        ("giay phep lao dogn", [("work_permit",)]),
        ("khu công nghiệp của lao động", []),
        ("Hải Phòng sẽ có gì", []),
        ("is there a special package", []),
        ("the special economic zone", [("ez-specialised",)]),
        ("", []),
    ],
)
def test_names_are_found(text: str, records: list[tuple[str, ...]]) -> None:
    assert found(text) == records


def test_a_named_part_is_masked() -> None:
    gazetteer = Gazetteer(NAMES)
    text = "Diện tích Nam Cầu Kiền?"
    assert masked(text, gazetteer.find(text), {"zone": "park"}) == "dien tich park?"


def test_a_name_typed_without_diacritics_gets_those_of_the_records() -> None:
    assert Gazetteer(NAMES).written("nam cau kien 2") == "nam cầu kiền 2"
