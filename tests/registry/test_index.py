from __future__ import annotations

import base64

import numpy as np
import pytest
from django.test import Client

from bot.registry import publishing
from bot.registry.models import Record
from bot.registry.texts import SUMMARY_LENGTH, wordings
from tests.registry.conftest import CHOSEN, Files

pytestmark = pytest.mark.django_db


def test_index_holds_names_aliases_parents_and_vectors(client: Client, seeded: Files) -> None:
    index = client.get("/api/v1/index").json()
    records = {record["id"]: record for record in index["records"]}
    assert set(records) == {i for kind, ids in CHOSEN.items() if kind != "dossier" for i in ids}
    filed = seeded.record("ip-trang-due")
    park = records["ip-trang-due"]
    assert (park["name"], park["aliases"], park["parent"]) == (
        filed["name"],
        filed["aliases"],
        filed["parent"],
    )
    assert [(text["role"], text["language"]) for text in park["texts"]] == [
        ("name", "vi"), ("summary", "vi"), ("name", "en"), ("summary", "en"),
    ]  # fmt: skip
    vector = np.frombuffer(base64.b64decode(park["texts"][0]["embedding"]), dtype="<f2")
    assert vector.shape == (384,)
    assert vector[0] == len(filed["name"]["vi"])


def test_a_question_is_no_name(client: Client, seeded: Files) -> None:
    records = {record["id"]: record for record in client.get("/api/v1/index").json()["records"]}
    filed = seeded.record("faq-labour-visa-12")
    question = records["faq-labour-visa-12"]["texts"][0]
    assert (question["role"], question["text"]) == ("question", filed["name"]["vi"])
    assert records["faq-labour-visa-12"]["related"] == [*filed["related"], *filed["related_rules"]]


def test_an_old_figure_leads_to_the_newer_one(client: Client, seeded: Files) -> None:
    records = {record["id"]: record for record in client.get("/api/v1/index").json()["records"]}
    assert records["seed-lg"]["related"] == [seeded.record("seed-lg")["newer"]] == ["stat-project-lg-group"]


def test_the_index_follows_publications(client: Client, seeded: Files) -> None:
    before = client.get("/api/v1/index").json()
    record = Record.objects.get(id="work_permit")
    content = {**record.current, "aliases": [*record.current["aliases"], "thẻ lao động"]}
    publishing.save_draft(record, content, None)
    publishing.publish(record)
    after = client.get("/api/v1/index").json()
    assert after["version"] == before["version"] + 1
    assert "thẻ lao động" in next(r for r in after["records"] if r["id"] == "work_permit")["aliases"]


def test_long_gists_are_cut_between_words() -> None:
    content = {"name": {"vi": "Khu", "en": "Park"}, "summary": {"vi": "rộng " * 100, "en": "wide"}}
    texts = {(w.role, w.language): w.text for w in wordings("x", "zone", content)}
    assert texts["summary", "en"] == "wide"
    assert len(texts["summary", "vi"]) <= SUMMARY_LENGTH
    assert texts["summary", "vi"].endswith("rộng")
