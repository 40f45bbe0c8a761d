"""Places that are not ours."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.elsewhere import is_of_elsewhere, place_in


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("mở nhà xưởng tại Bắc Ninh được không", "bac ninh"),
        ("factory licence in the Philippines", "philippines"),
        ("Đà Nẵng có khu nào", "da nang"),
        ("tại Hải Phòng thì sao", None),
        ("Nomura", None),
        ("hàng hóa sang Canada", None),
        ("we ship to Germany, who issues the certificate of origin", None),
        ("are papers issued in Germany to be legalised", None),
        ("công ty mẹ ở Đài Loan, công ty con ở Thái Lan", "thai lan"),
        ("our parent company in Germany wants a factory in Thailand", "thailand"),
        ("giá thuê đất khu công nghiệp VSIP Bắc Ninh", "bac ninh"),
        ("xin giấy phép ở TP.HCM thì nộp đâu", "hcm"),
        ("lập công ty tại TP. Hồ Chí Minh", "ho chi minh"),
        ("moving our plant to Bac Ninh", "bac ninh"),
        ("pharmaceutical plant in Indianapolis", None),
        ("how to set up a trading company in Singapore", "set up a trading company in singapore"),
        ("lập công ty bên Nhật cần bao nhiêu vốn", "lap cong ty ben nhat"),
        ("our company in Japan wants to open a plant", None),
        ("open a representative office of our company in Korea", None),
        ("set up a plant in Hai Phong, company in Japan", None),
        ("đăng ký khoản vay của công ty ở Nhật", None),
        ("", None),
    ],
)
def test_places(text: str, place: str | None) -> None:
    assert place_in(text) == place


@pytest.mark.parametrize(
    ("after", "elsewhere"),
    [(" Bắc Ninh giá thuê?", True), (", Quang Ninh", True), (" Hải Phòng", False), (" to Bac Ninh", False)],
)
def test_a_park_of_that_name_in_another_province(after: str, elsewhere: bool) -> None:
    assert is_of_elsewhere(after) is elsewhere
