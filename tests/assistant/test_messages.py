from __future__ import annotations

from typing import Any

import pytest

from bot.assistant.answers import answer
from bot.assistant.messages import BadMessage, Note, parsed_payload, read_message, read_note
from bot.assistant.understood import understood
from bot.common import names


def body(**given: Any) -> dict[str, Any]:
    return {"sender": "abc", "message_id": "m1", "language": None, **given}


def test_a_text_is_taken_as_it_is() -> None:
    incoming = read_message(body(text="Phí 1/2026 là bao nhiêu?", language="vi"))
    assert (incoming.text, incoming.payload, incoming.language) == ("Phí 1/2026 là bao nhiêu?", None, "vi")


@pytest.mark.parametrize(
    "given",
    [
        {"text": "/restart"},
        {"text": "  /restart"},
        {"text": "\u00a0/restart"},
        {"text": "\x1f/restart"},
        {"text": "\u200b/restart"},
        {"text": ""},
        {"text": 5},
        {"text": "x" * 4001},
        {"text": "hello", "payload": "/greet"},
        {},
        {"payload": "/restart"},
        {"payload": "/session_start"},
        {"payload": "greet"},
        {"payload": "/select_record{broken"},
        {"payload": "/select_record[1]"},
        {"payload": 7},
        {"text": "hello", "language": "fr"},
        {"text": "hello", "sender": ""},
        {"text": "hello", "sender": "a b"},
        {"text": "hello", "sender": None},
    ],
)
def test_what_is_not_in_the_agreed_form_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(BadMessage):
        read_message(body(**given))


@pytest.mark.parametrize("intent", names.INTENTS)
def test_every_intent_may_stand_behind_a_button(intent: str) -> None:
    assert read_message(body(payload=f"/{intent}")).payload == f"/{intent}"


def test_a_payload_is_taken_at_its_word() -> None:
    payload = '/select_record{"record":"irc_issue","kind":"procedure","aspect":"fee"}'
    parsed = parsed_payload(read_message(body(payload=payload, language="en")))
    assert parsed["intent"] == {"name": "select_record", "confidence": 1.0}
    decision = parsed[names.DECISION]
    assert (decision["record"], decision["kind"], decision["aspect"]) == ("irc_issue", "procedure", "fee")
    assert (decision["language"], decision["records"], decision["filters"]) == ("en", ["irc_issue"], {})


def test_other_values_of_a_payload_are_filters() -> None:
    incoming = read_message(body(payload='/list_zones{"parent":"ez-dinh-vu-cat-hai","all":true}'))
    assert parsed_payload(incoming)[names.DECISION]["filters"] == {
        "parent": "ez-dinh-vu-cat-hai",
        "all": True,
    }


def test_notes_have_an_author() -> None:
    body = {"sender": "abc", "message_id": "7", "author": "staff", "text": " hello "}
    assert read_note(body) == Note("abc", "7", "staff", "hello")
    for given in (
        {"author": "someone", "text": "x"},
        {"author": "user", "text": "/"},
        {"author": "user", "text": 5},
    ):
        with pytest.raises(BadMessage):
            read_note({"sender": "abc", **given})


def test_an_answer_has_every_key() -> None:
    assert answer("hello") == {"text": "hello", "buttons": [], "blocks": [], "sources": [], "handoff": None}


EVENTS: list[dict[str, Any]] = [
    {"event": "slot", "name": "language", "value": "vi"},
    {
        "event": "user",
        "message_id": "m1",
        "parse_data": {
            "intent": {"name": "ask_zone", "confidence": 0.9, "more": 1},
            "intent_ranking": [{"name": str(number)} for number in range(9)],
            "entities": [{"entity": "zone"}],
            "decision": {"language": "vi", "record": "ip-trang-due"},
        },
    },
    {"event": "action", "name": "action_ask_zone"},
    {"event": "slot", "name": "language", "value": "en"},
    {"event": "action", "name": "action_listen"},
]


def test_what_was_understood_is_read_from_the_turn() -> None:
    told = understood(EVENTS, "m1", "heza-1.tar.gz", 42)
    assert told["intent"] == {"name": "ask_zone", "confidence": 0.9}
    assert (told["language"], told["action"], told["model"]) == ("en", "action_ask_zone", "heza-1.tar.gz")
    assert told["decision"]["record"] == "ip-trang-due"
    assert (len(told["intent_ranking"]), told["milliseconds"]) == (5, 42)


def test_a_message_that_rasa_did_not_take_is_not_understood() -> None:
    told = understood(EVENTS, "another", None, 1)
    assert told["intent"] == {"name": None, "confidence": None}
    assert told["action"] is None
    assert told["decision"] == {}
