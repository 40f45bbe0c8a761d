"""What is asked of a record whose kind calls it otherwise, or does not have it."""

from __future__ import annotations

from bot.assistant.nlu.decision import decide
from tests.assistant.readings import PERMIT, TALKING_OF_NOMURA, TALKING_OF_PERMIT, TAX, reading, short


def test_how_much_after_a_park_asks_for_its_rent() -> None:
    price = reading({"follow_up": 0.99}, text="and price is how much", aspects={"fee": 0.93, "rent": 0.06})
    assert short(decide(price, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "rent")
    rent = reading({"follow_up": 0.99}, text="rent?", aspects={"rent": 0.93})
    assert short(decide(rent, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "fee")


def test_what_only_another_kind_has_is_asked_of_what_has_it() -> None:
    documents = reading(
        {"follow_up": 0.9}, text="documents?", aspects={"documents": 0.9}, joined={TAX: 0.1, PERMIT: 0.8}
    )
    assert short(decide(documents, TALKING_OF_NOMURA)) == (
        "answer",
        "ask_procedure",
        "work_permit",
        "documents",
    )
    nothing = reading({"follow_up": 0.9, PERMIT: 0.1}, text="documents?", aspects={"documents": 0.9})
    assert decide(nothing, TALKING_OF_NOMURA).verdict == "refuse"
