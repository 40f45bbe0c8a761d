"""The coverage run asks for everything and sees what an answer lacks."""

from __future__ import annotations

from typing import Any

from bot.common.names import ASPECTS, FAQ, PROCEDURE, STATISTIC, ZONE
from tests.quality import coverage
from tests.quality.coverage import Check, Miss
from tests.quality.expected import expected, records

CHECK = Check("zone", "ip-do-son", "rent", "en", "What is the rent?", ("85–97",), has_value=True)


def answer(record: str, text: str) -> list[dict[str, Any]]:
    return [{"text": text, "sources": [{"record": record}]}]


def test_every_aspect_of_every_record_is_asked_in_both_languages() -> None:
    found = list(coverage.checks())
    wanted = 2 * (
        sum(len(ASPECTS[kind]) * len(records(kind)) for kind in ASPECTS)
        + len(records(FAQ))
        + len(records(STATISTIC))
    )
    assert len({(check.record, check.aspect, check.language) for check in found}) == len(found) == wanted
    assert all(check.strings and all(check.strings) for check in found)


def test_strings_are_the_records_values_or_the_honest_sentence() -> None:
    zone = next(record for record in records(ZONE) if record["id"] == "ez-dinh-vu-cat-hai")
    assert expected(ZONE, zone, "area", "vi") == (["22.540 ha"], True)
    assert expected(ZONE, zone, "area", "en") == (["22,540 ha"], True)
    sentence = (
        "There is no published figure or information on the rent of land or factories of "
        "**Dinh Vu - Cat Hai Economic Zone**."
    )
    strings, has_value = expected(ZONE, zone, "rent", "en")
    assert not has_value
    assert strings[0] == sentence
    # What is known instead, and whom to ask.
    assert strings[1:] == ["operating", "Hai Phong Economic Zone Authority (HEZA)"]
    permit = next(record for record in records(PROCEDURE) if record["id"] == "work_permit")
    assert "10" in expected(PROCEDURE, permit, "time", "en")[0]
    assert "450.000 đồng" in expected(PROCEDURE, permit, "fee", "vi")[0]


def test_an_answer_that_lacks_the_value_is_a_miss() -> None:
    assert coverage.lacks(CHECK, answer("ip-do-son", "Rent: **USD 85–97**/m².")) is None
    assert coverage.lacks(CHECK, answer("ip-do-son", "Rent: **USD 90**/m².")) == "85–97"
    assert coverage.lacks(CHECK, answer("ip-dai-an", "USD 85–97")) == "answered with ip-dai-an"
    assert coverage.lacks(CHECK, [{"text": "Which park?", "sources": []}]) == "not answered with a record"


def test_the_report_lists_misses_and_shares() -> None:
    other = Check("zone", "ip-do-son", "contact", "vi", "Điện thoại?", ("Chưa có",), has_value=False)
    misses = [Miss(CHECK, "85–97")]
    text = coverage.report([CHECK, other], misses)
    assert "| zone | en | 0.0 % of 1 | – |" in text
    assert "| all | both | 0.0 % of 1 | 100.0 % of 1 |" in text
    assert text.count("| record | aspect |") == 1
    assert "| ip-do-son | rent | en | 85–97 |" in text
    assert "| contact | 1 | 0 |" in text
    assert "None." in coverage.report([CHECK], [])
    assert coverage.measured([CHECK, other], misses) == {
        "value_in_answer": 0.0,
        "null_answered_honestly": 100.0,
    }
