"""What Prometheus gets from the running product, and where; what the logs do not hold."""

from __future__ import annotations

import secrets

import httpx

from tests.stack import Stack


def test_figures_are_on_their_private_port_alone(stack: Stack) -> None:
    with stack.conversation("en") as conversation:
        conversation.say("What is the fee for a work permit?")
    port = stack.environment["HEZA_METRICS_PORT"]
    with httpx.Client(trust_env=False) as client:
        figures = client.get(f"http://127.0.0.1:{port}/metrics").text
        assert client.get(f"{stack.base_url}/metrics").status_code == 404
    assert "heza_messages_total" in figures
    assert 'heza_conversations{mode="bot"}' in figures
    assert "heza_answer_seconds_bucket" in figures


def test_logs_hold_no_words_of_investors(stack: Stack) -> None:
    word = f"platypus{secrets.token_hex(4)}"
    with stack.conversation("en") as conversation:
        conversation.say(f"What is the fee for a work permit, {word}?")
        conversation.say(f"/restart {word}")
    logs = (stack.data_dir / "logs").glob("*.log*")
    assert [log.name for log in logs if word in log.read_text(encoding="utf-8")] == []
