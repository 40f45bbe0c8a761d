"""What narrows a list."""

from __future__ import annotations

from typing import Any

import pytest

from bot.assistant.nlu import filters, quantities
from bot.assistant.nlu.gazetteer import Gazetteer, Name

GAZETTEER = Gazetteer(
    [Name("KKT Đình Vũ - Cát Hải", "ez-dinh-vu-cat-hai", "zone"), Name("Nomura", "ip-nomura", "zone")]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khu nào còn đất trên 20 ha", {"has_space": True, "min_area_ha": 20.0}),
        ("parks under 100 usd near a port",
         {"zone_kind": "industrial_park", "max_rent_usd": 100.0, "near": "hai_phong_port"}),
        ("khu công nghiệp trong KKT Đình Vũ - Cát Hải đang hoạt động",
         {"parent": "ez-dinh-vu-cat-hai", "operating_status": "operating"}),
        ("which parks take electronics", {"zone_kind": "industrial_park", "sector": "electronics"}),
        ("các khu công nghiệp ở Cẩm Giàng", {"which": True, "place": "Cẩm Giàng"}),
        ("which parks are in thuy nguyen", {"which": True, "place": "Thủy Nguyên"}),
        ("which park is the cheapest", {"which": True, "order": "cheapest"}),
        ("khu nào rộng nhất", {"which": True, "order": "largest"}),
        ("dự án 500 tỷ đồng", {}),
    ],
)  # fmt: skip
def test_filters_are_read(text: str, expected: dict[str, Any]) -> None:
    found = filters.read(text, quantities.find(text), GAZETTEER.find(text))
    assert {key: found.get(key) for key in expected} == expected
    assert expected or not found


def test_a_park_is_no_place_to_look_in() -> None:
    assert "parent" not in filters.read("Nomura", [], GAZETTEER.find("Nomura"))


def test_a_district_in_a_zones_name_is_no_place_to_look_in() -> None:
    text = "parks in KKT Đình Vũ - Cát Hải"
    found = filters.read(text, [], GAZETTEER.find(text))
    assert found["parent"] == "ez-dinh-vu-cat-hai"
    assert "place" not in found


def test_a_district_whose_name_an_economic_zone_bears_too_is_the_place() -> None:
    gazetteer = Gazetteer([Name("Thanh Miện", "ez-specialised", "zone")])
    text = "kcn nào ở Thanh Miện"
    found = filters.read(text, [], gazetteer.find(text))
    assert (found["place"], found.get("parent")) == ("Thanh Miện", None)
