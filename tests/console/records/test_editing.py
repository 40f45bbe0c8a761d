"""Both languages side by side: a draft by one person, published by another; every version can come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bot.console.models import Deed
from bot.console.roles import Role
from bot.registry import publishing
from bot.registry.models import Record
from tests.console.records.conftest import Files, Make
from tests.conversations_e2e.office import fields_of

pytestmark = pytest.mark.django_db
FEE = "fee.variants.1.vnd"


def _at(name: str, record: str = "work_permit", *more: object) -> str:
    return reverse(f"console:records:{name}", args=[record, *more])


def _draft(client: Client, **changes: str) -> Any:
    """Send the page's own form with changes, as a browser would."""
    fields = fields_of(client.get(_at("edit")).content.decode())
    changed = {name.replace("__", "."): value for name, value in changes.items()}
    assert changed.keys() <= fields.keys()
    return client.post(_at("save"), {**fields, **changed}, follow=True)


@pytest.fixture
def drafted(client: Client, seeded: Files, officer: Make) -> User:
    """An officer who changed the fee of the work permit; the client is signed in as that officer."""
    by = officer(Role.MANAGER)
    client.force_login(by)
    page = _draft(client, fee__variants__1__vnd="460000").content.decode()
    assert "Đã lưu bản nháp" in page
    return by


def _fee() -> int:
    content = Record.objects.get(pk="work_permit").content or {}
    return int(content["fee"]["variants"][1]["vnd"])


def test_a_draft_changes_no_answer_and_shows_what_it_changes(client: Client, drafted: User) -> None:
    assert _fee() == 450000
    page = client.get(_at("edit")).content.decode()
    assert "<del>450000</del>" in page
    assert "<ins>460000</ins>" in page
    assert Deed.objects.filter(action="draft_saved", subject="work_permit", by=drafted).exists()


def test_its_author_cannot_publish_it_another_can(client: Client, drafted: User, officer: Make) -> None:
    assert _at("publish") not in client.get(_at("edit")).content.decode()
    refused = client.post(_at("publish"), follow=True).content.decode()
    assert "một người khác công bố" in refused
    assert _fee() == 450000
    client.force_login(officer(Role.MANAGER))
    assert "Đã công bố" in client.post(_at("publish"), follow=True).content.decode()
    assert _fee() == 460000


def test_an_officer_may_draft_but_not_publish(client: Client, seeded: Files, officer: Make) -> None:
    client.force_login(officer(Role.OFFICER))
    _draft(client, fee__variants__1__vnd="460000")
    assert client.post(_at("publish")).status_code == 403


def test_looking_at_a_draft_and_saving_it_does_not_make_it_ones_own(
    client: Client, drafted: User, officer: Make
) -> None:
    client.force_login(officer(Role.MANAGER))
    _draft(client)
    assert Record.objects.get(pk="work_permit").draft_by == drafted


def test_a_faulty_form_is_shown_again_with_what_was_typed(
    client: Client, seeded: Files, officer: Make
) -> None:
    client.force_login(officer(Role.OFFICER))
    fields = fields_of(client.get(_at("edit")).content.decode())
    answer = client.post(_at("save"), {**fields, FEE: "nhiều"})
    assert answer.status_code == 422
    assert "Hãy nhập số" in answer.content.decode()
    assert Record.objects.get(pk="work_permit").draft is None


def test_languages_that_differ_in_figures_are_pointed_out(
    client: Client, seeded: Files, officer: Make
) -> None:
    client.force_login(officer(Role.OFFICER))
    fields = fields_of(client.get(_at("edit")).content.decode())
    changed = fields["applicants.vi"] + " Tối đa 7 người."
    page = client.post(_at("save"), {**fields, "applicants.vi": changed}, follow=True).content.decode()
    assert "Cần sửa" in page


