"""The samples show what an investor sees, and enough of every kind."""

from __future__ import annotations

from typing import Any

from tests.quality import samples
from tests.quality.samples import Turn


def message(**changed: Any) -> dict[str, Any]:
    source = {"title": "Decree 96/2026/ND-CP", "article": "Article 38", "url": None}
    plain: dict[str, Any] = {
        "language": "en",
        "text": "**10 working days**.",
        "blocks": [],
        "sources": [{**source, "record": "irc_issue", "as_of": "2026-11-22", "status": "unconfirmed"}],
        "buttons": [{"title": "Fee", "payload": "b1"}],
    }
    return {**plain, **changed}


def test_there_are_at_least_sixty_answers_in_both_languages() -> None:
    talks = samples.talks()
    assert sum(len(talk["turns"]) for talk in talks) >= 60
    assert all(talk["about"] and talk["turns"] and isinstance(talk["turns"][0], str) for talk in talks)
    texts = [turn for talk in talks for turn in talk["turns"] if isinstance(turn, str)]
    assert sum(text.isascii() for text in texts) >= 25
    assert sum(not text.isascii() for text in texts) >= 25


def test_text_source_and_button_are_shown() -> None:
    turns = [Turn("How long?", False, [message()]), Turn("Fee", True, [message(sources=[], buttons=[])])]
    text = samples.report([({"about": "Time and fee"}, turns)])
    assert "2 answers in 1 conversations" in text
    assert "## 1. Time and fee" in text
    assert "▸ **How long?**\n\n> **10 working days**." in text
    assert "> § Decree 96/2026/ND-CP, Article 38; 22 November 2026, not yet confirmed" in text
    assert "> `[Fee]`" in text
    assert "▸ **[Fee]**" in text


def test_tables_cards_and_many_sources_are_shown() -> None:
    table = {"type": "table", "columns": ["", "Nomura"], "rows": [["Area", "153 ha"]]}
    card = {"type": "card", "title": "Nomura", "rows": [{"label": "Status", "value": "operating"}]}
    first = message()["sources"][0]
    sources = [{**first, "title": f"Law {number}"} for number in range(8)]
    text = samples.report(
        [({"about": "Park"}, [Turn("Nomura", False, [message(blocks=[table, card], sources=sources)])])]
    )
    assert "> |  | Nomura |\n> | --- | --- |\n> | Area | 153 ha |" in text
    assert "> | Status | operating |" in text
    assert "Law 5" in text
    assert "Law 6" not in text
    assert "§ … 2 more" in text
