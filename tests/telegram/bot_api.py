"""A Bot API server on loopback that refuses what the real one refuses, with people who write to the bot.

Rules: core.telegram.org/bots/api and /bots/faq. A person's chat has their number; groups have negative ones.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from typing import Any

from bot.launch import ports
from tests.telegram.bot_rules import Refusal, check_chat_text, check_commands, check_keyboard, visible
from tests.telegram.bot_server import serve
from tests.telegram.updates import entities, private, user_of

Json = dict[str, Any]
TOKEN = "4242:only-for-tests-on-loopback"
BOT: Json = {"id": 4242, "is_bot": True, "first_name": "HEZA", "username": "heza_test_bot"}
# Of the second that is allowed between two messages to a chat; the rest is the way through two processes.
_TOO_SOON = 0.8
_OVERALL = 30
_GROUP_A_MINUTE = 20
_LONGEST_POLL = 25.0
Fault = Callable[[str, Json], "Refusal | None"]


@dataclass(frozen=True)
class Sent:
    """Something the bot did in a chat, accepted."""

    method: str
    chat_id: int
    message_id: int
    params: Json
    at: float

    @property
    def text(self) -> str:
        """The visible words."""
        return visible(self.params)

    @property
    def buttons(self) -> list[Json]:
        """All buttons below it, row after row."""
        markup = json.loads(self.params.get("reply_markup") or "{}")
        return [button for row in markup.get("inline_keyboard", []) for button in row]

    def button(self, title: str) -> Json:
        """The button whose title begins so."""
        return next(button for button in self.buttons if button["text"].startswith(title))


@dataclass
class BotApi:
    """`sent` holds what was accepted, `refused` what was not, `fault` may make calls fail."""

    strict_rates: bool = False
    # As after a break in Telegram's own house: what was confirmed comes once more.
    forgetful: bool = False
    port: int = field(default_factory=ports.free)
    sent: list[Sent] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    fault: Fault | None = None
    webhook: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.news = threading.Condition()
        self._updates: list[Json] = []
        self._ids = iter(range(1, 10**9))
        self._messages = iter(range(100, 10**9))
        self._poll = 0
        self._last: dict[int, float] = {}
        self._recent: deque[float] = deque()
        self._in_group: dict[int, deque[float]] = {}
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Its address, for TELEGRAM_API_URL."""
        return f"http://127.0.0.1:{self.port}"

    # What people do.

    def say(self, chat_id: int, text: str, *, code: str = "vi", **fields: object) -> Json:
        """Somebody writes in their own chat; the update."""
        return self._message({"text": text, **entities(text), **fields}, private(chat_id), chat_id, code)

    def say_in_group(self, group: int, user: int, text: str, *, code: str = "vi", **fields: object) -> Json:
        """Somebody writes in a group."""
        chat = {"id": group, "type": "supergroup", "title": "Group"}
        return self._message({"text": text, **entities(text), **fields}, chat, user, code)

    def show(self, chat_id: int, *, code: str = "vi", **fields: object) -> Json:
        """Somebody sends something that is not text."""
        return self._message(dict(fields), private(chat_id), chat_id, code)

    def edit(self, update: Json, text: str) -> Json:
        """Somebody edits what they wrote."""
        message = {**update["message"], "text": text, "edit_date": int(time.time()), **entities(text)}
        return self.push({"edited_message": message})

    def press(self, sent: Sent, title: str, *, user: int | None = None, data: str | None = None) -> Json:
        """Somebody presses a button below a message."""
        query = str(next(self._ids) + 10**12)
        pressed = data if data is not None else sent.button(title)["callback_data"]
        chat = private(sent.chat_id) if sent.chat_id > 0 else {"id": sent.chat_id, "type": "supergroup"}
        message = {"message_id": sent.message_id, "date": int(time.time()), "chat": chat, "from": BOT}
        self.unanswered.add(query)
        return self.push(
            {
                "callback_query": {
                    "id": query,
                    "from": user_of(user or sent.chat_id),
                    "chat_instance": "1",
                    "message": {**message, "text": "·"},
                    "data": pressed,
                }
            }
        )

    def push(self, content: Json, update_id: int | None = None) -> Json:
        """Any update; the same number again is a redelivery."""
        with self.news:
            update = {"update_id": update_id or next(self._ids), **content}
            self._updates.append(update)
            self.news.notify_all()
        return update

    # What they see.

    def texts(self, chat_id: int) -> list[str]:
        """The words in a chat, in order, edits not counted."""
        return [each.text for each in self.in_chat(chat_id)]

    def in_chat(self, chat_id: int) -> list[Sent]:
        """Messages in a chat, in order."""
        with self.news:
            return [one for one in self.sent if one.chat_id == chat_id and one.method.startswith("send")]

    def methods(self, name: str) -> list[Json]:
        """Parameters of all calls of a method."""
        return [params for method, params in list(self.calls) if method == name]

    @property
    def pending(self) -> int:
        """Updates that were not confirmed."""
        return len(self._updates)

    # The server.

    def open(self) -> None:
        """Listen."""
        self._server = serve(self.port, self.handle)

    def shut(self) -> None:
        """Refuse connections, as when Telegram cannot be reached."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        with self.news:
            self._poll += 1
            self.news.notify_all()

    def handle(self, path: str, params: Json) -> tuple[int, Json]:
        """One call; status 0 hangs up."""
        _, token, method = path.split("/", 2)
        try:
            if token != f"bot{TOKEN}":
                raise Refusal(401, "Unauthorized")
            with self.news:
                self.calls.append((method, params))
            if self.fault and (wanted := self.fault(method, params)):
                raise wanted
            return 200, {"ok": True, "result": self._result(method, params)}
        except Refusal as refusal:
            self.refused.append((method, refusal))
            extra = {"parameters": refusal.parameters} if refusal.parameters else {}
            answer = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            return refusal.code, {**answer, **extra}

    def _result(self, method: str, params: Json) -> Any:
        if method == "getMe":
            return BOT
        if method == "getUpdates":
            return self._get_updates(params)
        if method == "answerCallbackQuery":
            return self._answer(params)
        if method in {"sendMessage", "sendPhoto", "sendDocument", "sendVenue"}:
            return self._send(method, params)
        if method in {"editMessageText", "editMessageReplyMarkup"}:
            return self._edit(method, params)
        if method == "setMyCommands":
            check_commands(params)
        if method == "setWebhook":
            self.webhook = params
        if method == "deleteWebhook":
            self.webhook = {}
        return True

    def _get_updates(self, params: Json) -> list[Json]:
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(params.get("offset") or 0)
        deadline = time.monotonic() + min(float(params.get("timeout") or 0), _LONGEST_POLL)
        with self.news:
            self._poll += 1
            mine = self._poll
            self.news.notify_all()
            if not self.forgetful or not offset:
                self._updates = [update for update in self._updates if update["update_id"] >= offset]
            self.forgetful = False
            while not self._updates and (left := deadline - time.monotonic()) > 0:
                self.news.wait(left)
                if self._poll != mine:
                    raise Refusal(409, "Conflict: terminated by other getUpdates request")
            return self._updates[: int(params.get("limit") or 100)]

    def _answer(self, params: Json) -> bool:
        if params["callback_query_id"] not in self.unanswered:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired")
        if len(params.get("text") or "") > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self.unanswered.discard(params["callback_query_id"])
        return True

    def _send(self, method: str, params: Json) -> Json:
        chat_id = int(params["chat_id"])
        self._check_chat(chat_id)
        check_chat_text(method, params)
        check_keyboard(params)
        with self.news:
            message_id = next(self._messages)
            self.sent.append(Sent(method, chat_id, message_id, params, time.monotonic()))
            self.news.notify_all()
        return {"message_id": message_id, "date": int(time.time()), "chat": private(chat_id), "text": "·"}

    def _edit(self, method: str, params: Json) -> Json:
        chat_id, message_id = int(params["chat_id"]), int(params["message_id"])
        self._check_chat(chat_id)
        if method == "editMessageText":
            check_chat_text(method, params)
        check_keyboard(params)
        with self.news:
            earlier = [one for one in self.sent if (one.chat_id, one.message_id) == (chat_id, message_id)]
            if not earlier:
                raise Refusal(400, "Bad Request: message to edit not found")
            same = all(earlier[-1].params.get(key) == params.get(key) for key in ("text", "reply_markup"))
            if same and method == "editMessageText":
                raise Refusal(400, "Bad Request: message is not modified")
            self.sent.append(Sent(method, chat_id, message_id, params, time.monotonic()))
            self.news.notify_all()
        return {"message_id": message_id, "date": int(time.time()), "chat": private(chat_id), "text": "·"}

    def _check_chat(self, chat_id: int) -> None:
        if chat_id in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if not self.strict_rates:
            return
        now = time.monotonic()
        with self.news:
            while self._recent and now - self._recent[0] > 1:
                self._recent.popleft()
            if now - self._last.get(chat_id, 0.0) < _TOO_SOON or len(self._recent) >= _OVERALL:
                raise Refusal(429, "Too Many Requests: retry after 1", {"retry_after": 1})
            if chat_id < 0:
                self._check_group(chat_id, now)
            self._last[chat_id] = now
            self._recent.append(now)

    def _check_group(self, chat_id: int, now: float) -> None:
        minute = self._in_group.setdefault(chat_id, deque())
        while minute and now - minute[0] > 60:
            minute.popleft()
        if len(minute) >= _GROUP_A_MINUTE:
            pause = int(60 - (now - minute[0])) + 1
            raise Refusal(429, f"Too Many Requests: retry after {pause}", {"retry_after": pause})
        minute.append(now)

    def _message(self, content: Json, chat: Json, user: int, code: str) -> Json:
        with self.news:
            message_id = next(self._messages)
        head = {"message_id": message_id, "date": int(time.time()), "chat": chat, "from": user_of(user, code)}
        return self.push({"message": {**head, **content}})
