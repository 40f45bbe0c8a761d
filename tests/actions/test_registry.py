from __future__ import annotations

import time
from pathlib import Path

import pytest

from actions import registry as module
from actions.last_copy import LastCopy
from actions.registry import Reading, Registry, RegistryDown
from bot.common import names
from tests.actions.registry_server import DOSSIER, PIN, SECRET, RegistryServer


def test_a_record_asked_for_again_is_not_sent_again(registry: Registry, server: RegistryServer) -> None:
    first = Reading(registry).record(names.PROCEDURE, "work_permit")
    again = Reading(registry).record(names.PROCEDURE, "work_permit")
    assert first == again
    assert first is not None
    assert first["name"]["en"] == "Work permit"
    assert server.not_modified == 1


def test_a_change_is_in_the_next_answer(registry: Registry, server: RegistryServer) -> None:
    Reading(registry).record(names.PROCEDURE, "work_permit")
    item = next(item for item in server.records[names.PROCEDURE] if item["id"] == "work_permit")
    item["time"]["value"] = 11
    changed = Reading(registry).record(names.PROCEDURE, "work_permit")
    assert changed is not None
    assert changed["time"]["value"] == 11


def test_an_unknown_record_is_none(registry: Registry) -> None:
    assert Reading(registry).record(names.PROCEDURE, "no_such_thing") is None
    assert Reading(registry).find("no_such_thing") is None


def test_lists_are_read_to_their_last_page(registry: Registry, server: RegistryServer) -> None:
    questions = Reading(registry).records(names.FAQ)
    assert len(questions) == len(server.records[names.FAQ]) > module.PAGE


def test_a_record_is_found_without_its_kind(registry: Registry) -> None:
    found = Reading(registry).find("ip-trang-due")
    assert found is not None
    assert found["kind"] == names.ZONE


def test_down_without_a_copy_is_said(registry: Registry, server: RegistryServer) -> None:
    server.broken = True
    with pytest.raises(RegistryDown):
        Reading(registry).record(names.PROCEDURE, "work_permit")
    with pytest.raises(RegistryDown):
        Reading(registry).records(names.ZONE)


def test_down_with_a_copy_answers_from_it_with_its_date(registry: Registry, server: RegistryServer) -> None:
    registry.refresh_copy()
    server.broken = True
    reading = Reading(registry)
    found = reading.record(names.PROCEDURE, "work_permit")
    assert found is not None
    assert reading.copied_on is not None
    assert len(reading.copied_on) == len("2026-11-24")
    assert len(Reading(registry).records(names.ZONE)) == len(server.records[names.ZONE])


def test_the_copy_outlives_the_process(registry: Registry, server: RegistryServer, tmp_path: Path) -> None:
    registry.refresh_copy()
    server.broken = True
    fresh = Registry(server.url, LastCopy(tmp_path / "copy"), SECRET)
    reading = Reading(fresh)
    assert reading.record(names.INCENTIVE, "CIT-2025-EZ-OTHER") is not None
    assert reading.copied_on


def test_a_registry_that_hangs_costs_no_more_than_the_budget(
    registry: Registry, server: RegistryServer
) -> None:
    registry.refresh_copy()
    server.delay = 5.0
    begun = time.monotonic()
    assert Reading(registry).record(names.PROCEDURE, "work_permit") is not None
    assert time.monotonic() - begun < module.BUDGET
    # And for a while nobody else waits for it.
    begun = time.monotonic()
    assert Reading(registry).record(names.PROCEDURE, "irc_issue") is not None
    assert time.monotonic() - begun < 0.2


def test_it_comes_back_by_itself(
    registry: Registry, server: RegistryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REST_SECONDS", 0.05)
    registry.refresh_copy()
    server.broken = True
    Reading(registry).record(names.PROCEDURE, "work_permit")
    server.broken = False
    time.sleep(0.1)
    reading = Reading(registry)
    assert reading.record(names.PROCEDURE, "work_permit") is not None
    assert reading.copied_on is None


def test_a_spent_budget_asks_nothing(registry: Registry, server: RegistryServer) -> None:
    with pytest.raises(RegistryDown):
        Reading(registry, budget=0).record(names.PROCEDURE, "work_permit")
    assert server.requests == []


def test_dossiers_are_asked_for_with_a_signature(registry: Registry) -> None:
    address = registry.root.rsplit("/", 1)[0] + "/internal/dossier"
    body = f'{{"code":"{DOSSIER["code"]}","pin":"{PIN}"}}'.encode()
    assert registry.post_signed(address, body, 1.0).json() == DOSSIER


def test_the_copy_s_file_is_written_only_when_something_changed(tmp_path: Path) -> None:
    copy = LastCopy(tmp_path)
    copy.keep("zone", [{"id": "a", "kind": "zone"}])
    path = tmp_path / "zone.json"
    path.write_text("untouched")
    copy.keep("zone", [{"id": "a", "kind": "zone"}])
    assert path.read_text() == "untouched"
    copy.keep("zone", [{"id": "b", "kind": "zone"}])
    assert '"b"' in path.read_text()
    assert copy.find("a") is None
    assert copy.find("b") == {"id": "b", "kind": "zone"}
    assert LastCopy(tmp_path).find("b") == {"id": "b", "kind": "zone"}
    assert LastCopy(tmp_path / "empty").find("b") is None
