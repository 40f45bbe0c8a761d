from __future__ import annotations

from typing import Any

from actions.answers import faq, statistic
from bot.common import names
from tests.actions.conftest import MakeTurn
from tests.actions.registry_server import seeded


def find(kind: str, identity: str) -> dict[str, Any]:
    return next(item for item in seeded()[kind] if item["id"] == identity)


def test_the_answer_with_its_legal_basis_and_next_steps(make_turn: MakeTurn) -> None:
    record = find(names.FAQ, "faq-startup-licensing-01")
    reply = faq.reply(make_turn("en"), record)
    assert reply.text.startswith(record["answer"]["en"])
    assert "Legal basis: Law on Investment 143/2025/QH15" in reply.text
    assert "/select_record" in reply.buttons[0]["payload"]
    assert all(len(button["title"]) <= 60 for button in reply.buttons)


def test_a_seed_fact_cites_the_article_with_its_date(make_turn: MakeTurn) -> None:
    seeds = [item for item in seeded()[names.STATISTIC] if item["id"].startswith("seed-")]
    assert len(seeds) == 43
    for item in seeds:
        for language, medium in (("vi", "Báo Pháp luật Việt Nam"), ("en", "Phap luat Viet Nam")):
            titles = [source["title"] for source in statistic.reply(make_turn(language), item).sources]
            assert any(medium in title and "2024" in title for title in titles), (item["id"], titles)


def test_details_are_listed_and_the_newer_figure_has_a_button(make_turn: MakeTurn) -> None:
    record = find(names.STATISTIC, "seed-fdi-2023")
    reply = statistic.reply(make_turn("vi"), record)
    assert "3,5 tỷ USD" in reply.text
    assert "**Số liệu mới hơn**" in reply.text
    assert record["newer"] in reply.buttons[0]["payload"]
