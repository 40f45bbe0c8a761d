"""Greetings and the like: a sentence, and where to begin."""

from __future__ import annotations

from dataclasses import replace

from actions import show, wording
from actions.answers import lists
from actions.base import Answering
from actions.reply import PERSON, Reply, button
from actions.request_human import pass_on
from actions.turn import LANGUAGES, Turn
from bot.common import names
from bot.common.text import fold


class Greet(Answering):
    """Says who answers and what for."""

    intent = "greet"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return Reply(turn.say("talk.greet"), buttons=lists.topics(turn))


class Goodbye(Answering):
    """Takes leave."""

    intent = "goodbye"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return Reply(turn.say("talk.goodbye"))


class Thanks(Answering):
    """Answers thanks."""

    intent = "thanks"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return Reply(turn.say("talk.thanks"))


class Help(Answering):
    """What can be asked, with examples."""

    intent = "help"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return Reply(turn.say("talk.help"), buttons=lists.topics(turn))


class BotChallenge(Answering):
    """Admits to be a machine."""

    intent = "bot_challenge"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        person = button(turn.say("button.person"), "request_human")
        return Reply(turn.say("talk.bot_challenge"), buttons=[person], slots={names.OFFERED_SLOT: [PERSON]})


class SetLanguage(Answering):
    """Changes to the language named, or to the other one when none is named."""

    intent = "set_language"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        wanted = turn.filters.get("language") or _named(turn.text) or turn.language
        there = replace(turn, language=wanted if wanted in LANGUAGES else turn.language)
        return Reply(
            there.say("talk.set_language"),
            buttons=lists.topics(there),
            slots={names.LANGUAGE_SLOT: there.language},
        )


class Affirm(Answering):
    """Takes the one thing that was offered."""

    intent = "affirm"

    def answer(self, turn: Turn) -> Reply:
        """See the class; with several things offered, or none, it asks what is wanted."""
        offered = turn.slots.get(names.OFFERED_SLOT) or []
        if offered == [PERSON]:
            return pass_on(turn, "asked")
        if len(offered) == 1:
            return show.by_id(turn, offered[0], None)
        return Reply(turn.say("talk.affirm"), buttons=lists.topics(turn))


class Deny(Answering):
    """Leaves it at that."""

    intent = "deny"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return Reply(turn.say("talk.deny"), slots={names.OFFERED_SLOT: []})


class OffTopic(Answering):
    """Says what is in scope instead."""

    intent = "off_topic"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return Reply(turn.say("talk.off_topic"), buttons=lists.topics(turn))


def _named(text: str) -> str | None:
    folded = fold(text)
    found = [
        language
        for language, words in wording.table("languages").items()
        if any(word in folded for word in words)
    ]
    return found[0] if len(found) == 1 else None
