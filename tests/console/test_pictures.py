"""The pictures of docs/console.md are those that the script takes."""

from __future__ import annotations

import re

from bot.common.settings import ROOT
from tests.e2e.console_pictures import PICTURES, SCREENS


def test_the_page_shows_every_picture_that_is_taken_and_no_other() -> None:
    page = (ROOT / "docs" / "console.md").read_text(encoding="utf-8")
    shown = re.findall(r"\]\(screens/console/([\w-]+)\.png\)", page)
    taken = [picture.name for picture in PICTURES]
    assert sorted(shown) == sorted(taken)
    assert len(set(taken)) == len(taken)


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in SCREENS.glob("*.png")} <= {picture.name for picture in PICTURES}
