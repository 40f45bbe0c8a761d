"""Which incentives a zone's place brings: the area class routes, the incentive records give the words."""

from __future__ import annotations

from typing import Any

from actions import wording
from actions.answers import frame
from actions.answers.frame import Record
from actions.reply import Button, Reply, bullets
from actions.turn import Turn
from bot.common import names


def reply(turn: Turn, record: Record, buttons: list[Button]) -> Reply:
    """The main incentives of the zone's area class, with the sources of zone and incentives."""
    name, area_class = record["name"][turn.language], record["area_class"]
    rules = rules_of(turn, area_class)
    lines = [rule["summary"][turn.language] for rule in rules]
    answer = frame.answer(
        turn,
        record,
        "incentives",
        f"{turn.say(f'zone.incentives.{area_class}', name=name)}\n{bullets(lines)}",
        turn.say("zone.incentives.check"),
        buttons=buttons,
    )
    answer.sources += frame.sources(turn, *rules)
    return answer


def rules_of(turn: Turn, area_class: str) -> list[dict[str, Any]]:
    """The main incentive records of an area class, as data/responses/featured.yml lists them."""
    ids = wording.table("featured")["area_classes"].get(area_class, ())
    return [found for rule in ids if (found := turn.registry.find(rule, names.INCENTIVE))]
