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


def test_typing_errors_are_undone() -> None:
    english = Restorer().fit(["how long does a building permit take", "building permit fee"] * 2)
    assert english.restore("bulding permti fee") == "building permit fee"
    assert english.restore("boviet permit") == "boviet permit"
    assert Restorer().fit(LEARNED * 2).restore("giấy phep lao đông") == "giấy phép lao động"


def test_only_slips_of_the_fingers_are_undone() -> None:
    restorer = Restorer().fit(["how long is it closed", "how long is it closed", "the form", "the form"])
    assert restorer.restore("hwo long") == "how long"
    assert restorer.restore("documents enclosed") == "documents enclosed"
    assert restorer.restore("hew") == "hew"


def test_words_that_bear_their_marks_are_no_others() -> None:
    vietnamese = Restorer().fit([*["thời hạn giấy phép"] * 9, "thôi không làm", "nghỉ hẳn"])
    assert vietnamese.restore("thôi hẳn") == "thôi hẳn"
    assert vietnamese.restore("thoi han") == "thời hạn"
    english = Restorer().fit(["the residence card"] * 3)
    assert english.restore("we need thẻ tạm trú") == "we need thẻ tạm trú"
