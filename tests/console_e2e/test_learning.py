"""A correction made in the inbox, approved, trained and promoted changes the answer to a new wording.

Investors keep asking all the time, and none of their questions is lost.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest

from bot.console.roles import Role
from bot.launch import orphans
from tests.console_e2e.crowd import asking, records
from tests.console_e2e.staff import Staff
from tests.stack import Stack, running
from tests.waiting import wait_until

RECORD = "irc_issue"
# A project's "amulet": a nickname of its registration certificate that nobody could have guessed.
TAUGHT = {
    "xin bùa hộ mệnh cho nhà máy mới bao lâu thì có": "time",
    "xin bùa hộ mệnh cho dự án mất mấy tháng": "time",
    "bao lâu thì dự án của tôi được cấp bùa hộ mệnh": "time",
    "xin bùa hộ mệnh cho dự án cần nộp những gì": "documents",
    "làm bùa hộ mệnh cho dự án FDI hồ sơ ra sao": "documents",
    "bùa hộ mệnh của dự án gồm giấy tờ nào": "documents",
}
NEW_WORDING = "cho hỏi bùa hộ mệnh của dự án chờ mấy ngày"
TRAINING_SECONDS = 1200.0
START_SECONDS = 200.0

LEARNING = "/staff/learning"
_GROUP = re.compile(r"groups/(\d+)/propose/.*?</form>", re.DOTALL)
_QUESTION = re.compile(r'name="message" value="(\d+)"[^>]*><span[^>]*>([^<]*)</span>')


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    # A busy machine is no outage: only a process that is not there may put an answer off.
    with running("learning", {"HEZA_RASA_TIMEOUT": "30"}) as started:
        yield started
    shutil.rmtree(started.data_dir / "models", ignore_errors=True)


def test_what_staff_teach_is_in_the_next_model(stack: Stack) -> None:
    with Staff(stack, Role.REVIEWER) as reviewer, Staff(stack, Role.MANAGER) as manager:
        for text in TAUGHT:
            _ask_in_vain(stack, text)
        assert RECORD not in _asked(stack, NEW_WORDING)
        _teach(reviewer)
        _approve(manager)
        with asking(stack) as crowd:
            address = _train(manager)
            trained = crowd.asked
            assert RECORD not in _asked(stack, NEW_WORDING)

            manager.post(f"{address}promote/")
            _reach(manager, address, "Đang dùng thử", START_SECONDS)
            assert RECORD in _asked(stack, NEW_WORDING)

            manager.post(f"{address}roll-back/")
            assert RECORD not in _asked(stack, NEW_WORDING)

            manager.post(f"{address}promote/")
            _reach(manager, address, "Đang dùng thử", START_SECONDS)
            manager.post(f"{address}finish/")
            _reach(manager, address, "Đang phục vụ", START_SECONDS)
            assert RECORD in _asked(stack, NEW_WORDING)
            promoted = crowd.asked - trained
        assert promoted > 100
        assert crowd.lost == []
        assert crowd.late == []
        assert crowd.wrong == []
    # The usual process has the new model; the second one is gone.
    assert wait_until(lambda: "rasa-beside" not in orphans.marked(str(stack.data_dir)).values(), 30)
    stack.restart("rasa")
    assert RECORD in _asked(stack, NEW_WORDING)


def _asked(stack: Stack, text: str) -> list[str]:
    """Records that the answer to a first question cites."""
    with stack.conversation() as conversation:
        return records(conversation.say(text))


def _ask_in_vain(stack: Stack, text: str) -> None:
    """Ask what is not known yet and say that the answer was of no use: so the inbox has it, however sure."""
    with stack.conversation() as conversation:
        answers = conversation.say(text)
        assert RECORD not in records(answers)
        conversation.rate(answers[-1]["id"], -1)


def _teach(reviewer: Staff) -> None:
    """Find the questions in the inbox and say what they ask for."""
    reviewer.post(f"{LEARNING}/read/")
    assert wait_until(lambda: set(TAUGHT) <= {text for _, _, text in _inbox(reviewer)}, 120)
    missing = dict(TAUGHT)
    while missing:
        group, message, text = next(row for row in _inbox(reviewer) if row[2] in missing)
        label = f"ask_procedure/{RECORD}.{missing.pop(text)}"
        page = reviewer.post(f"{LEARNING}/groups/{group}/propose/", {"message": message, "label": label})
        assert "Đã đề xuất 1 câu mẫu" in page.text


def _inbox(reviewer: Staff) -> list[tuple[str, str, str]]:
    """Group, message and text of every question shown."""
    page = reviewer.get(f"{LEARNING}/")
    return [
        (group.group(1), message, text)
        for group in _GROUP.finditer(page)
        for message, text in _QUESTION.findall(group.group(0))
    ]


def _approve(manager: Staff) -> None:
    page = manager.get(f"{LEARNING}/examples/")
    examples = re.findall(r'name="example" value="(\d+)"', page)
    assert len(examples) == len(TAUGHT)
    manager.post(f"{LEARNING}/examples/decide/", {"example": examples, "decision": "approve"})


def _train(manager: Staff) -> str:
    """Train a candidate; its page's address, once it is found to be good."""
    address = manager.post(f"{LEARNING}/models/train/").url.path
    _reach(manager, address, "Sẵn sàng", TRAINING_SECONDS)
    assert "So với mô hình" in manager.get(address)
    return address


def _reach(manager: Staff, address: str, state: str, seconds: float) -> None:
    """Wait until the model is in this state; any other end is a failure."""

    def settled() -> bool:
        shown = manager.get(f"{address}state/")
        assert not any(word in shown for word in ("Không đạt", "Lỗi", "Đã quay lại")), manager.get(address)
        return state in shown

    assert wait_until(settled, seconds), manager.get(f"{address}state/")
