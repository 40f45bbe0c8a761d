"""What was hardly understood and often asked comes first; questions of one meaning stand together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot.common import embedder
from bot.common.embedder import DIMENSION, Vectors
from bot.console.learning import inbox, wordings
from bot.console.learning.wordings import Library, Wording
from bot.console.models import Judgement, Utterance, UtteranceGroup, Verdict
from bot.console.roles import Role
from bot.conversations.models import Conversation
from bot.conversations.rating import rate
from tests.console.learning.conftest import Ask, Make

pytestmark = pytest.mark.django_db

# Directions of meaning: what begins with the same word means the same here.
_WORDS = ("visa", "fee", "thuế", "hello")


def _meaning(text: str) -> Vectors:
    vector = np.zeros(DIMENSION, dtype=np.float32)
    first = text.split()[0].lower()
    vector[_WORDS.index(first)] = 1.0
    # A little of its own, so that no two are the very same.
    vector[50 + len(text)] = 0.1
    return vector / np.float32(np.linalg.norm(vector))


class Meaning:
    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.stack([_meaning(text) for text in texts])


@pytest.fixture(autouse=True)
def meaning(monkeypatch: pytest.MonkeyPatch, vectors: object) -> None:
    known = [
        Wording("fee for a work permit", "ask_procedure/work_permit.fee", "en"),
        Wording("thuế suất phổ thông", "ask_incentive/CIT-STD-20", "vi"),
    ]
    library = Library(known, Meaning().embed([wording.text for wording in known]))
    monkeypatch.setattr(wordings, "library", lambda: library)
    monkeypatch.setattr(embedder, "shared", Meaning)


def _groups() -> list[inbox.Group]:
    return [inbox.show(group) for group in inbox.waiting()]


def test_often_asked_and_unsure_comes_first_and_groups_by_meaning(ask: Ask) -> None:
    ask("visa cho chuyên gia", confidence=0.5)
    ask("thuế nào áp dụng", confidence=0.3)
    ask("visa bao lâu có", confidence=0.4)
    ask("visa gấp thì sao", confidence=0.6)
    assert inbox.gather() == 4
    first, second = _groups()
    assert (first.count, second.count) == (3, 1)
    assert first.weight == pytest.approx(1.5)
    assert {each.turn.message.text.split()[0] for each in first.said} == {"visa"}
    assert first.suggestions[-1] == "ask_procedure/work_permit"
    assert inbox.gather() == 0


def test_a_message_that_was_but_personal_data_is_no_question(ask: Ask) -> None:
    ask("[pin]", confidence=0.3)
    ask("[phone], [email] ", confidence=0.3)
    ask("visa [pin]", confidence=0.3)
    assert inbox.gather() == 1


def test_the_same_words_are_shown_once_and_done_together(ask: Ask) -> None:
    ask("Visa cho chuyên gia")
    last, other = ask("visa cho chuyen gia"), ask("visa gấp")
    inbox.gather()
    (group,) = _groups()
    assert [(each.turn.pk, each.times) for each in group.said] == [(last.pk, 2), (other.pk, 1)]
    assert inbox.set_aside(group.id, inbox.alike(group.id, [last.pk])) == 2
    assert [each.turn.pk for each in _groups()[0].said] == [other.pk]


def test_what_was_taken_for_something_else_stands_apart(ask: Ask) -> None:
    ask("visa cho chuyên gia", record="work_permit")
    ask("visa cho người nhà", record="irc_issue")
    ask("visa cho ai", record=None, intent="nlu_fallback")
    inbox.gather()
    assert [group.count for group in _groups()] == [1, 1, 1]


def test_well_understood_questions_stay_away(ask: Ask) -> None:
    message = ask("visa cho chuyên gia", confidence=0.99)
    assert inbox.gather() == 0
    # Until somebody says that the answer was no good.
    rate(message.conversation_id, "vi", message.replies.get().pk, -1, "")
    assert inbox.gather() == 1
    assert _groups()[0].weight == pytest.approx(0.9)


def test_a_question_nobody_understood_weighs_much_whatever_its_confidence(ask: Ask) -> None:
    ask("hello goodbye hello", confidence=0.95, intent="nlu_fallback", record=None)
    inbox.gather()
    assert _groups()[0].weight == pytest.approx(0.8)


def test_a_refusal_is_looked_at_however_sure_it_was(ask: Ask) -> None:
    ask("visa cho chuyên gia", confidence=0.97, intent="off_topic", verdict="refuse", record=None)
    inbox.gather()
    assert _groups()[0].weight == pytest.approx(0.3)


def test_what_the_training_data_has_is_hidden_only_when_it_was_understood_so(ask: Ask) -> None:
    ask("fee for a work permit", aspect="fee")
    ask("thuế suất phổ thông", record="work_permit")
    inbox.gather()
    assert [group.said[0].turn.message.text for group in _groups()] == ["thuế suất phổ thông"]
    assert Utterance.objects.filter(known=True).count() == 1


def test_judged_and_set_aside_questions_are_done(ask: Ask, officer: Make) -> None:
    judged, other = ask("visa một"), ask("thuế hai")
    inbox.gather()
    Judgement.objects.create(message=judged, verdict=Verdict.RIGHT, by=officer(Role.REVIEWER))
    assert [group.said[0].turn.pk for group in _groups()] == [other.pk]
    assert inbox.set_aside(Utterance.objects.get(pk=other.pk).group_id) == 1
    assert _groups() == []


def test_an_erased_conversation_leaves_nothing(ask: Ask) -> None:
    message = ask("visa bí mật")
    inbox.gather()
    Conversation.objects.filter(pk=message.conversation_id).delete()
    inbox.gather()
    assert not Utterance.objects.exists()
    assert not UtteranceGroup.objects.exists()
