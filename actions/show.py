"""Showing a record that was asked for, or asking back which one is meant."""

from __future__ import annotations

from typing import Any

from actions import titles
from actions.answers import frame, lists, record
from actions.base import offer_person
from actions.reply import Reply, paragraphs
from actions.turn import Turn
from bot.common import names

MOST_CHOICES = 5


def asked(turn: Turn, kind: str) -> Reply:
    """The answer to an `ask_…` intent: the record, or a question which one when none was named."""
    if turn.record:
        return by_id(turn, turn.record, turn.kind or kind)
    return choices(turn) if turn.candidates else which(turn, kind)


def by_id(turn: Turn, identity: str, kind: str | None) -> Reply:
    """The record with this id; one that is no longer published is said to be gone."""
    found = turn.registry.find(identity, kind)
    if found is None:
        return offer_person(turn, turn.say("talk.gone"))
    reply = record.replies(turn, found, turn.aspects)
    if turn.foreign:
        reply.text = paragraphs(turn.say("talk.foreign.answered"), reply.text)
    return _with_the_other(turn, reply)


def _with_the_other(turn: Turn, reply: Reply) -> Reply:
    """The reply with a button, the first, for what the message asks of another record."""
    other = _published(turn, turn.beside) if turn.beside else None
    if other is None or turn.beside is None:
        return reply
    (step,) = titles.buttons([other], turn.language, turn.beside["aspect"])
    reply.text = paragraphs(reply.text, turn.say("talk.beside", name=step["title"]))
    reply.buttons = [step, *reply.buttons][: frame.MAX_NEXT_STEPS]
    return reply


def choices(turn: Turn) -> Reply:
    """A question with a button for each candidate."""
    found = [_published(turn, candidate) for candidate in turn.candidates[:MOST_CHOICES]]
    records = [item for item in found if item]
    if not records:
        return which(turn, turn.kind)
    return Reply(
        turn.say("talk.ambiguous"),
        buttons=titles.buttons(records, turn.language, turn.decision.get("aspect")),
        slots={
            names.OFFERED_SLOT: [item["id"] for item in records],
            names.ASPECT_SLOT: turn.decision.get("aspect"),
            names.PAGE_SLOT: None,
        },
    )


def which(turn: Turn, kind: str | None) -> Reply:
    """A question which record of a kind is meant."""
    if kind == names.PROCEDURE:
        return lists.procedure_menu(turn, turn.say("list.procedures.ask"))
    if kind == names.INCENTIVE:
        return Reply(turn.say("list.incentives.ask"), buttons=lists.incentive_groups(turn))
    if kind == names.ZONE:
        return Reply(turn.say("list.zones.ask"), buttons=[lists.all_zones(turn)])
    return Reply(turn.say("talk.unknown"), buttons=lists.topics(turn))


def _published(turn: Turn, candidate: Any) -> dict[str, Any] | None:
    return turn.registry.glance(candidate["record"]) or turn.registry.find(
        candidate["record"], candidate.get("kind")
    )
