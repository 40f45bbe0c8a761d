"""The staff console with 100,000 messages: `python -m tests.bench.console`. Prints medians and slowest times.

A database of its own is filled in a temporary folder; pages are asked for in this process, as the browser
would, with all middleware and templates. Exit code 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import django
from rich.console import Console
from rich.table import Table

CONVERSATIONS, QUESTIONS = 12_500, 4
MESSAGES = CONVERSATIONS * QUESTIONS * 2
ROUNDS = 9
LIST_MS, INSIGHTS_MS = 200.0, 1000.0

_TEXTS = (
    "Cấp giấy chứng nhận đăng ký đầu tư mất bao lâu?",
    "Hồ sơ xin giấy phép lao động cho chuyên gia Hàn Quốc gồm những gì?",
    "Giá thuê đất ở khu công nghiệp Nam Cầu Kiền",
    "What documents does a work permit need?",
    "Which industrial parks near Lach Huyen port have land available?",
    "thoi tiet hom nay the nao",
)
_ANSWER = (
    "Thời hạn giải quyết là 15 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ. "
    "Nộp tại Trung tâm Phục vụ hành chính công. Nộp trực tuyến được giảm phí. "
    "Thông tin tính đến tháng 9/2026; chưa được Ban Quản lý xác nhận. "
)
_INTENTS = (
    ("ask_procedure", "irc_issue"),
    ("ask_procedure", "work_permit"),
    ("ask_zone", "ip-nam-cau-kien"),
    ("ask_procedure", "work_permit"),
    ("list_zones", None),
    ("off_topic", None),
)
PAGES: tuple[tuple[str, str, float], ...] = (
    ("list", "/staff/conversations/", LIST_MS),
    ("list, page 100", "/staff/conversations/?page=100", LIST_MS),
    ("filter: refused", "/staff/conversations/?outcome=refused", LIST_MS),
    ("filter: record, days", "/staff/conversations/?record=irc_issue&since={week}", LIST_MS),
    ("filter: disliked", "/staff/conversations/?feedback=down", LIST_MS),
    ("search: frequent words", "/staff/conversations/?q=giay+phep+lao+dong", LIST_MS),
    ("search: one conversation", "/staff/conversations/?q=ma+so+777", LIST_MS),
    ("search: nothing", "/staff/conversations/?q=khongcotunay", LIST_MS),
    ("transcript", "/staff/conversations/{talk}/", LIST_MS),
    ("judging", "/staff/judging/{message}/", LIST_MS),
    ("insights, a fortnight", "/staff/insights/", INSIGHTS_MS),
    ("insights, a year", "/staff/insights/?since={year}", INSIGHTS_MS),
)


def main() -> int:
    """Fill, measure, print; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="tests.bench.console", description=__doc__)
    parser.add_argument("--database", help="an empty PostgreSQL database instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HEZA_DATA_DIR"] = folder
        # Never the database of an installation.
        os.environ.pop("DATABASE_URL", None)
        if options.database:
            os.environ["DATABASE_URL"] = options.database
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
        django.setup()
        return _measure(Console(highlight=False))


def _measure(console: Console) -> int:
    from django.core.management import call_command

    from bot.console import turns

    call_command("migrate", verbosity=0)
    filled = _timed(_fill)
    copied = _timed(turns.refresh)
    console.print(
        f"{MESSAGES:,} messages written in {filled:.0f} s, copied for the console in {copied:.0f} s"
    )
    client, places = _visit()
    # Processor time is what a page costs; on a busy machine the clock shows the neighbours as well.
    table = Table("page", "median ms", "slowest ms", "processor ms", "aim ms", box=None, pad_edge=False)
    missed = 0
    for name, path, aim in PAGES:
        address = path.format(**places)
        client.get(address, follow=True)
        worked = time.process_time()
        times = [_milliseconds(partial(client.get, address, follow=True)) for _ in range(ROUNDS)]
        cost = (time.process_time() - worked) / ROUNDS * 1000
        median = statistics.median(times)
        missed += median > aim
        table.add_row(name, f"{median:.0f}", f"{max(times):.0f}", f"{cost:.0f}", f"{aim:.0f}")
    console.print(table)
    return 1 if missed else 0


def _visit() -> tuple[Any, dict[str, Any]]:
    """A signed-in administrator, and what the addresses name."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.utils import timezone

    from bot.console import roles
    from bot.console.models import Turn

    user = User.objects.create_user("bench")
    roles.give(user, roles.Role.ADMINISTRATOR)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    turn = Turn.objects.filter(pressed=False).order_by("pk")[1000]
    today = timezone.localdate()
    return client, {
        "talk": turn.conversation_id,
        "message": turn.pk,
        "week": today - timedelta(days=7),
        "year": today - timedelta(days=365),
    }


def _fill() -> None:
    """Conversations of a year, four questions each, a few with opinions."""
    from django.utils import timezone

    from bot.conversations.models import Author, Conversation, Feedback, Message

    chance, now = Random(1), timezone.now()
    talks = []
    for _ in range(CONVERSATIONS):
        at = now - timedelta(minutes=chance.randrange(365 * 24 * 60))
        channel = "telegram" if chance.random() < 0.2 else "web"
        talks.append(Conversation(channel=channel, language="vi", created_at=at, updated_at=at))
    Conversation.objects.bulk_create(talks, batch_size=1000)
    messages, number = [], 0
    for talk in talks:
        for step in range(QUESTIONS):
            kind = chance.randrange(len(_TEXTS))
            number += 2
            at = talk.created_at + timedelta(minutes=step)
            text = f"{_TEXTS[kind]} mã số {number // 2}"
            question = Message(
                id=number - 1, conversation=talk, author=Author.USER, text=text,
                language="en" if kind in {3, 4} else "vi", created_at=at, client_id=str(step),
                understood=_understood(kind, chance), milliseconds=int(chance.lognormvariate(4.8, 0.5)),
            )  # fmt: skip
            answer = Message(
                id=number, conversation=talk, author=Author.ASSISTANT, language=question.language,
                text=_ANSWER * 2, created_at=at + timedelta(seconds=1), reply_to_id=number - 1,
            )  # fmt: skip
            messages += [question, answer]
    Message.objects.bulk_create(messages, batch_size=1000)
    opinions = [
        Feedback(message_id=message.pk, value=chance.choice((1, 1, -1)), created_at=message.created_at)
        for message in messages[1::2]
        if chance.random() < 0.05
    ]
    Feedback.objects.bulk_create(opinions, batch_size=1000)


def _understood(kind: int, chance: Random) -> dict[str, Any]:
    intent, record = _INTENTS[kind]
    first = chance.uniform(0.4, 1)
    verdict = "refuse" if intent == "off_topic" else "ask" if first < 0.45 else "answer"
    ranking = [
        {"name": intent, "record": record, "confidence": first},
        *({"name": "ask_faq", "record": f"faq-{n}", "confidence": (1 - first) / (n + 2)} for n in range(4)),
    ]
    return {
        "language": "vi",
        "intent": {"name": intent, "confidence": first},
        "intent_ranking": ranking,
        "entities": [],
        "decision": {
            "verdict": verdict,
            "record": record,
            "kind": "procedure",
            "aspect": "time",
            "candidates": [],
        },
        "action": f"action_{intent}",
        "model": "heza-bench.tar.gz",
        "milliseconds": 100,
    }


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _milliseconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    response = work()
    taken = (time.perf_counter() - begun) * 1000
    assert response.status_code == 200, response.status_code
    return taken


if __name__ == "__main__":
    sys.exit(main())
