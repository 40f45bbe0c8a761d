from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from bot.registry import publishing, snapshot
from bot.registry.models import Dossier, Record, Text
from bot.registry.seeding import Unsound, seed
from tests.registry.conftest import CHOSEN, CountingEmbedder, Files

RECORDS = sum(len(ids) for kind, ids in CHOSEN.items() if kind != "dossier")
ALL = RECORDS + len(CHOSEN["dossier"])

pytestmark = pytest.mark.django_db


def test_a_second_run_changes_nothing(files: Files, vectors: CountingEmbedder) -> None:
    first = files.seed()
    assert len(first.created) == ALL
    assert first.vectors == Text.objects.count() == 4 * RECORDS
    version, history = snapshot.version(), Record.history.count()
    vectors.asked.clear()
    second = files.seed()
    assert (second.unchanged, second.changed, vectors.asked) == (ALL, False, [])
    assert (snapshot.version(), Record.history.count()) == (version, history)


def test_a_changed_file_changes_the_record_and_embeds_only_new_texts(
    seeded: Files, vectors: CountingEmbedder
) -> None:
    version = snapshot.version()
    vectors.asked.clear()
    seeded.record("work_permit")["fee"]["vnd"] = 612_000
    seeded.record("ip-trang-due")["name"]["en"] = "Trang Due Park"
    outcome = seeded.seed()
    assert sorted(outcome.updated) == ["ip-trang-due", "work_permit"]
    assert Record.objects.get(id="work_permit").current["fee"]["vnd"] == 612_000
    assert vectors.asked == ["Trang Due Park"]
    assert snapshot.version() == version + 1


def _publish(record: Record) -> None:
    publishing.save_draft(record, {**record.current, "as_of": "2026-11-23"}, None)
    publishing.publish(record)


def _draft(record: Record) -> None:
    publishing.save_draft(record, {**record.current, "as_of": "2026-11-23"}, None)


def _confirm(record: Record) -> None:
    publishing.confirm(record, "Officer")


@pytest.mark.parametrize("change", [_publish, _draft, _confirm, publishing.withdraw])
def test_what_staff_did_is_kept(seeded: Files, change: object) -> None:
    assert callable(change)
    record = Record.objects.get(id="work_permit")
    change(record)
    before = Record.objects.filter(id="work_permit").values().get()
    seeded.record("work_permit")["fee"]["vnd"] = 612_000
    outcome = seeded.seed()
    assert outcome.kept == ["work_permit"]
    assert Record.objects.filter(id="work_permit").values().get() == before


def test_a_record_that_left_the_files_is_withdrawn_unless_staff_changed_it(seeded: Files) -> None:
    _publish(Record.objects.get(id="irc_issue"))
    seeded.remove("irc_issue")
    seeded.remove("ip-trang-due")
    assert seeded.seed().withdrawn == ["ip-trang-due"]
    assert not Record.objects.get(id="ip-trang-due").published
    assert Record.objects.get(id="irc_issue").published
    assert not Text.objects.filter(record_id="ip-trang-due").exists()
    assert seeded.seed().withdrawn == []


def test_a_record_that_returns_is_shown_again(seeded: Files) -> None:
    record = seeded.record("ip-trang-due")
    seeded.remove("ip-trang-due")
    seeded.seed()
    seeded.records["zone"].append(record)
    seeded.seed()
    assert Record.objects.get(id="ip-trang-due").published


def test_records_made_by_staff_stay(seeded: Files) -> None:
    other = Record.objects.get(id="ip-trang-due")
    mine = Record(id="ip-new", kind="zone")
    publishing.save_draft(mine, other.current, None)
    publishing.publish(mine)
    assert seeded.seed().withdrawn == []
    assert Record.objects.get(id="ip-new").published


def test_faults_name_file_record_and_field_and_nothing_is_written(files: Files) -> None:
    files.record("work_permit")["fee"]["vnd"] = "much"
    files.record("demo-work-permit")["procedure"] = "no_such_procedure"
    files.write()
    with pytest.raises(Unsound) as caught:
        seed(files.root)
    found = {(fault.file, fault.record, fault.field) for fault in caught.value.faults}
    assert found == {
        ("procedures/records.yml", "work_permit", "fee.vnd"),
        ("dossiers/records.yml", "demo-work-permit", "procedure"),
    }
    assert Record.objects.count() == 0
    with pytest.raises(CommandError, match=r"procedures/records\.yml  work_permit  fee\.vnd"):
        call_command("seed", root=files.root)


def test_the_command_says_what_it_did(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.write()
    call_command("seed", root=files.root)
    call_command("seed", root=files.root)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("records:")]
    rest = "0 kept, 0 withdrawn"
    assert lines == [
        f"records: {ALL} created, 0 updated, 0 unchanged, {rest}; {4 * RECORDS} vectors",
        f"records: 0 created, 0 updated, {ALL} unchanged, {rest}; 0 vectors",
    ]


def test_dossiers_keep_no_readable_pin(seeded: Files) -> None:
    dossier = Dossier.objects.get()
    pin = seeded.record(dossier.id)["pin"]
    assert pin not in dossier.pin_hash
    assert dossier.has_pin(pin)
    assert dossier.demonstration
