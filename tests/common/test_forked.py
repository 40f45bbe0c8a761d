"""Work in a process of its own: what it returns, what it raises, and that its end is noticed."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from bot.common.forked import Beside


def test_it_works_in_another_process_and_sees_what_was_there() -> None:
    seen = ["before"]
    beside = Beside(lambda: (os.getpid(), list(seen)))
    seen.append("after")
    process, found = beside.result()
    assert process != os.getpid()
    assert found == ["before"]


def test_what_it_raises_is_raised_here() -> None:
    beside = Beside(lambda: int("no number"))
    with pytest.raises(ValueError, match="no number"):
        beside.result()


def test_a_process_that_dies_is_no_silence() -> None:
    beside: Beside[None] = Beside(lambda: os._exit(7))
    with pytest.raises(RuntimeError, match="7"):
        beside.result()


def test_without_forking_the_work_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert Beside(os.getpid).result() == os.getpid()
