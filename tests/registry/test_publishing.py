from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from bot.registry import publishing, snapshot
from bot.registry.models import Record, Text
from tests.registry.conftest import TODAY, CountingEmbedder, Files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


@pytest.fixture
def permit(seeded: Files) -> Record:
    return Record.objects.get(id="work_permit")


def _shown(record_id: str = "work_permit") -> dict[str, object]:
    item = snapshot.cache.current().get("procedure", record_id)
    assert item is not None
    return item.data


def test_a_draft_changes_no_answer(permit: Record) -> None:
    officer = User.objects.create_user("officer")
    version, before = snapshot.version(), _shown()
    publishing.save_draft(permit, {**permit.current, "code": "1.000000"}, officer)
    assert snapshot.version() == version
    assert _shown() == before
    kept = Record.objects.get(id=permit.id)
    assert kept.draft is not None
    assert (kept.draft["code"], kept.draft_by) == ("1.000000", officer)
    assert kept.draft_at is not None


def test_publishing_changes_the_answer_and_the_version(permit: Record, vectors: CountingEmbedder) -> None:
    version = snapshot.version()
    vectors.asked.clear()
    content = {**permit.current, "name": {"vi": "Giấy phép mới", "en": permit.current["name"]["en"]}}
    publishing.save_draft(permit, content, None)
    publishing.publish(permit)
    assert _shown()["name"] == content["name"]
    assert snapshot.version() == version + 1
    assert vectors.asked == ["Giấy phép mới"]
    assert Text.objects.filter(record=permit).count() == 4
    assert Record.objects.get(id=permit.id).draft is None


def test_an_unfit_draft_is_refused(permit: Record) -> None:
    with pytest.raises(publishing.Unfit) as caught:
        publishing.save_draft(permit, {**permit.current, "as_of": "soon"}, None)
    assert [field for field, _ in caught.value.faults] == ["as_of"]
    assert Record.objects.get(id=permit.id).draft is None


def test_saving_what_is_published_leaves_no_draft(permit: Record) -> None:
    publishing.save_draft(permit, permit.content or {}, None)
    assert permit.draft is None
    with pytest.raises(publishing.NoDraft):
        publishing.publish(permit)


def test_discarding_goes_back(permit: Record) -> None:
    publishing.save_draft(permit, {**permit.current, "code": "1.000000"}, None)
    publishing.discard(permit)
    assert Record.objects.get(id=permit.id).current == permit.content


def test_discarding_a_record_that_was_never_published_deletes_it(permit: Record) -> None:
    new = Record(id="new_permit", kind="procedure")
    publishing.save_draft(new, permit.current, None)
    assert snapshot.cache.current().get("procedure", "new_permit") is None
    publishing.discard(new)
    assert not Record.objects.filter(id="new_permit").exists()


def test_withdrawn_records_are_gone_until_they_are_published_again(permit: Record) -> None:
    publishing.withdraw(permit)
    assert snapshot.cache.current().get("procedure", permit.id) is None
    assert not Text.objects.filter(record=permit).exists()
    publishing.publish(permit)
    assert _shown()["id"] == permit.id


def test_a_sign_off_confirms_until_the_content_changes(permit: Record) -> None:
    publishing.confirm(permit, "Nguyễn Thị Lan")
    shown = _shown()
    assert (shown["status"], shown["verified_by"]) == ("confirmed", "Nguyễn Thị Lan")
    assert (shown["verified_on"], shown["review_by"]) == (TODAY.isoformat(), "2027-05-24")
    publishing.save_draft(permit, {**permit.current, "code": "1.000000"}, None)
    with pytest.raises(publishing.DraftPending):
        publishing.confirm(permit, "Nguyễn Thị Lan")
    publishing.publish(permit)
    shown = _shown()
    assert (shown["status"], shown["verified_by"], shown["verified_on"]) == ("cited", None, None)


def test_a_sign_off_ends_with_its_review_date(permit: Record) -> None:
    publishing.confirm(permit, "Nguyễn Thị Lan", date(2026, 1, 5))
    permit.content = {**(permit.content or {}), "as_of": "2025-12"}
    publishing.derive(permit)
    assert snapshot.shown(permit, TODAY)["status"] == "unconfirmed"


def test_history_tells_every_step(permit: Record) -> None:
    publishing.save_draft(permit, {**permit.current, "code": "1.000000"}, None)
    publishing.publish(permit)
    publishing.confirm(permit, "Nguyễn Thị Lan")
    steps = list(permit.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert steps == ["seed", "draft", "publish", "confirm"]
