from __future__ import annotations

from typing import Any

import pytest

from actions.answers import procedure
from bot.common import names
from tests.actions.conftest import MakeTurn
from tests.actions.registry_server import seeded


def find(identity: str) -> dict[str, Any]:
    return next(item for item in seeded()[names.PROCEDURE] if item["id"] == identity)


def test_the_answer_comes_first_in_each_language(make_turn: MakeTurn) -> None:
    vietnamese = procedure.reply(make_turn("vi"), find("work_permit"), "time").text
    english = procedure.reply(make_turn("en"), find("work_permit"), "time").text
    assert (
        vietnamese.splitlines()[0]
        == "Thời hạn giải quyết thủ tục **Cấp giấy phép lao động**: **10 ngày làm việc**."
    )
    assert english.splitlines()[0] == "Processing time for **Work permit**: **10 working days**."


def test_variants_stand_with_their_condition(make_turn: MakeTurn) -> None:
    text = procedure.reply(make_turn("en"), find("building_permit"), "time").text
    assert "**10 working days**" in text
    assert "- Individual house: **7 working days**" in text


def test_a_note_on_a_variant_stays_with_it(make_turn: MakeTurn) -> None:
    text = procedure.reply(make_turn("en"), find("building_permit_changes"), "time").text
    assert "- Repair or renovation: **10 working days** (The portal says 10 working days;" in text


def test_a_time_that_only_depends_on_the_case_names_no_other(make_turn: MakeTurn) -> None:
    text = procedure.reply(make_turn("en"), find("feasibility_appraisal"), "time").text
    assert text.startswith("The processing time for")
    assert "- Decree 217/2026/ND-CP, group A, class I or above: **25 working days**" in text


def test_free_of_charge_is_an_amount(make_turn: MakeTurn) -> None:
    text = procedure.reply(make_turn("vi"), find("fire_acceptance"), "fee").text
    assert "**0 đồng (không thu phí)**" in text


def test_a_fee_in_dollars(make_turn: MakeTurn) -> None:
    dollars = [item for item in seeded()[names.PROCEDURE] if item["fee"]["usd"]]
    for item in dollars:
        assert f"USD {item['fee']['usd']}" in procedure.reply(make_turn("en"), item, "fee").text


def test_no_fee_on_record_is_not_no_fee(make_turn: MakeTurn) -> None:
    record = find("land_lease")
    text = procedure.reply(make_turn("en"), record, "fee").text
    assert text.startswith("No fee has been published for")
    assert "does not mean it is free" in text
    assert record["authority"]["en"] in text


def test_a_fee_without_a_figure_says_what_is_known(make_turn: MakeTurn) -> None:
    text = procedure.reply(make_turn("en"), find("criminal_record"), "fee").text
    assert text.startswith("There is no exact fee on record")
    assert "Circular 244/2016/TT-BTC" in text


def test_where_to_file_names_the_filing_step_and_the_portal(make_turn: MakeTurn) -> None:
    text = procedure.reply(make_turn("en"), find("work_permit"), "where").text
    assert "How to file: File 60 to 10 days before" in text
    assert "Receive the permit" not in text
    assert "[National Public Service Portal](https://dichvucong.gov.vn/" in text


def test_the_overview_offers_steps_documents_and_law(make_turn: MakeTurn) -> None:
    reply = procedure.reply(make_turn("en"), find("work_permit"), "overview")
    assert [button["title"] for button in reply.buttons] == ["Steps", "Documents", "Legal basis"]
    assert (
        reply.buttons[0]["payload"]
        == '/select_record{"record":"work_permit","kind":"procedure","aspect":"steps"}'
    )
    (card,) = reply.blocks
    assert {"label": "Procedure code", "value": "1.014199"} in card["rows"]


def test_an_aspect_of_another_kind_gives_the_overview(make_turn: MakeTurn) -> None:
    reply = procedure.reply(make_turn("en"), find("work_permit"), "occupancy")
    assert reply.slots[names.ASPECT_SLOT] == "overview"


@pytest.mark.parametrize(("aspect", "shown"), [("time", False), ("authority", True), ("overview", True)])
def test_doubts_about_delegation_stand_where_they_matter(
    make_turn: MakeTurn, aspect: str, shown: bool
) -> None:
    text = procedure.reply(make_turn("en"), find("work_permit"), aspect).text
    assert ("The delegation on foreign labour" in text) == shown
