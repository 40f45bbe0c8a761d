"""The pages of the learning room, as an officer's browser sees them."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from bot.common import embedder
from bot.common.embedder import DIMENSION, Vectors
from bot.console.learning import examples, inbox, promotion, shelf, survey, tasks, training, wordings
from bot.console.learning.wordings import Library, Wording
from bot.console.models import (
    ExampleState,
    Judgement,
    ModelState,
    Survey,
    TrainedModel,
    TrainingExample,
    Utterance,
    Verdict,
)
from bot.console.roles import Role
from tests.console.learning.conftest import Ask, Files, Make

pytestmark = pytest.mark.django_db
FEE = "ask_procedure/work_permit.fee"
IRC = "ask_procedure/irc_issue"
Calls = list[tuple[object, ...]]


class Elsewhere:
    """Every sentence means the same, and nothing of what the library has."""

    def embed(self, texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        vectors[:, -1] = 1.0
        return vectors


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch, seeded: Files) -> Calls:
    """The worker's calls, noted instead of queued; a library of two wordings."""
    calls: Calls = []
    for name in ("train", "begin", "finish", "end_beside", "gather", "look_at_data"):
        monkeypatch.setattr(tasks, name, lambda *given, name=name: calls.append((name, *given)))
    known = [Wording("fee for a work permit", FEE, "en"), Wording("IRC", "ask_procedure/irc_issue", "en")]
    vectors = np.zeros((2, DIMENSION), dtype=np.float32)
    vectors[:, :2] = (1.0, 0.0), (0.98, 0.2)
    library = Library(known, vectors)
    monkeypatch.setattr(wordings, "library", lambda: library)
    monkeypatch.setattr(embedder, "shared", Elsewhere)
    return calls


def _signed_in(client: Client, officer: Make, role: Role) -> Client:
    client.force_login(officer(role))
    return client


def test_from_the_inbox_to_an_approved_example(client: Client, officer: Make, ask: Ask) -> None:
    message = ask("sếp Hàn sang làm hết bao nhiêu tiền giấy tờ")
    inbox.gather()
    _signed_in(client, officer, Role.REVIEWER)
    page = client.get(reverse("console:learning:inbox")).content.decode()
    assert "sếp Hàn sang làm hết bao nhiêu tiền giấy tờ" in page
    group = Utterance.objects.get().group_id
    address = reverse("console:learning:propose", args=[group])
    done = client.post(address, {"message": [message.pk], "label": FEE}, follow=True)
    assert "Đã đề xuất 1 câu mẫu" in done.content.decode()
    assert "sếp Hàn" not in client.get(reverse("console:learning:inbox")).content.decode()

    example = TrainingExample.objects.get()
    decide = reverse("console:learning:decide")
    refused = client.post(decide, {"example": example.pk, "decision": "approve"}, follow=True)
    assert "không được tự duyệt" in refused.content.decode()
    _signed_in(client, officer, Role.REVIEWER)
    client.post(decide, {"example": example.pk, "decision": "approve"})
    example.refresh_from_db()
    assert example.state == ExampleState.APPROVED
    approved = client.get(reverse("console:learning:examples") + "?state=approved").content.decode()
    assert "sếp Hàn sang làm" in approved
    patch = client.get(reverse("console:learning:patch"))
    assert "+    - sếp Hàn sang làm hết bao nhiêu tiền giấy tờ" in patch.content.decode()


def test_nothing_is_proposed_without_a_label(client: Client, officer: Make, ask: Ask) -> None:
    message = ask("câu lạ")
    inbox.gather()
    _signed_in(client, officer, Role.REVIEWER)
    address = reverse("console:learning:propose", args=[Utterance.objects.get().group_id])
    assert "Hãy đánh dấu" in client.post(address, {"message": message.pk}, follow=True).content.decode()
    assert "Hãy đánh dấu" in client.post(address, {"label": FEE}, follow=True).content.decode()
    assert not TrainingExample.objects.exists()


def test_a_group_is_set_aside(client: Client, officer: Make, ask: Ask) -> None:
    ask("câu lạ")
    inbox.gather()
    _signed_in(client, officer, Role.REVIEWER)
    client.post(reverse("console:learning:set_aside", args=[Utterance.objects.get().group_id]))
    assert "câu lạ" not in client.get(reverse("console:learning:inbox")).content.decode()


def test_a_corrected_answer_becomes_an_example(client: Client, officer: Make, ask: Ask) -> None:
    message = ask("đất Nam Cầu Kiền còn không")
    reviewer = officer(Role.REVIEWER)
    Judgement.objects.create(
        message=message,
        verdict=Verdict.WRONG_RECORD,
        right_record="ip-nam-cau-kien",
        right_aspect="available",
        by=reviewer,
    )
    client.force_login(reviewer)
    assert "Nam Cầu Kiền" in client.get(reverse("console:learning:corrections")).content.decode()
    client.post(reverse("console:learning:correct", args=[message.pk]))
    assert TrainingExample.objects.get().label == "ask_zone/ip-nam-cau-kien.available"
    assert "còn không" not in client.get(reverse("console:learning:corrections")).content.decode()


