"""Diacritics put back from our own wording."""

from __future__ import annotations

from bot.assistant.nlu.restorer import Restorer

LEARNED = [
    "thuế thu nhập doanh nghiệp",
    "giấy phép lao động",
    "thẻ tạm trú",
    "giá thuê đất",
    "thuê đất ở đâu",
]


def test_pairs_decide_between_words() -> None:
    restorer = Restorer().fit(LEARNED)
    assert restorer.restore("thue dat") == "thuê đất"
    assert restorer.restore("thue thu nhap") == "thuế thu nhập"


def test_what_is_unknown_or_marked_stays() -> None:
    restorer = Restorer().fit(LEARNED)
    assert restorer.restore("IRC la gi, giay phep?") == "IRC la gi, giấy phép?"
    assert restorer.restore("thẻ tam tru") == "thẻ tạm trú"
    assert restorer.restore("") == ""


def test_it_comes_back_from_the_archive() -> None:
    restorer = Restorer().fit(LEARNED)
    again = Restorer.from_json(restorer.as_json())
    assert again.restore("gia thue dat") == restorer.restore("gia thue dat") == "giá thuê đất"
