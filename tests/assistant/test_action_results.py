from __future__ import annotations

import time
from typing import Any

import pytest
from jsonschema import ValidationError

from bot.assistant.action_results import check_quickly

# Keras, which Rasa loads, is written in an old way.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def action(monkeypatch: pytest.MonkeyPatch) -> Any:
    from rasa.core.actions.action import RemoteAction

    # Set back after the test, whatever it does.
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    check_quickly()
    return RemoteAction("action_greet", None)


def test_what_an_action_server_sends_is_taken(action: Any) -> None:
    result = {"events": [{"event": "slot", "name": "record", "value": "a"}], "responses": [{"custom": {}}]}
    assert action._validate_action_result(result)


@pytest.mark.parametrize("result", [{"events": "none"}, {"responses": ["text"]}, []])
def test_anything_else_is_refused_by_name(action: Any, result: object) -> None:
    with pytest.raises(ValidationError, match="action_greet"):
        action._validate_action_result(result)


def test_it_takes_no_time(action: Any) -> None:
    result = {"events": [{"event": "slot", "name": "record", "value": "a"}], "responses": []}
    begun = time.process_time()
    for _ in range(20):
        action._validate_action_result(result)
    assert time.process_time() - begun < 0.2
