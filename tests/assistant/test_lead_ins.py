"""Words that tie a message to the one before."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.lead_ins import CORRECTS, GOES_ON, LeadIn, lead_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and for the building permit?", LeadIn(GOES_ON, "the building permit")),
        ("And, what about water then?", LeadIn(GOES_ON, "water")),
        ("Còn phí thì sao?", LeadIn(GOES_ON, "phí")),
        ("con nuoc", LeadIn(GOES_ON, "nuoc")),
        ("No, I mean the branch, not the company", LeadIn(CORRECTS, "the branch")),
        ("à không, ý mình là giấy phép xây dựng cơ", LeadIn(CORRECTS, "giấy phép xây dựng")),
        ("sorry i meant VSIP", LeadIn(CORRECTS, "VSIP")),
        ("No sorry, I meant VSIP", LeadIn(CORRECTS, "VSIP")),
        ("actually no, I mean extending it, not closing", LeadIn(CORRECTS, "extending it")),
        ("gia hạn thì sao?", LeadIn(GOES_ON, "gia hạn")),
        ("and?", None),
        ("còn", None),
        ("Andean copper", None),
        ("How long does it take and what is the fee?", None),
        ("I meaningfully disagree", None),
        ("", None),
    ],
)
def test_what_is_left_of_a_message(text: str, expected: LeadIn | None) -> None:
    assert lead_in(text) == expected
