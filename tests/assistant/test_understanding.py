"""The whole understanding on a tiny registry: learned, asked, kept, followed."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant.nlu.decision import Reading
from bot.assistant.nlu.learning import Options, learn
from bot.assistant.nlu.live import Index
from bot.assistant.nlu.understanding import FILE, Understanding
from bot.common.embedder import Vectors
from tests.assistant.tiny import EXAMPLES, RECORDS, embed, record

Read = Callable[..., Reading]


@pytest.fixture(scope="module")
def learned() -> Understanding:
    return learn(EXAMPLES, RECORDS, embed)


@pytest.fixture(scope="module")
def index(learned: Understanding) -> Index:
    return learned.index(embed)


@pytest.fixture(scope="module")
def read(learned: Understanding, index: Index) -> Read:
    def reading(text: str, conversation: str | None = None, subject: str | None = None) -> Reading:
        return learned.read(learned.prepare(text, index, conversation), index, embed, subject)

    return reading


@pytest.mark.parametrize(
    ("text", "intent", "record", "aspect"),
    [
        ("lệ phí của giấy phép lao động là mấy", "ask_procedure", "work_permit", "fee"),
        ("le phi giay phep lao dong la may", "ask_procedure", "work_permit", "fee"),
        ("how long does a fire safety appraisal take", "ask_procedure", "fire_check", "time"),
        ("which papers for the work permti", "ask_procedure", "work_permit", "documents"),
        ("price of land in trang due", "ask_zone", None, "rent"),
        ("Nomura có diện tích mấy", "ask_zone", None, "area"),
        ("lowest pay for workers", "ask_faq", "faq-wage", None),
        ("hello", "greet", None, None),
        ("sing me a song", "off_topic", None, None),
    ],
)
def test_it_reads(read: Read, text: str, intent: str, record: str | None, aspect: str | None) -> None:
    reading = read(text)
    best = reading.candidates[0]
    assert (best.intent, best.record) == (intent, record)
    if aspect:
        assert max(reading.aspects, key=lambda name: reading.aspects[name]) == aspect


def test_candidates_are_probabilities(read: Read) -> None:
    reading = read("phí phòng cháy")
    scores = [candidate.score for candidate in reading.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1.0)
    assert sum(reading.aspects.values()) == pytest.approx(1.0, abs=1e-4)


def test_nonsense_is_not_understood(read: Read) -> None:
    best = read("xqzw vbtk", "vi").candidates[0]
    assert (best.intent, best.score) == ("nlu_fallback", 1.0)


def test_a_year_alone_is_no_nonsense(read: Read) -> None:
    assert read("2023?", "vi").candidates[0].intent != "nlu_fallback"


def test_a_place_elsewhere_is_off_topic(read: Read) -> None:
    assert read("work permit fee in Indonesia").candidates[0].intent == "off_topic"
    assert read("work permit fee").candidates[0].record == "work_permit"
    assert read("land rent in Indonesia").candidates[0].intent == "off_topic"


def test_a_short_message_is_also_read_with_the_record_in_mind(read: Read) -> None:
    assert read("lệ phí?").joined == ()
    assert read("lệ phí?", "vi", "gone").joined == ()
    joined = read("lệ phí?", "vi", "fire_check").joined
    assert joined[0].record == "fire_check"
    assert (
        read(
            "một câu hỏi dài hơn hẳn mọi câu hỏi nối tiếp thường gặp, tự nó đã đủ ý", "vi", "fire_check"
        ).joined
        == ()
    )


def test_parts_of_a_message_have_aspects_of_their_own(read: Read) -> None:
    parts = read("land rent at Nomura and area in hectares").parts
    assert [max(part, key=lambda name: part[name]) for part in parts] == ["rent", "area"]
    assert read("land rent at Nomura").parts == []


def test_a_record_published_later_is_found(learned: Understanding) -> None:
    later = record("coast_lease", "procedure", "Giao khu vực biển", "Sea area allocation")
    index = Index.of([*learned.records, later], embed, learned.vocabulary)
    reading = learned.read(learned.prepare("sea area allocation", index), index, embed)
    assert reading.candidates[0].record == "coast_lease"
    assert reading.mentions[0].records == ("coast_lease",)


def test_it_is_the_same_when_learned_again_and_when_loaded(
    learned: Understanding, read: Read, tmp_path: Path
) -> None:
    learned.save(tmp_path / "model")
    loaded = Understanding.load(tmp_path / "model")
    again = learn(EXAMPLES, RECORDS, embed)
    for other in (loaded, again):
        index = other.index(embed)
        for text in ("phí giấy phép lao động", "rent in Nomura", "chào nhé"):
            assert other.read(other.prepare(text, index), index, embed) == read(text)


def test_a_start_embeds_nothing(learned: Understanding) -> None:
    def never(texts: Sequence[str]) -> Vectors:
        raise AssertionError(texts)

    assert learned.index(never).library.keys == sorted(found.id for found in RECORDS)


def test_what_is_no_understanding_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(pickle.dumps({"records": []}))
    with pytest.raises(TypeError, match="no understanding"):
        Understanding.load(tmp_path)


def test_parts_can_be_left_out(learned: Understanding) -> None:
    def blank(texts: Sequence[str]) -> Vectors:
        return embed(["" for _ in texts])

    plain = learn(EXAMPLES, RECORDS, embed, Options(meaning=False, gazetteer=False))
    index = plain.index(embed)
    prepared = plain.prepare("lệ phí giấy phép lao động", index)
    with_meaning, without = (plain.read(prepared, index, using) for using in (embed, blank))
    assert with_meaning.aspects == without.aspects
    assert learned.read(prepared, index, embed).aspects != with_meaning.aspects


def test_where_somebody_comes_from_is_not_asked_about(read: Read) -> None:
    """A province before a park of ours is where they come from."""
    comes = read("a company of Binh Duong: land rent at Nomura")
    assert comes.candidates[0].intent == "ask_zone"
    assert read("land rent in Binh Duong").candidates[0].intent == "off_topic"


def test_a_company_stands_for_its_park(learned: Understanding) -> None:
    named = [replace(one, tenants=("LG",)) if one.id == "ip-nomura" else one for one in learned.records]
    index = Index.of(named, embed, learned.vocabulary)
    reading = learned.read(learned.prepare("land rent at the park of LG", index), index, embed)
    assert reading.mentions[0].records == ("ip-nomura",)
    assert learned.read(learned.prepare("LG", index), index, embed).companies == {"tenant": ("ip-nomura",)}
