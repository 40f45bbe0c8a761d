"""The variants of the ablation table: each changes what it says, and none of it stays."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from bot.assistant.nlu import examples, learning
from bot.assistant.nlu.decision import Reading
from bot.assistant.nlu.learning import learn
from bot.assistant.nlu.understanding import Understanding
from tests.assistant.tiny import EXAMPLES, RECORDS, embed
from tests.quality.ablation import machines, variants
from tests.quality.ablation.variants import VARIANTS, nothing

_QUESTION = "le phi giay phep lao dong la may"


def _read(name: str, text: str, folder: Path) -> tuple[Understanding, Reading]:
    """What a variant makes of a text, after it was kept and loaded."""
    variant = VARIANTS[name]
    vectors = embed if variant.meaning else nothing
    with variant.changed():
        learn(EXAMPLES, RECORDS, vectors, variant.options).save(folder)
        learned = Understanding.load(folder)
        index = learned.index(vectors)
        return learned, learned.read(learned.prepare(text, index), index, vectors)


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "diet"])
def test_every_variant_answers(name: str, tmp_path: Path) -> None:
    _, reading = _read(name, "lệ phí giấy phép lao động", tmp_path)
    assert sum(candidate.score for candidate in reading.candidates) == pytest.approx(1.0)
    assert reading.candidates[0].intent == "ask_procedure"


# Rasa draws its dropout in a way that Python warns of.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_diet_stands_in_for_the_classifier(tmp_path: Path) -> None:
    with mock.patch.object(machines, "EPOCHS", 30):
        learned, reading = _read("diet", "lệ phí làm Giấy phép lao động hết mấy", tmp_path)
    assert type(learned.classifier).__name__ == "Diet"
    assert reading.candidates[0].intent == "ask_procedure"


def test_without_gazetteer_nothing_is_named(tmp_path: Path) -> None:
    assert _read("shipped", _QUESTION, tmp_path)[1].mentions
    assert not _read("no-gazetteer", _QUESTION, tmp_path)[1].mentions


def test_without_restoring_a_message_stays_as_typed(tmp_path: Path) -> None:
    assert "lệ phí" in _read("shipped", _QUESTION, tmp_path)[1].text
    assert _read("no-restoring", _QUESTION, tmp_path)[1].text == _QUESTION


def test_copies_are_learned_where_nothing_is_restored() -> None:
    plain, copied = (
        {one.text for one in fill(EXAMPLES, RECORDS)} for fill in (examples.filled, variants._with_copies)
    )
    assert "xin chao tro ly" in copied - plain
    assert plain < copied


def test_without_augmentation_fewer_wordings_are_learned() -> None:
    with VARIANTS["no-augmentation"].changed():
        few = examples.filled(EXAMPLES, RECORDS)
        assert vars(learning)["told"](few) == []
    plain = examples.filled(EXAMPLES, RECORDS)
    with VARIANTS["names"].changed():
        many = examples.filled(EXAMPLES, RECORDS)
    assert len(few) < len(plain) < len(many)


def test_a_straight_machine_gives_other_chances(tmp_path: Path) -> None:
    bent, straight = (
        _read(name, _QUESTION, tmp_path)[1].candidates[0].score for name in ("shipped", "linear")
    )
    assert bent != pytest.approx(straight, abs=1e-6)
