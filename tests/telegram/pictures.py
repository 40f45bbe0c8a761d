"""Pictures of ten typical chats for docs/screens/telegram: `python -m tests.telegram.pictures [NAME…]`.

The real stack answers and the real client sends; what a Bot API server on loopback took is then drawn.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, sync_playwright

from bot.common.settings import ROOT
from tests.browser import CHROMIUM
from tests.stack import Stack, running
from tests.telegram.bot_api import TOKEN, BotApi, Json
from tests.telegram.chat_page import Pressed, Said, page
from tests.waiting import wait_until

SCREENS = ROOT / "docs" / "screens" / "telegram"
SITE = "https://assistant.example.gov.vn"
GROUP = -100900
_SECONDS = 60.0
_HEADS = {
    "vi": ("HEZA – Trợ lý nhà đầu tư", "bot"),
    "en": ("HEZA – Investor assistant", "bot"),
    "group": ("Nhóm nhà đầu tư", "3 thành viên"),
}
_OFFICER = """
from bot.conversations import handoff
from bot.conversations.models import Conversation
from django.contrib.auth import get_user_model
officer = get_user_model().objects.filter(username="officer").first()
officer = officer or get_user_model().objects.create_superuser("officer")
talk = Conversation.objects.get(channel="telegram", channel_ref="{ref}")
handoff.claim(talk.pk, officer)
handoff.reply(talk.pk, officer, "{text}", "r1")
"""


@dataclass
class Play:
    """One chat: what is written, pressed and shown, each time until it is answered."""

    api: BotApi
    stack: Stack
    chat: int
    code: str
    said: list[Said] = field(default_factory=list)
    pressed: list[Pressed] = field(default_factory=list)

    def say(self, text: str, answers: int = 1) -> Json:
        """Write; the update."""
        with self._answered(answers):
            if self.chat > 0:
                update = self.api.say(self.chat, text, code=self.code)
            else:
                update = self.api.say_in_group(self.chat, 31, text, code=self.code)
            self._note(update, text, name="" if self.chat > 0 else "A")
        return update

    def overheard(self, text: str) -> None:
        """What others say in a group."""
        self._note(self.api.say_in_group(self.chat, 32, text, code=self.code), text, name="B")

    def edit(self, update: Json, text: str) -> None:
        """Change what was written."""
        with self._answered(1):
            self.api.edit(update, text)
        place = next(
            n for n, one in enumerate(self.said) if one.message_id == update["message"]["message_id"]
        )
        earlier = self.said[place]
        self.said[place] = Said(text, earlier.message_id, earlier.at, former=earlier.text)

    def press(self, title: str, answers: int = 1) -> None:
        """Press a button of the last message that has it."""
        shown = next(
            one
            for one in reversed(self.api.sent)
            if one.chat_id == self.chat and any(button["text"].startswith(title) for button in one.buttons)
        )
        self.pressed.append(Pressed(shown.message_id, shown.button(title)["text"]))
        with self._answered(answers):
            self.api.press(shown, title)

    def show(self, words: str, **fields: object) -> None:
        """Send something that is not text."""
        with self._answered(1):
            self._note(self.api.show(self.chat, code=self.code, **fields), words)

    def officer(self, text: str) -> None:
        """An officer takes over and writes."""
        with self._answered(2):
            self.stack.manage("shell", "-c", _OFFICER.format(ref=self.chat, text=text))

    def _note(self, update: Json, text: str, name: str = "") -> None:
        message_id = update["message"]["message_id"]
        self.said.append(Said(text, message_id, time.monotonic() - 0.001, name))

    @contextmanager
    def _answered(self, answers: int) -> Iterator[None]:
        def count() -> int:
            return sum(one.chat_id == self.chat for one in self.api.sent)

        before = count()
        yield
        assert wait_until(lambda: count() >= before + answers, _SECONDS), f"{self.chat}: {self.said[-1:]}"


def welcome(play: Play) -> None:
    """The first words."""
    play.say("/start")


def answer(play: Play) -> None:
    """A question without diacritics, its answer with source, the next step by button."""
    play.say("/start")
    play.say("cap giay chung nhan dang ky dau tu mat bao lau")
    play.press("Phí, lệ phí")


def zone(play: Play) -> None:
    """A park with its key facts, then where it lies."""
    play.say("/start")
    play.say("Tell me about Nam Cau Kien Industrial Park")
    play.say("Where is Nam Cau Kien Industrial Park?", 2)


def comparison(play: Play) -> None:
    """Two parks beside each other."""
    play.say("/start")
    play.say("So sánh Nam Cầu Kiền và VSIP Hải Phòng")


def pages(play: Play) -> None:
    """A long list whose pages are turned."""
    play.say("/start")
    play.say("/zones")
    play.press("Xem tất cả")
    play.press("▶")


def correction(play: Play) -> None:
    """A question that is edited."""
    play.say("/start")
    asked = play.say("fee for a building permit")
    play.edit(asked, "fee for a work permit")


def dossier(play: Play) -> None:
    """Looking up a dossier."""
    play.say("/start")
    play.say("/track")
    play.say("HEZA-2026-0101")
    play.say("482915")


def person(play: Play) -> None:
    """An officer takes over."""
    play.say("/start")
    play.say("/human")
    play.officer("Good morning, I have read your question. Which park do you mean?")


def declined(play: Play) -> None:
    """Personal data, a contact, a picture."""
    play.say("/start")
    play.say("Số điện thoại của tôi là 0912345678, lệ phí giấy phép lao động bao nhiêu?", 2)
    play.show("[Ảnh]", photo=[{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}])
    play.show("[Danh thiếp liên hệ]", contact={"phone_number": "0912345678", "first_name": "X"})
    play.say("/forget")


def group(play: Play) -> None:
    """In a group."""
    play.overheard("Thuê đất ở khu nào bây giờ nhỉ?")
    play.say("@heza_test_bot các khu công nghiệp còn đất cho thuê", 2)
    play.say("/track")


CHATS: tuple[tuple[str, str, Callable[[Play], None]], ...] = (
    ("welcome-vi", "vi", welcome),
    ("answer-vi", "vi", answer),
    ("zone-en", "en", zone),
    ("comparison-vi", "vi", comparison),
    ("pages-vi", "vi", pages),
    ("correction-en", "en", correction),
    ("dossier-vi", "vi", dossier),
    ("person-en", "en", person),
    ("declined-vi", "vi", declined),
    ("group-vi", "group", group),
)


def draw(browser: Browser, play: Play, name: str, kind: str) -> None:
    """The picture of a chat; the first words are in a picture of their own and left out elsewhere."""
    sent = [one for one in play.api.sent if one.chat_id == play.chat]
    said = play.said
    if kind != "group" and not name.startswith("welcome"):
        first = sent[0].message_id
        sent, said = [one for one in sent if one.message_id != first], said[1:]
    tab = browser.new_page(viewport={"width": 430, "height": 300}, device_scale_factor=1.25)
    tab.set_content(page(*_HEADS[kind], said, play.pressed, sent))
    tab.screenshot(path=SCREENS / f"{name}.png", full_page=True)
    tab.close()


def main() -> None:
    """All pictures, or those named."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    api = BotApi(strict_rates=True)
    api.open()
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "HEZA_PUBLIC_URL": SITE}
    with running("telegram-pictures", settings) as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for number, (name, kind, deed) in enumerate(CHATS):
            if len(sys.argv) > 1 and name not in sys.argv[1:]:
                continue
            play = Play(api, stack, GROUP if kind == "group" else 41 + number, "en" if kind == "en" else "vi")
            deed(play)
            draw(browser, play, name, kind)
        browser.close()
    api.shut()


if __name__ == "__main__":
    main()
