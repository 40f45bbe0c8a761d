"""Parks meant by a company in them, or by the one that built them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.gazetteer import Gazetteer
from bot.assistant.nlu.known_by import DEVELOPER, TENANT, KnownBy
from tests.assistant.tiny import RECORDS

_NAMES = {
    "ip-nomura": (("Kyocera", "LG"), ("PC1",)),
    "ip-deep-c-1": (("Bridgestone",), ("Rent-A-Port",)),
    "ip-deep-c-2": ((), ("Rent-A-Port",)),
}
HAVING = [
    replace(record, tenants=_NAMES[record.id][0], developers=_NAMES[record.id][1])
    if record.id in _NAMES
    else record
    for record in RECORDS
]


@pytest.fixture(scope="module")
def known() -> KnownBy:
    return KnownBy.of(HAVING, Gazetteer(name for record in RECORDS for name in record.names()))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("the one where LG is, how far?", "Nomura, how far?"),
        ("same park as Kyocera, fee?", "Nomura, fee?"),
        ("the park that has LG", "Nomura"),
        ("Kyocera's park, vacant land?", "Nomura, vacant land?"),
        ("LG park", "Nomura"),
        ("rent in the park LG is in", "rent in Nomura"),
        ("KCN của PC1 rộng bao nhiêu", "Nomura rộng bao nhiêu"),
        ("kcn co nha may LG gia thue sao", "Nomura gia thue sao"),
        ("khu LG đang thuê còn đất không", "Nomura còn đất không"),
        ("Bridgestone's park and the park of LG", "KCN Đình Vũ and Nomura"),
    ],
)
def test_a_company_stands_for_its_park(known: KnownBy, text: str, written: str) -> None:
    assert known.written_out(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "how much has LG invested",
        "which park has LG",
        "KCN nào có LG",
        "LG đầu tư bao nhiêu",
        # Two parks are of that company: the name stays.
        "kcn cua Rent-A-Port",
        "the site of Foxconn",
    ],
)
def test_the_company_itself_stays(known: KnownBy, text: str) -> None:
    assert known.written_out(text) == text


def test_the_parks_of_companies_by_their_part(known: KnownBy) -> None:
    assert known.companies("where is Kyocera") == {TENANT: ("ip-nomura",)}
    assert known.companies("parks of Rent-A-Port") == {DEVELOPER: ("ip-deep-c-1", "ip-deep-c-2")}
    assert known.companies("work permit") == {}
