"""The sources of dossiers: the registry's table, and a system that delays, fails and talks nonsense."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.dossier_status import DossierResult
from actions.dossiers import chosen, fields, tries
from actions.dossiers.fields import Fields
from actions.dossiers.source import Dossier, Malformed, SourceDown, TooManyTries, Unknown
from actions.dossiers.system import DossierSystem
from actions.dossiers.table import RegistryTable
from actions.registry import Registry
from bot.common import names
from tests.actions import dossier_server, registry_server
from tests.actions.conftest import turn
from tests.actions.dossier_server import CODE, FIELDS, PIN, TOKEN, DossierServer
from tests.actions.registry_server import RegistryServer

BUDGET = 1.0


@pytest.fixture
def system() -> Iterator[DossierServer]:
    running = DossierServer()
    yield running
    running.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "fields.yml"
    path.write_text(FIELDS, encoding="utf-8")
    return path


@pytest.fixture
def source(system: DossierServer, file: Path) -> DossierSystem:
    return DossierSystem(system.url, TOKEN, Fields.load(file), try_seconds=0.3)


def test_the_registry_s_table_is_a_source(registry: Registry) -> None:
    table = RegistryTable(registry)
    found = table.find(str(registry_server.DOSSIER["code"]), registry_server.PIN, BUDGET)
    assert (found.status, found.procedure, found.demonstration) == ("in_review", "irc_issue", True)
    assert found.applicant == registry_server.DOSSIER["applicant_label"]
    with pytest.raises(Unknown):
        table.find(str(registry_server.DOSSIER["code"]), "000000", BUDGET)


def test_nothing_is_guessed_while_the_registry_is_away(registry: Registry, server: RegistryServer) -> None:
    server.broken = True
    with pytest.raises(SourceDown):
        RegistryTable(registry).find(str(registry_server.DOSSIER["code"]), registry_server.PIN, BUDGET)


def test_another_system_is_read_by_the_names_of_its_fields(source: DossierSystem) -> None:
    assert source.find(CODE, PIN, BUDGET) == Dossier(
        code=CODE,
        status="in_review",
        procedure="irc_issue",
        received_on="2026-11-09",
        updated_on="2026-11-18",
    )


def test_the_default_names_are_those_of_our_own_table() -> None:
    loaded = Fields.load(fields.DEFAULT)
    told = {**registry_server.DOSSIER, "applicant": registry_server.DOSSIER["applicant_label"]}
    read = loaded.read(told)
    assert (read.code, read.status, read.received_on) == ("HEZA-2026-0101", "in_review", "2026-11-09")
    assert read.applicant == registry_server.DOSSIER["applicant_label"]


@pytest.mark.parametrize("content", ["request: {code: a, pin: b}", "answer: {code: a, status: b}", "date: x"])
def test_names_that_do_not_suffice_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "fields.yml"
    path.write_text(content)
    with pytest.raises(ValueError, match="missing"):
        Fields.load(path)


def test_an_empty_answer_means_unknown(source: DossierSystem) -> None:
    with pytest.raises(Unknown):
        source.find(CODE, "000000", BUDGET)


@pytest.mark.parametrize(
    ("status", "error"), [(404, Unknown), (400, Malformed), (422, Malformed), (429, TooManyTries)]
)
def test_refusals_are_told_apart(
    system: DossierServer, source: DossierSystem, status: int, error: type[Exception]
) -> None:
    system.status = status
    with pytest.raises(error):
        source.find(CODE, PIN, BUDGET)
    assert len(system.asked) == 1


@pytest.mark.parametrize("status", [302, 401, 403, 405])
def test_other_answers_mean_down_and_are_not_tried_again(
    system: DossierServer, source: DossierSystem, status: int
) -> None:
    system.status = status
    with pytest.raises(SourceDown, match=str(status)):
        source.find(CODE, PIN, BUDGET)
    assert len(system.asked) == 1


def test_a_passing_fault_is_not_noticed(system: DossierServer, source: DossierSystem) -> None:
    system.faults = 2
    assert source.find(CODE, PIN, BUDGET).status == "in_review"
    assert len(system.asked) == 3


def test_a_fault_that_stays_is_told(system: DossierServer, source: DossierSystem) -> None:
    system.faults = 10
    with pytest.raises(SourceDown, match="503"):
        source.find(CODE, PIN, BUDGET)
    assert len(system.asked) == 3


def test_a_slow_system_costs_no_more_than_the_budget(system: DossierServer, source: DossierSystem) -> None:
    system.delay = 0.6
    begun = time.monotonic()
    with pytest.raises(SourceDown):
        source.find(CODE, PIN, BUDGET)
    assert time.monotonic() - begun < BUDGET + 0.4


def test_a_system_that_trickles_is_not_waited_for(system: DossierServer, source: DossierSystem) -> None:
    system.trickle = True
    begun = time.monotonic()
    with pytest.raises(SourceDown):
        source.find(CODE, PIN, BUDGET)
    assert time.monotonic() - begun < BUDGET + 0.4


@pytest.mark.parametrize(
    "body",
    [
        b"<html>busy</html>",
        b"\xff\xfe",
        b"7",
        b'"text"',
        b'{"data": "none"}',
        b'{"data": [{"maHoSo": "H24-2026-000123"}]}',
        b'{"data": [{"maHoSo": "H24-2026-000123", "trangThai": "???"}]}',
        b'{"data": [{"maHoSo": "H24-2026-999999", "trangThai": "CO_KET_QUA"}]}',
        b'{"data": [{"maHoSo": "H24-2026-000123", "trangThai": "CO_KET_QUA", "ngayNhan": "2026"}]}',
        b"[" + b" " * 200_000 + b"]",
    ],
)
def test_nonsense_is_never_shown(system: DossierServer, source: DossierSystem, body: bytes) -> None:
    system.body = body
    with pytest.raises(SourceDown):
        source.find(CODE, PIN, BUDGET)


def test_a_system_that_refuses_connections_is_down(system: DossierServer, source: DossierSystem) -> None:
    system.close()
    with pytest.raises(SourceDown, match="ConnectionError"):
        source.find(CODE, PIN, BUDGET)


def test_many_wrong_tries_close_a_code_whoever_makes_them(
    source: DossierSystem, system: DossierServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = chosen.Guarded(source)
    for _ in range(tries.MOST):
        with pytest.raises(Unknown):
            guarded.find(CODE, "000000", BUDGET)
    with pytest.raises(TooManyTries):
        guarded.find(CODE, PIN, BUDGET)
    assert len(system.asked) == tries.MOST
    monkeypatch.setattr(tries, "WINDOW_SECONDS", 0.0)
    assert guarded.find(CODE, PIN, BUDGET).code == CODE


SAID = {
    Unknown: ("No dossier matches", "Không tìm thấy hồ sơ"),
    Malformed: ("The dossier system does not take", "Hệ thống hồ sơ không nhận"),
    TooManyTries: ("There were too many tries", "Bạn đã thử quá số lần"),
    SourceDown: ("The dossier system cannot be reached", "Hệ thống hồ sơ đang tạm thời"),
}


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("error", SAID)
def test_each_has_its_own_answer(
    configured: DossierServer, registry: Registry, caplog: Any, error: type[Exception], language: str
) -> None:
    configured.status = {Unknown: 404, Malformed: 400, TooManyTries: 429, SourceDown: 500}[error]
    with caplog.at_level(logging.DEBUG):
        reply = _asked(registry, language)
    assert reply.text.startswith(SAID[error][language == "vi"])
    assert reply.buttons[-1]["payload"] == "/request_human"
    assert (reply.slots[names.DOSSIER_CODE_SLOT], reply.slots[names.DOSSIER_PIN_SLOT]) == (None, None)
    assert CODE not in caplog.text
    assert PIN not in caplog.text


def test_what_the_system_does_not_tell_is_left_out(configured: DossierServer, registry: Registry) -> None:
    text = _asked(registry, "en").text
    assert text.startswith(f"Dossier **{CODE}**: **in review**.\n- Procedure: ")
    assert "Received: 9 Nov" in text
    assert "Due: no date set" in text
    assert "Applicant" not in text
    assert "demonstration" not in text


def test_a_procedure_that_is_not_ours_is_named_as_there(
    configured: DossierServer, registry: Registry
) -> None:
    told = {**dossier_server.DOSSIER, "thuTuc": "Cấp giấy khác"}
    configured.body = json.dumps({"data": [told]}).encode()
    assert "Procedure: Cấp giấy khác" in _asked(registry, "en").text


@pytest.fixture
def configured(system: DossierServer, file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DossierServer]:
    """The settings point to the system."""
    monkeypatch.setenv("HEZA_DOSSIER_URL", system.url)
    monkeypatch.setenv("HEZA_DOSSIER_AUTHORIZATION", TOKEN)
    monkeypatch.setenv("HEZA_DOSSIER_FIELDS", str(file))
    chosen.source.cache_clear()
    yield system
    chosen.source.cache_clear()


def _asked(registry: Registry, language: str) -> Any:
    slots = {names.DOSSIER_CODE_SLOT: CODE, names.DOSSIER_PIN_SLOT: PIN}
    return DossierResult().answer(turn(registry, language, slots=slots))
