"""Full-text search of the conversations; runs on SQLite and PostgreSQL alike."""

from __future__ import annotations

import pytest

from bot.console import turns
from bot.console.conversations.filters import Filters, sought
from bot.console.roles import Role
from tests.console.conftest import account
from tests.console.rows import Said, talk


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("", []),
        ("Giấy  phép", ["giay", "phep"]),
        ('"giấy phép"', ["giay phep"]),
        ('"giấy phép" đâu', ["giay phep", "dau"]),
        ("đâu “Giấy phép” phí", ["dau", "giay phep", "phi"]),
        ('phí "giấy phép', ["phi", "giay phep"]),
        ('phí"giấy phép"', ["phi", "giay phep"]),
        ('"" phí " "', ["phi"]),
    ],
)
def test_quoted_words_belong_together_wherever_they_stand(query: str, parts: list[str]) -> None:
    assert sought(query) == parts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"giấy phép" đâu', {"Nộp giấy phép ở đâu?"}),
        ('dau "giay phep"', {"Nộp giấy phép ở đâu?"}),
        ('"phép giấy" đâu', set()),
        ('đâu "phí 100%"', {"Miễn phí 100% ở đâu?"}),
        ('"giấy phép" "ở đâu"', {"Nộp giấy phép ở đâu?"}),
        ("giấy đâu phép", {"Nộp giấy phép ở đâu?", "Phép nào, giấy ở đâu?"}),
    ],
)
def test_search(query: str, found: set[str]) -> None:
    for question in ("Nộp giấy phép ở đâu?", "Phép nào, giấy ở đâu?", "Miễn phí 100% ở đâu?"):
        talk(Said(question))
    turns.refresh()
    cases = Filters({"q": query}).cases(account(Role.ANALYST))
    assert {case.first_question for case in cases} == found
