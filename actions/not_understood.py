"""What was not understood: first it asks again, then it offers a person, the third time it hands over."""

from __future__ import annotations

from actions.answers import lists
from actions.base import Answering
from actions.reply import PERSON, Reply, button, paragraphs
from actions.request_human import pass_on
from actions.turn import LANGUAGES, Turn
from bot.common import names

PATIENCE = 3


class NotUnderstood(Answering):
    """Counts misunderstandings in a row."""

    intent = "nlu_fallback"

    def answer(self, turn: Turn) -> Reply:
        """See the module."""
        count = int(turn.slots.get(names.MISUNDERSTOOD_SLOT) or 0) + 1
        if count >= PATIENCE:
            return pass_on(turn, "misunderstood")
        slots = {names.MISUNDERSTOOD_SLOT: count, names.OFFERED_SLOT: []}
        if count == 1:
            return Reply(turn.say("talk.unknown"), buttons=lists.topics(turn), slots=slots)
        person = button(turn.say("button.person"), "request_human")
        slots[names.OFFERED_SLOT] = [PERSON]
        return Reply(turn.say("talk.unknown.again"), buttons=[person, *lists.topics(turn)[:2]], slots=slots)


class ForeignLanguage(Answering):
    """A question in another language without a record: both languages, politely."""

    intent = "foreign_language"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        sentences = turn.say.both("talk.foreign")
        return Reply(paragraphs(*(sentences[language] for language in reversed(LANGUAGES))))
