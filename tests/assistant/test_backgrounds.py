"""Wordings after a background: of every label some, unchanged but for what stands before."""

from __future__ import annotations

from collections import Counter

from bot.assistant.nlu.backgrounds import FEWEST_WORDS, LEAST, ONE_OF, told
from bot.assistant.nlu.examples import Example, from_label

_LONG = "how many working days does it take number"


def _wordings(label: str, count: int) -> list[Example]:
    return [from_label(f"{_LONG} {number}", label, "en") for number in range(count)]


def test_of_each_label_a_part_is_told_and_some_at_the_least() -> None:
    many, few = "ask_procedure/irc_issue.time", "ask_procedure/work_permit.time"
    found = told([*_wordings(many, 10 * ONE_OF), *_wordings(few, 5), *_wordings("off_topic", 3 * ONE_OF)])
    assert Counter(one.record for one in found) == {"irc_issue": 10, "work_permit": LEAST, None: 3}


def test_what_is_asked_stays() -> None:
    wordings = _wordings("ask_procedure/irc_issue.time", 3)
    for one in told(wordings):
        (asked,) = [wording for wording in wordings if one.text.endswith(f" {wording.text}")]
        assert (one.label, one.aspect, one.language) == (asked.label, asked.aspect, asked.language)
        assert len(one.text) > len(asked.text) + 10
    assert told(wordings) == told(wordings)


def test_short_messages_and_small_talk_have_none() -> None:
    short = from_label("how long", "ask_procedure/irc_issue.time", "en")
    assert len(short.text.split()) < FEWEST_WORDS
    assert told([short, from_label("thank you so much for all your help", "thanks", "en")]) == []
