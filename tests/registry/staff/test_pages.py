from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from bot.registry import publishing
from bot.registry.models import Dossier, Record
from bot.registry.staff.forms import form_for
from tests.registry.conftest import CHOSEN, Files

pytestmark = pytest.mark.django_db
CHANGE = "admin:registry_record_change"


@pytest.fixture
def staff(client: Client, seeded: Files) -> Client:
    client.force_login(User.objects.create_superuser("lan", first_name="Lan", last_name="Nguyễn"))
    return client


def _sent(record: Record | None, kind: str = "procedure", **changes: Any) -> dict[str, Any]:
    """What the browser would send for the form as it is shown, with some changes."""
    form = form_for(record.kind if record else kind, record)(instance=record)
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            sent[bound.html_name] = value
    return {**sent, **changes}


def _press(client: Client, record: Record, button: str, **changes: Any) -> Any:
    sent = {**_sent(record, **changes), button: "1"}
    return client.post(reverse(CHANGE, args=[record.id]), sent, follow=True)


def test_a_fee_changed_and_published_is_what_the_api_says(staff: Client) -> None:
    record = Record.objects.get(id="work_permit")
    _press(staff, record, "_save", **{"fee.variants.1.vnd": "460000"})
    assert staff.get("/api/v1/procedures/work_permit").json()["fee"]["variants"][1]["vnd"] == 450_000
    record.refresh_from_db()
    assert record.draft is not None
    assert record.draft["fee"]["variants"][1]["vnd"] == 460_000
    _press(staff, record, "registry_record_publish")
    shown = staff.get("/api/v1/procedures/work_permit").json()
    assert shown["fee"]["variants"][1]["vnd"] == 460_000
    entry = record.history.first()
    assert (entry.history_user.username, entry.history_change_reason) == ("lan", "publish")


@pytest.mark.parametrize("record_id", [i for kind, ids in CHOSEN.items() if kind != "dossier" for i in ids])
def test_saving_an_unchanged_form_makes_no_draft(staff: Client, record_id: str) -> None:
    record = Record.objects.get(id=record_id)
    page = staff.get(reverse(CHANGE, args=[record_id]))
    assert page.status_code == 200
    response = _press(staff, record, "_save")
    assert response.status_code == 200
    record.refresh_from_db()
    assert record.draft is None


def test_the_form_speaks_the_officers_language(staff: Client) -> None:
    url = reverse(CHANGE, args=["work_permit"])
    vietnamese = staff.get(url, headers={"Accept-Language": "vi"}).content.decode()
    english = staff.get(url, headers={"Accept-Language": "en"}).content.decode()
    assert "Căn cứ pháp lý" in vietnamese
    assert "Lưu và công bố" in vietnamese
    assert "Legal basis" in english
    assert "Save and publish" in english


def test_a_fault_is_shown_at_its_field_and_nothing_is_kept(staff: Client) -> None:
    record = Record.objects.get(id="work_permit")
    response = _press(staff, record, "_save", **{"fee.vnd": "nhiều", "name.en": ""})
    form = response.context["adminform"].form
    assert {"fee.vnd", "name.en"} == set(form.errors)
    response = _press(staff, record, "_save", as_of="soon")
    assert "as_of" in response.context["adminform"].form.errors
    record.refresh_from_db()
    assert record.draft is None


def test_differing_figures_are_pointed_out(staff: Client) -> None:
    record = Record.objects.get(id="work_permit")
    note = {"fee.note.vi": "Lệ phí 600.000 đồng.", "fee.note.en": "The fee is VND 700,000."}
    response = _press(staff, record, "_save", **note)
    assert any("equality" in str(message) for message in response.context["messages"])


