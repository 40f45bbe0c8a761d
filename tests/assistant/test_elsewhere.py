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
        ("hàng hóa sang Canada", "canada"),
        ("pharmaceutical plant in Indianapolis", None),
        ("", None),
    ],
)
def test_places(text: str, place: str | None) -> None:
    assert place_in(text) == place
