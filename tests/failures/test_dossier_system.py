"""The authority's dossier system, asked through the whole product: its answers, its faults, its silence."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bot.common.wording import Wording
from bot.launch.client import Conversation
from tests.actions.dossier_server import CODE, PIN
from tests.failures.asking import PERSON, answers_well, titles
from tests.failures.conftest import Product

_say = Wording("dossier").say
# An answer's three seconds, and the way there and back.
LONGEST_SECONDS = 5.0


@pytest.fixture
def conversation(product: Product) -> Iterator[Conversation]:
    """A conversation that has given the code; the system is well again afterwards."""
    system = product.dossiers
    with product.stack.conversation("en") as begun:
        (asked,) = begun.say(f"where is my dossier {CODE}")
        assert asked["text"] == _say("ask.pin", "en", code=CODE)
        yield begun
    system.status, system.body, system.delay, system.faults = 200, None, 0.0, 0


def test_a_dossier_is_told_in_our_words(product: Product, conversation: Conversation) -> None:
    (found,) = conversation.say(PIN)
    assert _say("found", "en", code=CODE, state=_say("state.in_review", "en")) in found["text"]
    assert "Issue of the Investment Registration Certificate" in found["text"]
    assert _say("line.received", "en", value="9 November 2026") in found["text"]
    # It is no demonstration, and the PIN went nowhere but to the system.
    assert _say("demonstration", "en") not in found["text"]
    assert product.dossiers.asked[-1] == {"maHoSo": CODE, "maTraCuu": PIN}


def test_a_wrong_pin_tells_nothing(conversation: Conversation) -> None:
    (unknown,) = conversation.say("000001")
    assert unknown["text"].startswith(_say("unknown", "en"))
    assert _say("state.in_review", "en") not in unknown["text"]


def test_a_passing_fault_is_not_noticed(product: Product, conversation: Conversation) -> None:
    product.dossiers.faults = 1
    (found,) = conversation.say(PIN)
    assert _say("found", "en", code=CODE, state=_say("state.in_review", "en")) in found["text"]


@pytest.mark.parametrize("fault", ["silent", "failing", "nonsense"])
def test_a_fault_that_stays_is_told_in_time(product: Product, conversation: Conversation, fault: str) -> None:
    match fault:
        case "silent":
            product.dossiers.delay = 10.0
        case "failing":
            product.dossiers.status = 500
        case _:
            product.dossiers.body = b"<html>maintenance</html>"
    begun = time.monotonic()
    (down,) = conversation.say(PIN)
    assert time.monotonic() - begun < LONGEST_SECONDS
    assert down["text"] == _say("down", "en")
    assert PERSON in titles([down])
    product.dossiers.delay = 0.0
    assert answers_well(conversation)


def test_a_system_that_has_had_enough(product: Product, conversation: Conversation) -> None:
    product.dossiers.status = 429
    (refused,) = conversation.say(PIN)
    assert refused["text"] == _say("too_many", "en")
    assert PERSON in titles([refused])