def test_discard_confirm_and_withdraw(staff: Client) -> None:
    record = Record.objects.get(id="work_permit")
    _press(staff, record, "_save", code="1.000000")
    record.refresh_from_db()
    _press(staff, record, "registry_record_confirm")
    record.refresh_from_db()
    assert record.verified_on is None
    _press(staff, record, "registry_record_discard")
    record.refresh_from_db()
    assert record.draft is None
    _press(staff, record, "registry_record_confirm")
    record.refresh_from_db()
    assert record.verified_by == "Lan Nguyễn"
    _press(staff, record, "registry_record_withdraw")
    assert staff.get("/api/v1/procedures/work_permit").status_code == 404


def test_a_new_record_is_made_from_its_kind(staff: Client) -> None:
    add = reverse("admin:registry_record_add")
    assert "?kind=statistic" in staff.get(add).content.decode()
    url = f"{add}?kind=statistic"
    assert staff.get(url).status_code == 200
    sent = _sent(Record.objects.get(id="seed-lg"), id="stat-new")
    staff.post(url, {**sent, "_save": "1"})
    record = Record.objects.get(id="stat-new")
    assert (record.kind, record.published, record.content) == ("statistic", False, None)
    assert staff.get("/api/v1/statistics/stat-new").status_code == 404
    taken = staff.post(url, {**_sent(Record.objects.get(id="seed-lg"), id="seed-lg"), "_save": "1"})
    assert "id" in taken.context["adminform"].form.errors


def test_the_list_filters_and_finds_without_diacritics(staff: Client) -> None:
    url = reverse("admin:registry_record_changelist")

    def ids(query: str) -> set[str]:
        return {record.id for record in staff.get(f"{url}?{query}").context["cl"].queryset}

    assert ids("q=giay+phep+LAO+dong") == {"work_permit", "work_permit_extension"}
    assert ids("kind__exact=zone") == set(CHOSEN["zone"])
    assert ids("draft=yes") == set()
    publishing.confirm(Record.objects.get(id="irc_issue"), "Lan")
    assert ids("status=confirmed") == {"irc_issue"}
    every = {i for kind, found in CHOSEN.items() if kind != "dossier" for i in found}
    assert ids("status=cited") | ids("status=unconfirmed") | ids("status=confirmed") == every
    for item in staff.get("/api/v1/statistics").json()["items"]:
        assert item["id"] in ids(f"status={item['status']}")


def test_publishing_needs_its_own_permission(client: Client, seeded: Files) -> None:
    officer = User.objects.create_user("officer", is_staff=True)
    officer.user_permissions.set(Permission.objects.filter(codename__in=["view_record", "change_record"]))
    client.force_login(officer)
    record = Record.objects.get(id="work_permit")
    assert "registry_record_publish" not in client.get(reverse(CHANGE, args=[record.id])).content.decode()
    _press(client, record, "registry_record_publish", code="1.000000")
    record.refresh_from_db()
    assert record.draft is not None
    assert (record.content or {})["code"] == "1.014199"


def test_history_is_shown_and_records_cannot_be_deleted(staff: Client) -> None:
    assert staff.get(reverse("admin:registry_record_history", args=["work_permit"])).status_code == 200
    assert staff.get(reverse("admin:registry_record_delete", args=["work_permit"])).status_code == 403


def test_a_dossiers_pin_is_set_but_never_shown(staff: Client, seeded: Files) -> None:
    dossier = Dossier.objects.get()
    url = reverse("admin:registry_dossier_change", args=[dossier.id])
    page = staff.get(url).content.decode()
    assert seeded.record(dossier.id)["pin"] not in page
    assert dossier.pin_hash not in page
    sent = {
        "id": dossier.id, "code": dossier.code, "procedure": dossier.procedure_id, "status": "delivered",
        "received_on": "2026-11-05", "due_on": "2026-11-19", "updated_on": "2026-11-24",
        "applicant_vi": "A", "applicant_en": "A", "demonstration": "on",
    }  # fmt: skip
    staff.post(url, {**sent, "pin": ""})
    dossier.refresh_from_db()
    assert dossier.status == "delivered"
    assert dossier.has_pin(seeded.record(dossier.id)["pin"])
    staff.post(url, {**sent, "pin": "111222"})
    dossier.refresh_from_db()
    assert dossier.has_pin("111222")
