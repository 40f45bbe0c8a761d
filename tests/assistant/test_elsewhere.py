"""Places that are not ours."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.elsewhere import place_in


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
        ("moving our plant to Bac Ninh", "bac ninh"),
        ("pharmaceutical plant in Indianapolis", None),
        ("", None),
    ],
)
def test_places(text: str, place: str | None) -> None:
    assert place_in(text) == place
