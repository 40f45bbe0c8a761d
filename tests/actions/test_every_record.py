"""Every record, every aspect, both languages: an answer with its value, its source and no hole in it."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from actions.answers import record
from actions.reply import Reply
from bot.common import formats, names
from tests.actions.conftest import MakeTurn
from tests.actions.registry_server import seeded
from tests.quality import expected as quality

HOLE = re.compile(r"\bNone\b|\{|\}|\[\]")
LANGUAGES = ("vi", "en")


def answers(make_turn: MakeTurn, kind: str) -> list[tuple[dict[str, Any], str, str, Reply]]:
    return [
        (item, aspect, language, record.reply(make_turn(language), item, aspect))
        for item in seeded()[kind]
        for aspect in names.ASPECTS.get(kind, (names.OVERVIEW,))
        for language in LANGUAGES
    ]


@pytest.mark.parametrize("kind", names.KINDS)
def test_answers_are_whole_dated_and_sourced(make_turn: MakeTurn, kind: str) -> None:
    for item, aspect, language, reply in answers(make_turn, kind):
        where = (item["id"], aspect, language)
        assert reply.text, where
        assert not HOLE.search(reply.text), (where, reply.text)
        assert formats.day(item["as_of"], language) in reply.text, where
        assert item["id"] in {source["record"] for source in reply.sources}, where
        assert all(source["title"] and source["as_of"] and source["status"] for source in reply.sources), (
            where
        )
        assert len(reply.buttons) <= 3, where
        assert all(button["title"] and button["payload"].startswith("/") for button in reply.buttons), where
        assert reply.slots[names.RECORD_SLOT] == item["id"], where
        assert reply.text.count("**") % 2 == 0, (where, reply.text)


@pytest.mark.parametrize("kind", names.KINDS)
def test_low_confidence_is_said_first(make_turn: MakeTurn, kind: str) -> None:
    for item, aspect, language, reply in answers(make_turn, kind):
        hedge = make_turn(language).say("answer.label.low")
        assert reply.text.startswith(hedge) == (item["confidence"] == "low"), (item["id"], aspect)


def expected(item: dict[str, Any], language: str) -> dict[str, list[str]]:
    """What the answer about each aspect of a procedure must hold."""
    times = [item["time"], *item["time"]["variants"]]
    fees = [item["fee"], *item["fee"]["variants"]]
    return {
        "steps": item["steps"][language],
        "documents": item["documents"][language],
        "authority": [item["authority"][language]],
        "result": [item["result"][language]],
        "legal": [basis[language] for basis in item["legal_basis"]],
        "code": [item["code"]] if item["code"] else [],
        "time": [formats.number(time["value"], language) for time in times if time["value"] is not None],
        "fee": [formats.number(fee["vnd"], language) for fee in fees if fee["vnd"] is not None],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_procedures_give_the_value_asked_for(make_turn: MakeTurn, language: str) -> None:
    for item in seeded()[names.PROCEDURE]:
        for aspect, values in expected(item, language).items():
            text = record.reply(make_turn(language), item, aspect).text
            assert all(value in text for value in values), (item["id"], aspect)


@pytest.mark.parametrize("language", LANGUAGES)
def test_working_days_are_called_working_days(make_turn: MakeTurn, language: str) -> None:
    words = {"vi": "ngày làm việc", "en": "working day"}[language]
    for item in seeded()[names.PROCEDURE]:
        times = [item["time"], *item["time"]["variants"]]
        if any(time["unit"] == "working" for time in times):
            assert words in record.reply(make_turn(language), item, "time").text, item["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_zones_say_honestly_that_there_is_no_figure(make_turn: MakeTurn, language: str) -> None:
    """Every aspect without a value: that nothing is published, what is known instead, whom to ask."""
    items = {item["id"]: item for item in seeded()[names.ZONE]}
    checked = 0
    for zone, aspect in itertools.product(quality.records(names.ZONE), names.ZONE_ASPECTS):
        strings, has_value = quality.expected(names.ZONE, zone, aspect, language)
        if has_value:
            continue
        reply = record.reply(make_turn(language), items[zone["id"]], aspect)
        missing = [string for string in strings if string not in reply.text]
        assert not missing, (zone["id"], aspect, missing)
        assert reply.text.startswith((strings[0], make_turn(language).say("answer.label.low")))
        *further, person = [button["payload"] for button in reply.buttons]
        assert person == "/request_human"
        asked = [re.findall(r'"aspect":"(\w+)"', payload) for payload in further]
        assert all(quality.expected(names.ZONE, zone, found[0], language)[1] for found in asked if found)
        checked += 1
    assert checked > 600


@pytest.mark.parametrize("language", LANGUAGES)
def test_zones_give_the_value_asked_for(make_turn: MakeTurn, language: str) -> None:
    for item in seeded()[names.ZONE]:

        def text(aspect: str, item: dict[str, Any] = item) -> str:
            return record.reply(make_turn(language), item, aspect).text

        if item["total_area_ha"] is not None:
            assert formats.area(item["total_area_ha"], language) in text("area")
        if item["occupancy_pct"] is not None:
            assert formats.percent(item["occupancy_pct"], language) in text("occupancy")
        if item["developer"]:
            assert item["developer"][language] in text("developer")
        if item["land_rent"]:
            assert formats.number(item["land_rent"]["max"], language) in text("rent")
            assert formats.day(item["land_rent"]["as_of"], language) in text("rent")
        for sector in item["target_sectors"][language]:
            assert sector in text("sectors")
        assert item["location"][language] in text("location")


@pytest.mark.parametrize("language", LANGUAGES)
def test_disputed_figures_are_named(make_turn: MakeTurn, language: str) -> None:
    disputed = [item for item in seeded()[names.STATISTIC] if item["disputed"]]
    assert disputed
    for item in disputed:
        assert item["disputed"][language] in record.reply(make_turn(language), item, "overview").text
    conflicting = [item for item in seeded()[names.ZONE] if item["conflicts"]["vi"]]
    for item in conflicting:
        shown = "\n".join(
            record.reply(make_turn(language), item, aspect).text for aspect in names.ZONE_ASPECTS
        )
        for line in item["conflicts"][language]:
            assert line in shown, item["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_caveat_reaches_the_reader_somewhere(make_turn: MakeTurn, language: str) -> None:
    for kind in names.KINDS:
        for item in seeded()[kind]:
            aspects = names.ASPECTS.get(kind, (names.OVERVIEW,))
            shown = "\n".join(record.reply(make_turn(language), item, aspect).text for aspect in aspects)
            for line in item["caveats"][language]:
                assert line in shown, (item["id"], line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newer_figure_stands_beside_the_old_one(make_turn: MakeTurn, language: str) -> None:
    by_id = {item["id"]: item for item in seeded()[names.STATISTIC]}
    old = [item for item in by_id.values() if item["newer"]]
    assert old
    for item in old:
        reply = record.reply(make_turn(language), item, "overview")
        assert by_id[item["newer"]]["statement"][language] in reply.text
        assert {item["id"], item["newer"]} <= {source["record"] for source in reply.sources}
