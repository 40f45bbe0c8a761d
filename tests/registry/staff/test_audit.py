"""What is done in the admin's pages is told to whoever keeps a log of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import tablib
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bot.registry.models import Dossier, Record
from bot.registry.staff import audit
from bot.registry.staff.resources import RecordResource
from tests.registry.conftest import Files
from tests.registry.staff.test_pages import _press

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, seeded: Files) -> Client:
    client.force_login(User.objects.create_superuser("lan"))
    return client


@pytest.fixture
def told() -> Iterator[list[tuple[str, str, str]]]:
    found: list[tuple[str, str, str]] = []

    def listen(by: User, action: str, subject: str, **_more: Any) -> None:
        found.append((by.username, action, subject))

    audit.done.connect(listen)
    yield found
    audit.done.disconnect(listen)


def test_each_button_of_a_record_is_told(staff: Client, told: list[tuple[str, str, str]]) -> None:
    record = Record.objects.get(id="work_permit")
    steps = (
        ("_save", "460000"), ("registry_record_publish", "460000"), ("registry_record_discard", "470000"),
        ("registry_record_confirm", "460000"), ("registry_record_withdraw", "460000"),
    )  # fmt: skip
    for button, fee in steps:
        record.refresh_from_db()
        _press(staff, record, button, **{"fee.variants.1.vnd": fee})
    assert told == [
        ("lan", action, "work_permit")
        for action in (
            "draft_saved", "draft_saved", "record_published", "draft_saved", "draft_discarded",
            "record_confirmed", "record_withdrawn",
        )
    ]  # fmt: skip


def test_what_was_refused_is_not_told(staff: Client, told: list[tuple[str, str, str]]) -> None:
    _press(staff, Record.objects.get(id="work_permit"), "registry_record_publish")
    assert told == []


def test_an_import_is_told(staff: Client, told: list[tuple[str, str, str]]) -> None:
    table: tablib.Dataset = RecordResource().export(Record.objects.filter(id="work_permit"))
    sent = SimpleUploadedFile("records.csv", table.export("csv").encode())
    page = staff.post(reverse("admin:registry_record_import"), {"format": "0", "import_file": sent})
    confirm = page.context["confirm_form"].initial
    assert told == []
    staff.post(reverse("admin:registry_record_process_import"), confirm)
    assert told == [("lan", "records_imported", "")]


def test_dossiers_saved_and_deleted_are_told(staff: Client, told: list[tuple[str, str, str]]) -> None:
    dossier = Dossier.objects.get()
    address = reverse("admin:registry_dossier_change", args=[dossier.pk])
    form = staff.get(address).context["adminform"].form
    sent = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    assert staff.post(address, sent).status_code == 302
    staff.post(reverse("admin:registry_dossier_delete", args=[dossier.pk]), {"post": "yes"})
    assert told == [("lan", "dossier_saved", dossier.pk), ("lan", "dossier_deleted", dossier.pk)]


def test_several_dossiers_deleted_are_told_one_by_one(
    staff: Client, told: list[tuple[str, str, str]]
) -> None:
    key = Dossier.objects.get().pk
    sent = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    staff.post(reverse("admin:registry_dossier_changelist"), sent)
    assert told == [("lan", "dossier_deleted", key)]