def test_a_new_record_is_a_draft_until_another_publishes_it(
    client: Client, seeded: Files, officer: Make
) -> None:
    client.force_login(officer(Role.OFFICER))
    address = reverse("console:records:new", args=["faq"])
    fields = fields_of(client.get(address).content.decode())
    given = {
        "id": "faq-bus-park",
        "topic": "general",
        "name.vi": "Có bãi đỗ xe buýt không?",
        "name.en": "Is there a bus park?",
        "answer.vi": "Có, bãi số 7.",
        "answer.en": "Yes, park number 7.",
        "citations.0.kind": "official",
        "citations.0.title.vi": "Thông báo",
        "citations.0.title.en": "Notice",
        "as_of": "2026-11-20",
        "confidence": "high",
    }
    assert given.keys() <= fields.keys()
    client.post(reverse("console:records:add", args=["faq"]), {**fields, **given})
    record = Record.objects.get(pk="faq-bus-park")
    assert not record.published
    again = client.post(reverse("console:records:add", args=["faq"]), {**fields, **given})
    assert again.status_code == 422
    assert Record.objects.filter(pk="faq-bus-park").count() == 1
    client.force_login(officer(Role.MANAGER))
    client.post(_at("publish", "faq-bus-park"))
    record.refresh_from_db()
    assert record.published


def test_the_history_shows_each_step_and_leads_back(client: Client, drafted: User, officer: Make) -> None:
    other = officer(Role.MANAGER)
    client.force_login(other)
    client.post(_at("publish"))
    page = client.get(_at("history")).content.decode()
    assert "Công bố" in page
    assert "<del>450000</del>" in page
    first = Record.objects.get(pk="work_permit").history.order_by("history_id").first()
    assert first is not None
    client.post(_at("restore", "work_permit", first.history_id))
    record = Record.objects.get(pk="work_permit")
    assert record.draft is not None
    assert record.draft["fee"]["variants"][1]["vnd"] == 450000
    assert record.draft_by == other
    assert _fee() == 460000


def test_confirming_withdrawing_and_showing_again(client: Client, seeded: Files, officer: Make) -> None:
    by = officer(Role.MANAGER)
    by.first_name = "Nguyễn Văn"
    by.last_name = "Thẩm"
    by.save()
    client.force_login(by)
    client.post(_at("confirm"))
    assert Record.objects.get(pk="work_permit").verified_by == by.get_full_name()
    client.post(_at("withdraw"))
    assert not Record.objects.get(pk="work_permit").published
    assert "chưa được công bố" in client.post(_at("confirm"), follow=True).content.decode()
    client.post(_at("publish"))
    assert Record.objects.get(pk="work_permit").published


def test_discarding_goes_back_to_what_is_published(client: Client, drafted: User) -> None:
    client.post(_at("discard"))
    assert Record.objects.get(pk="work_permit").draft is None
    assert "Có bản nháp" not in client.get(_at("edit")).content.decode()


def test_the_list_finds_without_diacritics_and_by_state(client: Client, drafted: User) -> None:
    address = reverse("console:records:list")
    found = client.get(address, {"q": "giay phep lao dong"}).content.decode()
    assert _at("edit") in found
    assert _at("edit", "ip-trang-due") not in found
    assert _at("edit") in client.get(address, {"state": "draft"}).content.decode()
    assert _at("edit") not in client.get(address, {"state": "withdrawn"}).content.decode()


def test_the_service_refuses_the_author_too(drafted: User) -> None:
    record = Record.objects.get(pk="work_permit")
    with pytest.raises(publishing.OwnDraft):
        publishing.publish(record, drafted)


def test_who_saves_over_another_s_draft_is_told_and_keeps_what_was_typed(
    client: Client, drafted: User, officer: Make
) -> None:
    mine = fields_of(client.get(_at("edit")).content.decode())
    client.force_login(officer(Role.OFFICER))
    _draft(client, **{FEE.replace(".", "__"): "470000"})
    answer = client.post(_at("save"), {**mine, FEE: "480000"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "chưa được lưu" in page
    assert fields_of(page)[FEE] == "480000"
    assert (Record.objects.get(pk="work_permit").draft or {})["fee"]["variants"][1]["vnd"] == 470000
    # Saving once more is meant.
    assert client.post(_at("save"), {**fields_of(page)}, follow=True).status_code == 200
    assert (Record.objects.get(pk="work_permit").draft or {})["fee"]["variants"][1]["vnd"] == 480000


def test_a_draft_that_changed_after_it_was_read_is_not_published(
    client: Client, drafted: User, officer: Make
) -> None:
    reader = officer(Role.MANAGER)
    client.force_login(reader)
    read = fields_of(client.get(_at("edit")).content.decode())["version"]
    client.force_login(drafted)
    _draft(client, **{FEE.replace(".", "__"): "999000"})
    client.force_login(reader)
    answer = client.post(_at("publish"), {"version": read}, follow=True).content.decode()
    assert "vừa được đổi" in answer
    assert _fee() == 450000
