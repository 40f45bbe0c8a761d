from __future__ import annotations

from typing import Any

from actions.answers import incentive
from bot.common import names
from tests.actions.conftest import MakeTurn
from tests.actions.registry_server import seeded


def find(identity: str) -> dict[str, Any]:
    return next(item for item in seeded()[names.INCENTIVE] if item["id"] == identity)


def test_the_summary_is_the_answer(make_turn: MakeTurn) -> None:
    reply = incentive.reply(make_turn("vi"), find("CIT-2025-EZ-OTHER"), "overview")
    assert "thuế suất 17% trong 10 năm, miễn 2 năm, giảm 50% trong 4 năm tiếp theo" in reply.text
    assert {"label": "Mức thuế suất", "value": "17%"} in reply.blocks[0]["rows"]
    assert "Áp dụng từ 01/10/2025." in reply.text


def test_duration_says_from_when_the_years_count(make_turn: MakeTurn) -> None:
    text = incentive.reply(make_turn("en"), find("CIT-2025-EZ-OTHER"), "duration").text
    assert "- Then reduced by: 50% for the next 4 years" in text
    assert "- Rate counted from: First year the project has revenue" in text


def test_a_term_that_is_no_number(make_turn: MakeTurn) -> None:
    text = incentive.reply(make_turn("en"), find("LAND-FTZ"), "duration").text
    assert "- Exemption: whole lease" in text


def test_old_rules_name_their_period(make_turn: MakeTurn) -> None:
    text = incentive.reply(make_turn("en"), find("CIT-OLD-IZ"), "overview").text
    assert "In force from 1 January 2014 to 30 September 2025." in text


def test_every_condition_is_listed(make_turn: MakeTurn) -> None:
    for item in seeded()[names.INCENTIVE]:
        text = incentive.reply(make_turn("vi"), item, "conditions").text
        assert all(line in text for line in item["conditions"]["vi"]), item["id"]


def test_no_button_leads_to_nothing(make_turn: MakeTurn) -> None:
    for item in seeded()[names.INCENTIVE]:
        buttons = incentive.reply(make_turn("en"), item, "overview").buttons
        offered = [button["payload"] for button in buttons]
        assert any("example" in payload for payload in offered) == bool(item["worked_example"]), item["id"]
