"""Which zones a message means when it holds several names."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.gazetteer import Gazetteer, Name
from tests.assistant.readings import reading, short

GAZETTEER = Gazetteer(
    [
        Name("Hoàng Diệu", "ip-hoang-dieu", "zone"),
        Name("Gia Lộc", "ip-gia-loc", "zone"),
        Name("Ngũ Phúc", "ip-ngu-phuc", "zone"),
        Name("Vinhomes", "ip-ngu-phuc", "zone"),
        Name("Vinhomes", "ip-tan-trao", "zone"),
        Name("Nomura", "ip-nomura", "zone"),
    ]
)
CONTEXT = Context(phases={"ip-nomura": {"2": "ip-nomura-2"}})


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("Hoàng Diệu ở Gia Lộc rộng bao nhiêu", "ip-hoang-dieu"),
        ("Ngũ Phúc của Vinhomes rộng bao nhiêu", "ip-ngu-phuc"),
        ("the second phase of Nomura, how large", "ip-nomura-2"),
        ("Nomura, how large", "ip-nomura"),
    ],
)
def test_one_is_meant(text: str, record: str) -> None:
    asked = reading({"ask_zone": 0.8}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert short(decide(asked, CONTEXT)) == ("answer", "ask_zone", record, "area")


def test_a_plain_question_about_a_named_zone_is_not_strange() -> None:
    text = "nhe nhe Nomura area"
    asked = reading({"off_topic": 0.4}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert short(decide(asked, CONTEXT)) == ("answer", "ask_zone", "ip-nomura", "area")


def test_what_is_surely_strange_stays_so() -> None:
    text = "apartments in Nomura area"
    asked = reading({"off_topic": 0.8}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert decide(asked, CONTEXT).intent == "off_topic"


def test_two_joined_are_compared() -> None:
    text = "Hoàng Diệu và Nomura rộng bao nhiêu"
    asked = reading({"ask_zone": 0.8}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert decide(asked, CONTEXT).records == ("ip-hoang-dieu", "ip-nomura")
