from __future__ import annotations

import pytest

from bot.registry.search import find
from bot.registry.snapshot import Item


def _item(record_id: str, vi: str, en: str, *aliases: str, text: str = "") -> Item:
    return Item(
        {"id": record_id, "name": {"vi": vi, "en": en}, "aliases": list(aliases), "summary": {"en": text}}
    )


ITEMS = [
    _item("text", "Khu Đồ Sơn", "Do Son Park", text="Near Đình Vũ, investment welcome"),
    _item("alias", "Khu công nghiệp DEEP C 1", "DEEP C 1 Industrial Zone", "Đình Vũ"),
    _item("part", "Khu kinh tế Đình Vũ - Cát Hải", "Economic Zone of Dinh Vu"),
    _item("start", "Đình Vũ mở rộng", "Dinh Vu extension"),
    _item("name", "Đình Vũ", "Dinh Vu"),
    _item("student", "Ký túc xá", "Student home", text="Studien"),
]


@pytest.mark.parametrize("query", ["Đình Vũ", "dinh vu", "ĐÌNH  VŨ", "đinh vu"])
def test_names_come_before_aliases_before_text_whatever_the_diacritics(query: str) -> None:
    assert [item.id for item in find(query, ITEMS)] == ["name", "alias", "start", "part", "text"]


def test_every_word_must_occur() -> None:
    assert [item.id for item in find("dinh welcome", ITEMS)] == ["text"]
    assert find("dinh airport", ITEMS) == []


def test_words_are_found_from_their_beginning() -> None:
    assert [item.id for item in find("stud", ITEMS)] == ["student"]
    assert find("udien", ITEMS) == []


def test_nothing_asked_gives_all_in_their_order() -> None:
    assert find("  ", ITEMS) == ITEMS


def test_an_id_finds_its_record() -> None:
    assert next(item.id for item in find("alias", ITEMS)) == "alias"
