"""Examples are masked, have a label that exists, and are approved by a second person."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from bot.console.learning import examples, forgetting, lessons, wordings
from bot.console.learning.examples import OwnProposal, Unfit
from bot.console.models import Deed, ExampleState, ModelState, TrainedModel, TrainingExample
from bot.console.roles import Role
from bot.conversations import erasure, retention
from bot.conversations.models import Conversation, Message
from tests.console.learning.conftest import Ask, Files, Make

pytestmark = pytest.mark.django_db
FEE = ("ask_procedure", "work_permit", "fee")


def test_what_an_investor_wrote_is_masked(seeded: Files, officer: Make) -> None:
    (made,) = examples.propose([("gọi 0912 345 678 báo phí nhé", "vi", None)], FEE, officer(Role.REVIEWER))
    assert made.text == "gọi [phone] báo phí nhé"
    assert made.label == "ask_procedure/work_permit.fee"
    assert Deed.objects.filter(action="example_proposed").count() == 1


def test_the_same_sentence_is_proposed_once_until_it_was_rejected(seeded: Files, officer: Make) -> None:
    by = officer(Role.REVIEWER)
    assert len(examples.propose([("phí bao nhiêu", "vi", None)] * 2, FEE, by)) == 1
    assert examples.propose([("phí bao nhiêu", "vi", None)], FEE, by) == []
    examples.decide(TrainingExample.objects.get().pk, approve=False, by=by)
    assert len(examples.propose([("phí bao nhiêu", "vi", None)], FEE, by)) == 1


@pytest.mark.parametrize(
    ("label", "fault"),
    [
        (("nlu_fallback", "", ""), "no_intent"),
        (("ask_procedure", "nowhere", ""), "no_record"),
        (("ask_procedure", "work_permit", "rent"), "no_aspect"),
        (("follow_up", "", ""), "no_aspect"),
    ],
)
def test_labels_that_cannot_be_learned(
    seeded: Files, officer: Make, label: tuple[str, str, str], fault: str
) -> None:
    with pytest.raises(Unfit, match=fault):
        examples.propose([("xin chào", "vi", None)], label, officer(Role.REVIEWER))


def test_labels_are_written_as_in_the_training_data(seeded: Files) -> None:
    assert examples.checked("off_topic", "work_permit", "fee") == ("off_topic", "", "")
    assert examples.checked("follow_up", "", "fee") == ("follow_up", "any", "fee")
    assert examples.checked("ask_faq", "faq-labour-visa-12", "fee") == ("ask_faq", "faq-labour-visa-12", "")
    assert examples.label_of("ip-trang-due", "area") == ("ask_zone", "ip-trang-due", "area")


def test_a_second_person_approves(seeded: Files, officer: Make) -> None:
    first, second = officer(Role.REVIEWER), officer(Role.REVIEWER)
    (made,) = examples.propose([("phí bao nhiêu", "vi", None)], FEE, first)
    with pytest.raises(OwnProposal):
        examples.decide(made.pk, approve=True, by=first)
    assert lessons.approved() == []
    examples.decide(made.pk, approve=True, by=second)
    assert [example.text for example in lessons.approved()] == ["phí bao nhiêu"]


def _decided(officer: Make, message: Message) -> tuple[TrainingExample, ...]:
    """Examples of one message: approved, rejected, still proposed."""
    first, second = officer(Role.REVIEWER), officer(Role.REVIEWER)
    texts = ("phí platypus cho chuyên gia", "phí platypus của tôi", "phí platypus bí mật")
    made = examples.propose([(text, "vi", message.pk) for text in texts], FEE, first)
    examples.decide(made[0].pk, approve=True, by=second)
    examples.decide(made[1].pk, approve=False, by=second, reason="personal")
    return tuple(made)


def test_erasing_a_conversation_takes_its_examples_whatever_was_decided(
    seeded: Files, officer: Make, ask: Ask
) -> None:
    message = ask("phí cho chuyên gia")
    _decided(officer, message)
    erasure.delete(message.conversation_id, asked=True)
    assert not TrainingExample.objects.exists()
    assert lessons.approved() == []


def test_after_the_term_approved_examples_stay_without_their_origin(
    seeded: Files, officer: Make, ask: Ask
) -> None:
    message = ask("phí cho chuyên gia")
    approved, *_ = _decided(officer, message)
    retention.remove(timezone.now() + timedelta(days=366))
    assert not Conversation.objects.exists()
    left = TrainingExample.objects.get()
    assert (left.pk, left.source_id) == (approved.pk, None)


def test_models_out_of_service_lose_what_was_erased(
    seeded: Files, officer: Make, ask: Ask, tmp_path: Path
) -> None:
    message = ask("phí cho chuyên gia")
    _decided(officer, message)
    taught = lessons.content(lessons.approved())
    serving = TrainedModel.objects.create(state=ModelState.SERVING, lessons=taught, path="a")
    file = tmp_path / "old.tar.gz"
    file.write_bytes(b"model")
    retired = TrainedModel.objects.create(state=ModelState.RETIRED, lessons=taught, path=str(file))
    assert forgetting.discard_models_with_erased_wordings() == 0
    erasure.delete(message.conversation_id, asked=True)
    assert forgetting.discard_models_with_erased_wordings() == 1
    retired.refresh_from_db()
    serving.refresh_from_db()
    assert (retired.state, retired.lessons, file.exists()) == ("discarded", "", False)
    assert (serving.state, serving.lessons) == ("serving", taught)


def _approved(officer: Make, *rows: tuple[str, str, tuple[str, str, str]]) -> list[TrainingExample]:
    by = officer(Role.REVIEWER)
    for text, language, label in rows:
        examples.propose([(text, language, None)], label, by)
    TrainingExample.objects.update(state=ExampleState.APPROVED)
    return lessons.approved()


def test_lessons_are_training_data(seeded: Files, officer: Make, tmp_path: Path) -> None:
    rows = _approved(
        officer,
        ("phí: bao nhiêu?", "vi", FEE),
        ("what's the fee", "en", FEE),
        ("trời mưa không", "vi", ("off_topic", "", "")),
    )
    folder = tmp_path / "learned"
    folder.mkdir()
    (folder / "lessons.yml").write_text(lessons.content(rows), encoding="utf-8")
    assert [(each.text, each.label, each.language) for each in wordings.of_files(folder)] == [
        ("what's the fee", "ask_procedure/work_permit.fee", "en"),
        ("phí: bao nhiêu?", "ask_procedure/work_permit.fee", "vi"),
        ("trời mưa không", "off_topic", "vi"),
    ]
    assert lessons.content([]) == ""


def test_the_patch_applies_and_puts_each_example_into_its_block(
    seeded: Files, officer: Make, tmp_path: Path
) -> None:
    rows = _approved(
        officer,
        ("GPLĐ hết mấy đồng vậy trời", "vi", FEE),
        ("who signs the work permit in the end", "en", ("ask_procedure", "work_permit", "authority")),
        ("Giấy phép lao động nộp hồ sơ chỗ nào đây", "vi", ("ask_procedure", "work_permit", "where")),
    )
    before = wordings.of_files()
    target = tmp_path / "data" / "nlu"
    for path in wordings.FOLDER.rglob("*.yml"):
        copy = target / path.relative_to(wordings.FOLDER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "some.patch").write_text(lessons.patch(rows), encoding="utf-8")
    subprocess.run(["git", "apply", "--unsafe-paths", "some.patch"], cwd=tmp_path, check=True)
    after = wordings.of_files(target)
    assert {(each.text, each.label) for each in after} - {(each.text, each.label) for each in before} == {
        (row.text, row.label) for row in rows
    }
    assert len(after) == len(before) + len(rows)
    for path in target.rglob("*.yml"):
        assert set(yaml.safe_load(path.read_text(encoding="utf-8"))) == {"version", "nlu"}
    # The patched data has them: nothing is left to export.
    assert lessons.patch(rows, target) == ""
