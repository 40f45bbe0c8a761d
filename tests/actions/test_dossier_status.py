from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dossier_status import (
    AskDossierCode,
    AskDossierPin,
    Cancel,
    DossierResult,
    DossierStatus,
    Found,
    ValidateDossierForm,
    read,
)
from actions.dossiers.table import RegistryTable
from actions.registry import Registry
from bot.common import names
from tests.actions.conftest import MakeTurn, turn
from tests.actions.registry_server import DOSSIER, PIN, RegistryServer

CODE, PIN_SLOT = names.DOSSIER_CODE_SLOT, names.DOSSIER_PIN_SLOT


@pytest.mark.parametrize(
    ("text", "requested", "found"),
    [
        ("HEZA-2026-0101", CODE, Found(code="HEZA-2026-0101")),
        ("mã hồ sơ của tôi là heza-2026-0101, kiểm tra giúp", None, Found(code="HEZA-2026-0101")),
        ("my dossier code is H24-2026-000123, please check", None, Found(code="H24-2026-000123")),
        ("HEZA-2026-0101 pin 482915", None, Found(code="HEZA-2026-0101", pin="482915")),
        ("482915", PIN_SLOT, Found(pin="482915")),
        ("mã pin là 482915", PIN_SLOT, Found(pin="482915")),
        ("482915", CODE, Found(wrong=True)),
        ("12", PIN_SLOT, Found(wrong=True)),
        ("[pin]", PIN_SLOT, Found(wrong=True)),
        ("HEZA2026", CODE, Found(wrong=True)),
        ("phí cấp giấy phép lao động là bao nhiêu", CODE, Found()),
        ("Luật 143/2025/QH15 quy định gì", CODE, Found()),
        ("thủ tục 1.009664 mất bao lâu", CODE, Found()),
        ("khu nào rộng hơn 300 ha ở Hải Phòng thế bạn", PIN_SLOT, Found()),
        ("dừng", CODE, Found()),
        ("ngày 24-11-2026", CODE, Found()),
    ],
)
def test_codes_and_pins_are_told_from_questions(text: str, requested: str | None, found: Found) -> None:
    assert read(text, requested) == found


def tracker(text: str, intent: str = "nlu_fallback", **slots: Any) -> Tracker:
    message = {"text": text, "intent": {"name": intent}, names.DECISION: {"language": "en"}}
    loop = {"name": names.DOSSIER_FORM}
    return Tracker("c", slots, message, [], False, None, loop, "action_listen")


@pytest.fixture(autouse=True)
def client(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.registry.shared", lambda: registry)
    monkeypatch.setattr("actions.dossiers.chosen.source", lambda: RegistryTable(registry))


def validated(text: str, intent: str = "nlu_fallback", **slots: Any) -> tuple[dict[str, Any], list[str]]:
    dispatcher = CollectingDispatcher()
    events = ValidateDossierForm().run(dispatcher, tracker(text, intent, **slots), {})
    said = [message["custom"]["text"] for message in dispatcher.messages]
    return {event["name"]: event["value"] for event in events}, said


def test_a_question_in_between_sets_nothing_so_that_its_own_action_answers() -> None:
    assert validated("what is the fee for a work permit", "ask_procedure", requested_slot=CODE) == ({}, [])
    assert validated('/select_record{"record":"ip-an-phat-1"}', names.SELECT_RECORD, requested_slot=CODE) == (
        {},
        [],
    )


def test_a_wrong_form_is_explained_and_asked_again() -> None:
    assert validated("HEZA2026", requested_slot=CODE) == (
        {CODE: None},
        ["This dossier code is not in the right form. A code looks like HEZA-2026-0101."],
    )
    assert validated("12", requested_slot=PIN_SLOT) == ({PIN_SLOT: None}, ["The PIN has 4 to 8 digits."])


def test_a_value_fills_its_slot() -> None:
    assert validated("HEZA-2026-0101", requested_slot=CODE) == ({CODE: "HEZA-2026-0101"}, [])


def test_after_too_many_tries_the_form_ends() -> None:
    events, _ = validated("HEZA-2026-0101", dossier_tries=5)
    assert events == {CODE: None, "requested_slot": None}


def test_a_new_look_up_forgets_the_last_one() -> None:
    events = DossierStatus().run(CollectingDispatcher(), tracker("track my file", **{CODE: "OLD-1-1"}), {})
    assert {event["name"]: event["value"] for event in events} == {CODE: None, PIN_SLOT: None}


def test_both_questions_can_be_stopped(make_turn: MakeTurn) -> None:
    code = AskDossierCode().answer(make_turn("vi"))
    pin = AskDossierPin().answer(make_turn("en", slots={CODE: "HEZA-2026-0101"}))
    assert "HEZA-2026-0101" in pin.text
    assert code.buttons[0]["payload"] == pin.buttons[0]["payload"] == "/cancel"


def look_up(registry: Registry, code: str, pin: str, tries: int = 0, language: str = "en") -> Any:
    slots = {CODE: code, PIN_SLOT: pin, names.DOSSIER_TRIES_SLOT: tries}
    return DossierResult().answer(turn(registry, language, slots=slots))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Dossier **HEZA-2026-0101**: **in review**."),
        ("vi", "Hồ sơ **HEZA-2026-0101**: **đang thẩm định**."),
    ],
)
def test_the_state_with_its_dates(registry: Registry, language: str, words: str) -> None:
    reply = look_up(registry, str(DOSSIER["code"]), PIN, 3, language)
    assert reply.text.startswith(words)
    assert {"en": "Due: no date set", "vi": "Hẹn trả: chưa có ngày hẹn"}[language] in reply.text
    assert {"en": "demonstration data", "vi": "dữ liệu minh họa"}[language] in reply.text
    assert reply.slots[names.DOSSIER_TRIES_SLOT] == 0
    assert (reply.slots[CODE], reply.slots[PIN_SLOT]) == (None, None)


def test_an_unknown_dossier_counts_a_try(registry: Registry) -> None:
    reply = look_up(registry, "HEZA-2026-0101", "000000", 1)
    assert reply.text.startswith("No dossier matches")
    assert reply.slots[names.DOSSIER_TRIES_SLOT] == 2
    assert [button["payload"] for button in reply.buttons] == ["/dossier_status", "/request_human"]
    assert (reply.slots[CODE], reply.slots[PIN_SLOT]) == (None, None)


def test_too_many_tries_ask_nothing(registry: Registry, server: RegistryServer) -> None:
    reply = look_up(registry, str(DOSSIER["code"]), PIN, 5)
    assert reply.text.startswith("There were too many tries")


def test_a_source_that_is_down_is_said_to_be(registry: Registry, server: RegistryServer) -> None:
    server.broken = True
    assert look_up(registry, str(DOSSIER["code"]), PIN).text.startswith(
        "The dossier system cannot be reached"
    )


def test_a_source_that_refuses_connections_is_down_too(registry: Registry, server: RegistryServer) -> None:
    server.close()
    assert look_up(registry, str(DOSSIER["code"]), PIN).text.startswith(
        "The dossier system cannot be reached"
    )


def test_cancelling_needs_certainty_inside_the_form(make_turn: MakeTurn) -> None:
    unsure = Cancel().answer(make_turn("en", in_form=True, decision={"confidence": 0.5}))
    assert unsure.text.startswith("If you want to stop")
    assert unsure.events == []
    sure = Cancel().answer(make_turn("en", in_form=True, decision={"confidence": 0.9}))
    assert sure.events[0] == {"event": "active_loop", "name": None, "timestamp": None}
    assert Cancel().answer(make_turn("en")).events == []
