"""The runner of all checks: honest exit codes, a limit on hanging ones."""

from __future__ import annotations

import os

import pytest

from bot.common import settings as configuration
from bot.launch import checks, ports
from bot.launch.checks import Check


@pytest.mark.parametrize(("command", "passed"), [("exit 0", True), ("exit 1", False), ("kill -9 $$", False)])
def test_a_check_is_its_exit_code(command: str, passed: bool) -> None:
    assert checks.passes(Check("one", ("/bin/sh", "-c", command)), os.environ) is passed


def test_a_hanging_check_fails(capfd: pytest.CaptureFixture[str]) -> None:
    assert not checks.passes(Check("slow", ("/bin/sleep", "60")), os.environ, limit=0.2)
    assert "slow: not over after" in capfd.readouterr().out


def test_every_check_runs_and_one_failure_fails_all(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [Check("first", ("/bin/sh", "-c", "exit 1")), Check("second", ("/bin/sh", "-c", "echo ran"))]
    monkeypatch.setattr(checks, "suite_of", lambda name: both)
    assert checks.run("quick", configuration.load()) == 1
    shown = capfd.readouterr().out
    assert "ran" in shown
    assert "1 FAILED" in shown


def test_what_runs_meanwhile_is_shown_afterwards_and_counts(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = (Check("bad", ("/bin/sh", "-c", "echo one; exit 1")), Check("good", ("/bin/echo", "two")))
    first = Check("first", ("/bin/sh", "-c", "sleep 0.3; echo zero"), beside)
    monkeypatch.setattr(checks, "suite_of", lambda name: [first])
    assert checks.run("quick", configuration.load()) == 1
    shown = capfd.readouterr().out
    assert shown.index("zero") < shown.index("one") < shown.index("two")
    assert "1 FAILED" in shown


def test_what_no_time_is_left_for_is_named(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = ("/bin/echo", "ran")
    planned = [
        Check("vital", ran, minutes=8, vital=True),
        Check("late", ("/bin/sh", "-c", "exit 1"), minutes=3),
        Check("short", ran, minutes=2),
    ]
    monkeypatch.setattr(checks, "suite_of", lambda name: planned)
    assert checks.run("long", configuration.load(), minutes=10) == 0
    shown = capfd.readouterr().out
    assert [line for line in shown.splitlines() if "left out: no time" in line and "late" in line]
    assert shown.count("left out") == 1
    assert checks.run("long", configuration.load(), minutes=1) == 0
    shown = capfd.readouterr().out
    assert shown.count("left out") == 2
    assert shown.count("ran\n") == 1


def test_without_postgresql_only_ci_insists_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_POSTGRESQL_PORT", ports.free())
    for ci, there in (("", False), ("true", True)):
        monkeypatch.setenv("CI", ci)
        titles = [check.title for check in checks.suite_of("quick")]
        assert ("gateway on PostgreSQL" in titles) is there


@pytest.mark.parametrize("suite", checks.SUITES)
def test_every_suite_has_checks(suite: str) -> None:
    titles = [check.title for check in checks.suite_of(suite)]
    assert len(set(titles)) == len(titles)
    assert ("ruff" in titles) == (suite != "long")
