"""What came back for a turn, and whether that was right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.assistant.trial.questions import ANY, Expectation, Question, Turn, kinds
from bot.common.names import ASPECTS


class Outcome(str, Enum):
    """What an answer was worth; only `wrong` can mislead an investor."""

    RIGHT = "right"
    INCOMPLETE = "incomplete"
    WRONG = "wrong record"
    ASKED = "asked back"
    REFUSED = "refused"


@dataclass(frozen=True)
class Seen:
    """What came back.

    `record`: what the answer is about, None for anything else; `aspect`, `more_aspects`: what it says of it;
    `shown`: all records that it cites or lists, None when the runner cannot know; `offered`: what it asks
    back between; `text`: None without wording.
    """

    intent: str
    record: str | None = None
    aspect: str | None = None
    more_aspects: tuple[str, ...] = ()
    shown: tuple[str, ...] | None = ()
    offered: tuple[str, ...] = ()
    language: str = ""
    confidence: float = 0.0
    text: str | None = None


@dataclass(frozen=True)
class Graded:
    """A turn with what came back and what it was worth."""

    asked: Question
    number: int
    turn: Turn
    seen: Seen
    outcome: Outcome

    @property
    def question(self) -> str:
        """The row's id."""
        return self.asked.id

    @property
    def topic(self) -> str:
        """The file of the row."""
        return self.asked.topic

    @property
    def language(self) -> str:
        """The row's language."""
        return self.asked.language

    @property
    def style(self) -> str:
        """The row's style."""
        return self.asked.style

    @property
    def language_right(self) -> bool:
        """Whether the answer is in the language it should be in."""
        return self.turn.expect.language in (self.seen.language, ANY)


def grade(expect: Expectation, seen: Seen) -> Outcome:
    """What the answer is worth."""
    if expect.refuse:
        return _off_topic(seen)
    if expect.intents and not (expect.records and seen.record):
        return _list_or_talk(expect, seen)
    if seen.record:
        return _record(expect, seen)
    if seen.offered:
        return Outcome.RIGHT if set(expect.ask) & set(seen.offered) else Outcome.ASKED
    if seen.shown:
        # A list: the right record may stand in it, but the question is not answered.
        return Outcome.INCOMPLETE if set(expect.records) & set(seen.shown) else Outcome.WRONG
    return Outcome.REFUSED


def _record(expect: Expectation, seen: Seen) -> Outcome:
    if seen.record in expect.records:
        return (
            Outcome.RIGHT
            if _aspect_right(expect, seen) and _value_there(expect, seen)
            else Outcome.INCOMPLETE
        )
    # Answering one of several that fit equally is a guess, yet not a wrong record.
    return Outcome.INCOMPLETE if seen.record in expect.ask else Outcome.WRONG


def _aspect_right(expect: Expectation, seen: Seen) -> bool:
    possible = set(expect.aspects) & set(ASPECTS.get(kinds().get(seen.record or "", ""), ()))
    return not possible or bool(possible & {seen.aspect, *seen.more_aspects})


def _value_there(expect: Expectation, seen: Seen) -> bool:
    if not expect.values or seen.text is None:
        return True
    text = seen.text.casefold()
    return any(value.casefold() in text for value in expect.values)


def _off_topic(seen: Seen) -> Outcome:
    if seen.record or seen.shown:
        return Outcome.WRONG
    return Outcome.ASKED if seen.offered else Outcome.RIGHT


def _list_or_talk(expect: Expectation, seen: Seen) -> Outcome:
    if seen.intent in expect.intents:
        return Outcome.RIGHT if _records_there(expect, seen) else Outcome.INCOMPLETE
    if seen.record:
        welcome = {*expect.records_any, *expect.records_all}
        return Outcome.INCOMPLETE if seen.record in welcome else Outcome.WRONG
    if seen.offered:
        return Outcome.ASKED
    return Outcome.WRONG if seen.shown else Outcome.REFUSED


def _records_there(expect: Expectation, seen: Seen) -> bool:
    if seen.shown is None:
        return True
    some = not expect.records_any or bool(set(expect.records_any) & set(seen.shown))
    return some and set(expect.records_all) <= set(seen.shown)
