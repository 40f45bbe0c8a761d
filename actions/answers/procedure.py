"""Answers about a procedure, an aspect at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actions.answers import frame
from actions.answers.frame import Record
from actions.reply import Button, Reply, bullets, card, numbered, paragraphs, select
from actions.turn import Turn
from bot.common import formats
from bot.common.text import fold

# The next questions after each aspect.
_NEXT = {
    "overview": ("steps", "documents", "legal"),
    "steps": ("documents", "time", "fee"),
    "documents": ("steps", "time", "fee"),
    "time": ("documents", "fee", "steps"),
    "fee": ("time", "documents", "online"),
    "authority": ("where", "documents", "time"),
    "where": ("documents", "online", "time"),
    "legal": ("documents", "steps", "time"),
    "result": ("time", "documents", "conditions"),
    "conditions": ("documents", "steps", "time"),
    "online": ("documents", "fee", "time"),
    "code": ("overview", "documents", "online"),
}


def reply(turn: Turn, record: Record, aspect: str) -> Reply:
    """The answer to one aspect of a procedure; an aspect procedures do not have gives the overview."""
    if aspect not in _PARTS:
        aspect = "overview"
    parts = _PARTS[aspect](turn, record)
    blocks = [_card(turn, record)] if aspect == "overview" else []
    return frame.answer(turn, record, aspect, *parts, buttons=_buttons(turn, record, aspect), blocks=blocks)


def duration(turn: Turn, value: float, unit: str) -> str:
    """'10 working days', '10 ngày làm việc'; calendar days are plain days."""
    return turn.say.count(f"answer.time.{unit}", value, count=formats.number(value, turn.language))


def time_in_short(turn: Turn, record: Record) -> str:
    """The time in a few words."""
    time = record["time"]
    if time["value"] is not None:
        return duration(turn, time["value"], time["unit"])
    return turn.say("answer.short.by_case" if time["variants"] else "answer.short.unknown")


def fee_in_short(turn: Turn, record: Record) -> str:
    """The fee in a few words."""
    fee = record["fee"]
    amount = _amount(turn, fee)
    if amount:
        return amount
    return turn.say("answer.short.by_case" if fee["variants"] else "answer.short.unknown")


def _overview(turn: Turn, record: Record) -> list[str | None]:
    lead = turn.say(
        "procedure.overview",
        name=_name(turn, record),
        applicants=record["applicants"][turn.language],
        result=record["result"][turn.language],
        time=time_in_short(turn, record),
        fee=fee_in_short(turn, record),
        authority=record["authority"][turn.language],
    )
    return [lead, _notes(turn, record, "overview")]


def _steps(turn: Turn, record: Record) -> list[str | None]:
    steps = record["steps"][turn.language]
    if not steps:
        return _nothing(turn, record, "steps")
    lead = turn.say.count("procedure.steps", len(steps), count=len(steps), name=_name(turn, record))
    return [f"{lead}\n{numbered(steps)}", _notes(turn, record, "steps")]


def _documents(turn: Turn, record: Record) -> list[str | None]:
    documents = record["documents"][turn.language]
    if not documents:
        return _nothing(turn, record, "documents")
    lead = turn.say.count(
        "procedure.documents", len(documents), count=len(documents), name=_name(turn, record)
    )
    return [f"{lead}\n{bullets(documents)}", _notes(turn, record, "documents")]


def _time(turn: Turn, record: Record) -> list[str | None]:
    time = record["time"]
    value = None if time["value"] is None else duration(turn, time["value"], time["unit"])
    cases = [
        _case(turn, variant, duration(turn, variant["value"], variant["unit"]))
        for variant in time["variants"]
    ]
    lead = _lead(turn, record, "time", value, cases)
    return [lead, _notes(turn, record, "time")] if lead else _nothing(turn, record, "time")


def _fee(turn: Turn, record: Record) -> list[str | None]:
    fee = record["fee"]
    note = (fee["note"] or {}).get(turn.language)
    cases = [_case(turn, variant, _variant_amount(turn, variant)) for variant in fee["variants"]]
    lead = _lead(turn, record, "fee", _amount(turn, fee), cases)
    if lead:
        return [lead, note]
    if note:
        return [
            turn.say("procedure.fee.no_figure", name=_name(turn, record)),
            note,
            _ask_authority(turn, record),
        ]
    return _nothing(turn, record, "fee")


def _lead(turn: Turn, record: Record, aspect: str, value: str | None, cases: list[str]) -> str | None:
    """The value, the cases it depends on, or both; None when neither is known."""
    name = _name(turn, record)
    if not cases:
        return turn.say(f"procedure.{aspect}", name=name, value=value) if value else None
    if value is None:
        return f"{turn.say(f'procedure.{aspect}.by_case', name=name)}\n{bullets(cases)}"
    return f"{turn.say(f'procedure.{aspect}.with_cases', name=name, value=value)}\n{bullets(cases)}"


def _authority(turn: Turn, record: Record) -> list[str | None]:
    lead = turn.say(
        "procedure.authority", name=_name(turn, record), authority=record["authority"][turn.language]
    )
    return [lead, _notes(turn, record, "authority")]


def _where(turn: Turn, record: Record) -> list[str | None]:
    lead = turn.say("procedure.where", name=_name(turn, record), authority=record["authority"][turn.language])
    pairs = zip(record["steps"]["vi"], record["steps"][turn.language], strict=True)
    filing = [text for vietnamese, text in pairs if fold(vietnamese).startswith("nop ")]
    how = turn.say("procedure.where.step", steps="; ".join(filing)) if filing else None
    return [lead, how, _portal(turn, record), _notes(turn, record, "where")]


def _legal(turn: Turn, record: Record) -> list[str | None]:
    basis = [text[turn.language] for text in record["legal_basis"]]
    if not basis:
        return _nothing(turn, record, "legal")
    since = record["effective_from"]
    applies = turn.say("procedure.effective", date=formats.day(since, turn.language)) if since else None
    return [f"{turn.say('procedure.legal', name=_name(turn, record))}\n{bullets(basis)}", applies]


def _result(turn: Turn, record: Record) -> list[str | None]:
    lead = turn.say("procedure.result", name=_name(turn, record), result=record["result"][turn.language])
    return [lead, _notes(turn, record, "result")]


def _conditions(turn: Turn, record: Record) -> list[str | None]:
    applicants = record["applicants"][turn.language]
    lead = turn.say("procedure.conditions", name=_name(turn, record), applicants=applicants)
    notes = (record["notes"] or {}).get(turn.language)
    if notes:
        return [lead, notes]
    # Whether and by when something must be done is told by the steps.
    return [lead, turn.say("procedure.conditions.none"), *_steps(turn, record)]


def _online(turn: Turn, record: Record) -> list[str | None]:
    online = record["online"]
    if not online["level"]:
        return [turn.say("procedure.online.unknown", name=_name(turn, record)), _ask_authority(turn, record)]
    lead = turn.say(f"procedure.online.{online['level']}", name=_name(turn, record))
    return [lead, _portal(turn, record), _notes(turn, record, "online")]


def _code(turn: Turn, record: Record) -> list[str | None]:
    if not record["code"]:
        return [turn.say("procedure.code.none", name=_name(turn, record)), _notes(turn, record, "code")]
    lead = turn.say("procedure.code", name=_name(turn, record), code=record["code"])
    related = ", ".join(record["related_codes"])
    return [lead, turn.say("procedure.code.related", codes=related) if related else None]


_PARTS: Mapping[str, Callable[[Turn, Record], list[str | None]]] = {
    "overview": _overview,
    "steps": _steps,
    "documents": _documents,
    "time": _time,
    "fee": _fee,
    "authority": _authority,
    "where": _where,
    "legal": _legal,
    "result": _result,
    "conditions": _conditions,
    "online": _online,
    "code": _code,
}


def _nothing(turn: Turn, record: Record, aspect: str) -> list[str | None]:
    """No figure: say so, what is known instead, whom to ask."""
    lead = turn.say(f"procedure.{aspect}.none", name=_name(turn, record))
    notes = (record["notes"] or {}).get(turn.language)
    return [lead, notes, paragraphs(_ask_authority(turn, record), _portal(turn, record))]


def _ask_authority(turn: Turn, record: Record) -> str:
    return turn.say("procedure.ask", authority=record["authority"][turn.language])


def _portal(turn: Turn, record: Record) -> str | None:
    url = record["online"]["url"]
    return turn.say("procedure.portal", url=url) if url else None


def _notes(turn: Turn, record: Record, aspect: str) -> str | None:
    notes = record["notes"]
    if not notes or not frame.matters("procedure_note", notes["vi"], aspect):
        return None
    text: str = notes[turn.language]
    return text


def _case(turn: Turn, variant: Mapping[str, Any], value: str) -> str:
    line = turn.say("answer.case", case=variant["case"][turn.language], value=value)
    note = (variant.get("note") or {}).get(turn.language)
    return f"{line} ({note.rstrip('.')})" if note else line


def _amount(turn: Turn, fee: Mapping[str, Any]) -> str | None:
    """'VND 0 (free)', 'VND 100,000', 'USD 145'; None when no amount is recorded."""
    if fee["vnd"] == 0:
        return turn.say("answer.free")
    if fee["vnd"] is not None:
        return formats.dong(fee["vnd"], turn.language)
    if fee["usd"] is not None:
        return formats.dollars(fee["usd"], turn.language)
    return None


def _variant_amount(turn: Turn, variant: Mapping[str, Any]) -> str:
    text = (variant.get("text") or {}).get(turn.language)
    return text or _amount(turn, variant) or turn.say("answer.short.unknown")


def _card(turn: Turn, record: Record) -> dict[str, Any]:
    rows = [
        ("time", time_in_short(turn, record)),
        ("fee", fee_in_short(turn, record)),
        ("authority", record["authority"][turn.language]),
        ("code", record["code"]),
    ]
    return card(
        record["name"][turn.language],
        [(turn.say(f"row.{label}"), value) for label, value in rows if value],
    )


def _buttons(turn: Turn, record: Record, aspect: str) -> list[Button]:
    return [select(turn.say(f"button.{step}"), record, step) for step in _NEXT[aspect]]


def _name(turn: Turn, record: Record) -> str:
    name: str = record["name"][turn.language]
    return name
