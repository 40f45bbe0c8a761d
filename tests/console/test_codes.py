"""No page shows a bare id where an officer reads: codes are words, and ids only their tooltips."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from bot.console import audit, naming, turns
from bot.console.models import Deed, Judgement
from bot.console.roles import Role
from bot.conversations.models import Conversation
from bot.registry import snapshot
from bot.registry.models import Record
from tests.console.conftest import account
from tests.console.rows import Said, questions, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]
SignIn = Callable[[Role], Client]
_BARE = re.compile(r"(?<![\w./@-])[a-z]+(?:_[a-z0-9]+)+(?![\w@])")
# What stands for itself: an id that is named as such, what is typed, what is no text.
_SET_APART = ("code", "script", "style", "textarea", "title")


class _Visible(HTMLParser):
    """The words of a page, outside tags and what is set apart."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._apart = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._apart += tag in _SET_APART
        self.words += [value for name, value in attrs if name in ("placeholder", "aria-label") and value]

    def handle_endtag(self, tag: str) -> None:
        self._apart -= tag in _SET_APART

    def handle_data(self, data: str) -> None:
        if not self._apart:
            self.words.append(data)


def bare(html: str) -> set[str]:
    """Ids among the words of a page."""
    page = _Visible()
    page.feed(html)
    return set(_BARE.findall(" ".join(page.words)))


@pytest.fixture
def spoken() -> Conversation:
    """A talk with all that can be understood of it, judged, and what was done with it in the log."""
    told = talk(
        Said("Phí cấp IRC?"),
        Said("thời tiết?", intent="nlu_fallback", verdict="refuse", record=None, kind=None, feedback=-1),
        Said("gặp cán bộ", intent="request_human", record=None, kind=None),
        waiting="misunderstood", mode="waiting",
    )  # fmt: skip
    first = questions([told])[0]
    assert first.understood
    first.understood["entities"] += [
        {"entity": "procedure", "value": ["irc_issue", "work_permit"]},
        {"entity": "duration", "value": {"amount": 15.0, "unit": "working_day", "bound": "most"}},
    ]
    first.understood["decision"]["filters"] = {
        "zone_kind": "industrial_park", "near": "cat_bi_airport", "former_hai_duong": True, "max_km": 20.0,
        "field": "construction_fire_planning",
    }  # fmt: skip
    first.save()
    turns.refresh()
    reviewer = account(Role.REVIEWER)
    Judgement.objects.create(
        message=first, verdict="wrong_record", right_record="work_permit", right_intent="ask_procedure",
        right_aspect="lease_term", by=reviewer,
    )  # fmt: skip
    audit.record(reviewer, "judged", first.pk, verdict="wrong_record", earlier="should_have_asked")
    audit.record(reviewer, "record_published", "irc_issue")
    audit.record(
        reviewer, "exported", "csv", filter="outcome=refused&record=irc_issue&intent=ask_faq", rows=2
    )
    audit.record(reviewer, "example_proposed", 1, label="ask_procedure/irc_issue.lease_term")
    audit.record(reviewer, "inquiry_state", "HZ-1", state="in_progress", earlier="received")
    audit.record(reviewer, "labelled", told.pk, label="Cần theo dõi")
    return told


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_show_words(spoken: Conversation, signed_in: SignIn, language: str) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    client.cookies["heza_language"] = language
    first = questions([spoken])[0].pk
    addresses = [
        reverse("console:conversations") + "?record=irc_issue&intent=ask_procedure&outcome=answered",
        reverse("console:conversation", args=[spoken.pk]),
        reverse("console:judge", args=[first]),
        reverse("console:judging"),
        reverse("console:desk_talk", args=[spoken.pk]),
        *(
            reverse(f"console:{name}")
            for name in ("desk", "inquiries", "insights", "accounts", "audit", "canned")
        ),
        *(
            reverse(f"console:learning:{name}")
            for name in ("inbox", "corrections", "examples", "data", "models")
        ),
        *(reverse(f"console:records:{name}") for name in ("list", "expiry", "changed")),
    ]
    found = {}
    for address in addresses:
        page = client.get(address, follow=True)
        assert page.status_code == 200, address
        found[address] = bare(page.content.decode())
    assert {address: ids for address, ids in found.items() if ids} == {}


def test_what_was_understood_is_in_words(spoken: Conversation, signed_in: SignIn) -> None:
    content = signed_in(Role.ANALYST).get(reverse("console:conversation", args=[spoken.pk])).content.decode()
    for shown in (
        '<span title="ask_procedure">Hỏi về thủ tục</span>',
        '<span title="action_ask_procedure">Trả lời về thủ tục</span>',
        '<span title="zone_kind">Loại khu</span>: khu công nghiệp',
        "sân bay Cát Bi",
        "xây dựng, phòng cháy, quy hoạch",
        "không quá 15 ngày làm việc",
        "Cấp giấy chứng nhận đăng ký đầu tư, Cấp giấy phép lao động",
    ):
        assert shown in content, shown


def test_lines_of_the_log_are_in_words(spoken: Conversation) -> None:
    said = {deed.action: dict(naming.details(deed)) for deed in Deed.objects.all()}
    assert said["judged"] == {"nhận định": "Sai nội dung", "trước đó": "Lẽ ra phải hỏi lại"}
    assert said["example_proposed"] == {
        "nhãn": "Cấp giấy chứng nhận đăng ký đầu tư · Hỏi về thủ tục · Thời hạn thuê"
    }
    assert said["exported"]["bộ lọc"] == (
        "Kết quả Từ chối; Ý định Câu hỏi thường gặp; Nội dung Cấp giấy chứng nhận đăng ký đầu tư"
    )
    assert said["inquiry_state"] == {"trạng thái": "Đang xử lý", "trước đó": "Mới tiếp nhận"}


def test_a_withdrawn_record_keeps_its_name(spoken: Conversation, signed_in: SignIn) -> None:
    Record.objects.filter(pk="irc_issue").update(published=False)
    snapshot.cache.clear()
    client = signed_in(Role.ADMINISTRATOR)
    for address in (reverse("console:conversation", args=[spoken.pk]), reverse("console:audit")):
        content = client.get(address).content.decode()
        assert '<span title="irc_issue">Cấp giấy chứng nhận đăng ký đầu tư</span>' in content
        assert bare(content) == set()


def test_labels_of_the_house_speak_the_officers_language(spoken: Conversation, signed_in: SignIn) -> None:
    client = signed_in(Role.REVIEWER)
    client.cookies["heza_language"] = "en"
    client.post(reverse("console:add_label", args=[spoken.pk]), {"name": "to be followed up"})
    client.post(reverse("console:add_label", args=[spoken.pk]), {"name": "Own word"})
    assert [label.name for label in spoken.case.labels.all()] == ["Cần theo dõi", "Own word"]
    for address in (reverse("console:conversation", args=[spoken.pk]), reverse("console:conversations")):
        content = client.get(address).content.decode()
        assert "To be followed up" in content
        assert "Own word" in content
        assert "Cần theo dõi" not in content
