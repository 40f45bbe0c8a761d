"""One writing of what people type."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.normaliser import expand, normalise

WORDS = frozenset(["giấy", "phép", "đầu", "tư", "đất", "hòa", "thúy", "không", "được", "quỹ"])


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hoà bình", "hòa bình"),
        ("thuý", "thúy"),
        ("quý I", "quý I"),
        ("khooong", "khong"),
        ("giaasy pheps", "giấy phép"),
        ("dda61t", "dda61t"),
        ("d9a61t", "đất"),
        ("dduwowcj", "được"),
        (" của nó ", " của nó "),
        ("IRC", "IRC"),
        ("b4 getting it", "b4 getting it"),
        ("5000 m2, 100000 đồng", "5000 m2, 100000 đồng"),
    ],
)
def test_it_is_written_in_one_way(typed: str, written: str) -> None:
    assert normalise(typed, WORDS) == written


def test_english_shorthand_is_no_telex_leftover() -> None:
    known = WORDS | {"hớ", "sớ"}
    assert normalise("hows that", known) == "hows that"
    assert normalise("sows", known) == "sớ"


@pytest.mark.parametrize(
    ("typed", "language", "written"),
    [
        ("phí bn", "vi", "phí bao nhiêu"),
        ("vốn 5 bn usd", "vi", "vốn 5 bn usd"),
        ("KCN nào", "vi", "khu công nghiệp nào"),
        ("cần gì ko", "vi", "cần gì không"),
        ("đc k", "vi", "được không"),
        ("pls send docs", "en", "please send documents"),
        ("có bạn nào", "vi", "có bạn nào"),
        ("96/2026/NĐ-CP", "vi", "96/2026/NĐ-CP"),
        ("C/O", "vi", "C/O"),
        ("e-visa", "vi", "e-visa"),
        ("xin GPLĐ cho LĐ NN", "vi", "xin giấy phép lao động cho lao động nước ngoài"),
        ("ĐT vào đâu, dt bao nhiêu", "vi", "đầu tư vào đâu, diện tích bao nhiêu"),
        ("đã nộp da", "vi", "đã nộp da"),
        ("năm 2024 đc bn", "vi", "năm 2024 được bao nhiêu"),
        ("làm TRC trc", "vi", "làm thẻ tạm trú trước"),
        ("R&D costs r high", "en", "R&D costs are high"),
        ("b4 the start", "en", "before the start"),
        ("mất mấy ngày", "vi", "bao nhiêu ngày"),
        ("mat may ngay", "vi", "bao nhiêu ngày"),
        ("làm mất giấy phép", "vi", "làm mất giấy phép"),
        ("t/g và h/s", "vi", "thời gian và hồ sơ"),
        ("đ/k gì", "vi", "điều kiện gì"),
        ("cho xin đ/c", "vi", "cho xin địa chỉ"),
        ("đ/c GPMT", "vi", "điều chỉnh giấy phép môi trường"),
    ],
)
def test_shorthand_is_written_out(typed: str, language: str, written: str) -> None:
    assert expand(typed, language) == written
