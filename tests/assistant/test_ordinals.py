"""Numbers as words: of parks, of their phases, of what was offered."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.ordinals import EXPANSION, chosen, digits, in_place, part_in

OFFERED = ["ip-deep-c-1", "ip-deep-c-2", "ip-deep-c-3"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("deep c two", "deep c 2"),
        ("deep c hai", "deep c 2"),
        ("vsip hai phong", "vsip hai phong"),
        ("binh giang nam 2024", "binh giang nam 2024"),
        ("deep c iii", "deep c 3"),
    ],
)
def test_number_words_of_names(typed: str, read: str) -> None:
    assert " ".join(digits(typed.split())) == read


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("còn giai đoạn 2?", "2"),
        ("and phase three", "3"),
        ("the second phase of the park", "2"),
        ("phần mở rộng rộng bao nhiêu", EXPANSION),
        ("the expanded park", EXPANSION),
        ("number 3, is it built?", "3"),
        ("second park is for what", "2"),
        ("ph. 2 - total ha?", "2"),
        ("the third _ park, how large", "3"),
        ("rent at _'s second site", "2"),
        ("_ the second time", None),
        ("_ 2 giá thuê", "2"),
        ("rent in _ one, per m2", "1"),
        ("the _ one, please", None),
        ("rent at _ 3?", "3"),
        ("giá _ 2 năm nữa", None),
        ("_ 2.5 ha", None),
        ("_ 3 plots", None),
        ("_, the original, not the extension", None),
        ("_ khu cũ chứ không phải phần mở rộng", None),
        ("diện tích bao nhiêu", None),
    ],
)
def test_the_part_spoken_of(text: str, part: str | None) -> None:
    assert part_in(text) == part


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("the second one", "ip-deep-c-2"),
        ("2", "ip-deep-c-2"),
        ("cái thứ hai", "ip-deep-c-2"),
        ("cái đầu tiên nhé", "ip-deep-c-1"),
        ("the last one please", "ip-deep-c-3"),
        ("khu thứ hai ở đâu?", "ip-deep-c-2"),
        ("where is the third park", "ip-deep-c-3"),
        ("the second phase of the park", None),
        ("number 5", None),
        ("hai giấy phép", None),
    ],
)
def test_a_choice_by_place(text: str, record: str | None) -> None:
    assert chosen(text, OFFERED) == record


def test_without_an_offer_a_number_is_no_choice() -> None:
    assert chosen("2", []) is None


def test_one_of_two_spoken_of_is_meant_by_its_place() -> None:
    assert in_place("Who are the tenants of the first one?", ["a", "b"]) == "a"
    assert in_place("khu đầu tiên còn đất không", ["a", "b"]) == "a"
    assert in_place("khu cuối cùng ở đâu", ["a", "b"]) == "b"
    assert in_place("second one, is it in the free trade zone?", ["a", "b"]) == "b"
    assert in_place("and the first?", ["a", "b"]) == "a"
    assert in_place("the first phase", ["a", "b"]) is None
    assert in_place("every second park", ["a", "b"]) is None
    assert in_place("the first one", ["a"]) is None
    assert in_place("2", ["a", "b"]) is None