def test_records_are_found_without_diacritics(client: Client, officer: Make) -> None:
    _signed_in(client, officer, Role.REVIEWER)
    found = client.get(reverse("console:learning:find"), {"q": "nam cau kien"}).content.decode()
    assert "ask_zone/ip-nam-cau-kien" in found


def test_the_training_data_page(client: Client, officer: Make) -> None:
    _signed_in(client, officer, Role.REVIEWER)
    assert "Chưa rà soát" in client.get(reverse("console:learning:data")).content.decode()
    survey.take()
    kept = Survey.objects.get()
    # The two wordings point nearly the same way.
    assert [pair["labels"] for pair in kept.pairs] == [[IRC, "ask_procedure/work_permit"]]
    page = client.get(reverse("console:learning:data")).content.decode()
    assert "fee for a work permit" in page


def test_training_is_for_those_who_may(client: Client, officer: Make, quiet: Calls) -> None:
    by, second = officer(Role.REVIEWER), officer(Role.MANAGER)
    (made,) = examples.propose([("câu mới", "vi", None)], ("off_topic", "", ""), by)
    examples.decide(made.pk, approve=True, by=second)
    client.force_login(by)
    assert client.post(reverse("console:learning:train")).status_code == 403
    client.force_login(second)
    page = client.post(reverse("console:learning:train"), follow=True).content.decode()
    row = TrainedModel.objects.get(state=ModelState.QUEUED)
    assert "Chờ huấn luyện" in page
    assert quiet == [("train", row.pk)]
    again = client.post(reverse("console:learning:train"), follow=True).content.decode()
    assert "Đang có một mô hình" in again


def test_the_page_of_a_refused_candidate_says_why_and_what_would_change(
    client: Client, officer: Make, ask: Ask
) -> None:
    message = ask("câu của nhà đầu tư")
    scores = {"right_vi": 90.0, "right_en": 88.0, "off_topic_not_answered": 97.0, "language": 99.0}
    before, after = {**scores, "wrong_record": 4.0}, {**scores, "wrong_record": 5.5}
    seen = {
        "record": "work_permit",
        "aspect": "fee",
        "offered": [],
        "confidence": 0.9,
        "intent": "ask_procedure",
    }
    other = {**seen, "record": None, "offered": ["irc_issue"], "intent": "ambiguous"}
    change = {"before": seen, "after": other}
    comparison = {
        "scores": {"present": before, "candidate": after},
        # The second one's conversation has been erased since.
        "utterances": [{"id": message.pk, **change}, {"id": 0, **change}],
        "questions": [{"id": "q", "text": "câu kiểm tra", **change, "outcomes": ["right", "asked back"]}],
        "lessons": {"count": 2, "learned": 2, "missed": []},
    }
    row = TrainedModel.objects.create(name="heza-1", state=ModelState.REFUSED, comparison=comparison)
    _signed_in(client, officer, Role.MANAGER)
    page = client.get(reverse("console:learning:model", args=[row.pk])).content.decode()
    assert "Trả lời sai nội dung: 4,0 → 5,5" in page
    assert "câu của nhà đầu tư" in page
    assert "câu kiểm tra" in page
    assert reverse("console:learning:promote", args=[row.pk]) not in page
    assert client.get(reverse("console:learning:state", args=[row.pk])).headers["HX-Refresh"] == "true"
    client.post(reverse("console:learning:discard", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == ModelState.DISCARDED


def test_the_list_of_models_begins_with_the_one_of_the_checkout(client: Client, officer: Make) -> None:
    _signed_in(client, officer, Role.REVIEWER)
    page = client.get(reverse("console:learning:models")).content.decode()
    assert shelf.serving().name in page
    assert "Đang phục vụ" in page
    assert client.post(reverse("console:learning:train")).status_code == 403


def test_a_training_without_news_is_refused(client: Client, officer: Make) -> None:
    _signed_in(client, officer, Role.MANAGER)
    page = client.post(reverse("console:learning:train"), follow=True).content.decode()
    assert "Chưa có câu mẫu nào mới" in page
    with pytest.raises(training.NothingNew):
        training.request(officer(Role.MANAGER))


def test_a_model_of_other_data_cannot_be_promoted(officer: Make) -> None:
    row = TrainedModel.objects.create(name="heza-1", path="/nowhere/heza-1.tar.gz", state=ModelState.READY)
    with pytest.raises(promotion.Outdated):
        promotion.request(row.pk, officer(Role.MANAGER))
