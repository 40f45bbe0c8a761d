"""Lists of procedures and incentives, and what all lists share: eight at a time, then "show all"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from actions import titles, wording
from actions.answers import frame, incentive, procedure
from actions.answers.frame import Record
from actions.reply import Button, Reply, bullets, button, paragraphs
from actions.turn import Turn
from bot.common import names

SHORT = 8
# So few that each has a button of its own.
FEW = 4

Detail = Callable[[Turn, Record], str | None]


def procedures(turn: Turn) -> Reply:
    """The procedures of a field, or the fields to choose from."""
    field = turn.filters.get("field")
    if not field:
        return procedure_menu(turn)
    found = [item for item in turn.registry.records(names.PROCEDURE) if item["field"] == field]
    if not found:
        return procedure_menu(turn)
    lead = turn.say.count("list.procedures", len(found), count=len(found))
    page = {"intent": "list_procedures", "filters": {"field": field}}
    return listing(turn, found, lead, page, procedure.time_in_short)


def procedure_menu(turn: Turn, lead: str | None = None) -> Reply:
    """The fields with a button each, those with most procedures first."""
    counts = Counter(item["field"] for item in turn.registry.records(names.PROCEDURE))
    buttons = [
        button(f"{turn.say(f'list.field.{field}')} ({count})", "list_procedures", field=field)
        for field, count in counts.most_common()
    ]
    text = lead or turn.say("list.procedures.menu", count=sum(counts.values()))
    return Reply(text, buttons=buttons, slots={names.OFFERED_SLOT: [], names.PAGE_SLOT: None})


def incentives(turn: Turn) -> Reply:
    """The incentives of a tax, or what each location brings with the groups to choose from."""
    everything = turn.registry.records(names.INCENTIVE)
    tax = turn.filters.get("tax")
    found = [item for item in everything if item["tax"] == tax]
    if found:
        lead = turn.say.count(
            "list.incentives", len(found), count=len(found), group=turn.say(f"list.tax.{tax}")
        )
        page = {"intent": "list_incentives", "filters": {"tax": tax}}
        return listing(turn, found, lead, page, _levels)
    featured = _featured(everything)
    lines = [
        turn.say("list.item", name=item["name"][turn.language], detail=item["summary"][turn.language])
        for item in featured
    ]
    text = paragraphs(
        f"{turn.say('list.incentives.menu', count=len(everything))}\n{bullets(lines)}",
        turn.say("list.incentives.groups"),
    )
    return Reply(
        text,
        buttons=incentive_groups(turn, everything),
        sources=frame.sources(turn, *featured),
        slots={names.OFFERED_SLOT: [item["id"] for item in featured], names.PAGE_SLOT: None},
    )


def incentive_groups(turn: Turn, everything: Sequence[Record] | None = None) -> list[Button]:
    """A button for each tax or area, those with most entries first."""
    records = turn.registry.records(names.INCENTIVE) if everything is None else everything
    counts = Counter(item["tax"] for item in records)
    return [
        button(f"{turn.say(f'list.tax.{tax}')} ({count})", "list_incentives", tax=tax)
        for tax, count in counts.most_common(SHORT)
    ]


def all_zones(turn: Turn) -> Button:
    """The button to the list of all zones."""
    return button(turn.say("button.zones"), "list_zones")


def topics(turn: Turn) -> list[Button]:
    """The three topics one can begin with."""
    return [
        button(turn.say("button.procedures"), "list_procedures"),
        all_zones(turn),
        button(turn.say("button.incentives_list"), "list_incentives"),
    ]


def listing(
    turn: Turn,
    records: Sequence[Record],
    lead: str,
    page: Mapping[str, Any],
    detail: Detail,
    after: str | None = None,
) -> Reply:
    """The first eight records with the button "show all", or all of them when that is asked for.

    `page` holds intent and filters, so that "show more" can ask for the same list again.
    """
    # A ninth record alone is shorter than the button for it.
    everything = turn.filters.get("all") or len(records) <= SHORT + 1
    shown = records if everything else records[:SHORT]
    rest = len(records) - len(shown)
    buttons = titles.buttons(shown, turn.language) if len(records) <= FEW else []
    if rest:
        title = turn.say("button.show_all", count=len(records))
        buttons = [button(title, str(page["intent"]), **page["filters"], all=True)]
    text = paragraphs(
        f"{lead}\n{bullets([_line(turn, item, detail) for item in shown])}",
        turn.say("list.rest", count=rest) if rest else None,
        after,
        _unconfirmed(turn, shown),
        turn.say("list.dates"),
    )
    return Reply(
        text,
        buttons=buttons,
        sources=frame.main_sources(turn, shown),
        slots={
            names.OFFERED_SLOT: [item["id"] for item in shown],
            names.PAGE_SLOT: page if rest else None,
        },
    )


def _unconfirmed(turn: Turn, shown: Sequence[Record]) -> str | None:
    """That what is listed, or a part of it, is not yet confirmed."""
    open_ones = [item for item in shown if item["status"] == "unconfirmed"]
    if not open_ones:
        return None
    return turn.say("list.unconfirmed" if len(open_ones) == len(shown) else "list.partly_unconfirmed")


def _line(turn: Turn, record: Record, detail: Detail) -> str:
    value = detail(turn, record)
    name = record["name"][turn.language]
    return turn.say("list.item", name=name, detail=value) if value else f"**{name}**"


def _levels(turn: Turn, record: Record) -> str | None:
    return "; ".join(f"{label}: {value}" for label, value in incentive.figures(turn, record)) or None


def _featured(records: Sequence[Record]) -> list[Record]:
    ids = wording.table("featured")["incentives"]
    by_id = {item["id"]: item for item in records}
    return [by_id[record] for record in ids if record in by_id]
