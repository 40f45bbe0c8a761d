"""Whatever a message holds, what is sent is valid HTML within Telegram's limits, and no word is lost."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversations.shown import ShownMessage
from bot.telegram.letters import File, Picture, Text, Venue, parts
from bot.telegram.pieces import LIMIT, MARKS, pieces
from bot.telegram.rich import blocks
from tests.telegram.bot_rules import check_chat_text, check_keyboard
from tests.telegram.html_check import read

SITE = "https://heza.example.vn"


def shown(text: str, **fields: object) -> ShownMessage:
    message = {
        "id": 7,
        "author": "assistant",
        "author_name": "Trợ lý tự động",
        "language": "vi",
        "created_at": "2026-11-25T01:00:00Z",
        "text": text,
        "buttons": [],
        "blocks": [],
        "sources": [],
        "reply_to": None,
        "client_id": None,
        **fields,
    }
    return cast("ShownMessage", message)


def texts(message: ShownMessage, **options: Any) -> list[Text]:
    return [part for part in parts(message, SITE, **options) if isinstance(part, Text)]


def source(**fields: object) -> dict[str, object]:
    given = {"record": "irc_issue", "title": "Luật Đầu tư", "article": "Điều 39", "url": "https://a.vn/l"}
    return {**given, "as_of": "2026-11-01", "status": "cited", **fields}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Phí**: 0 đồng", "<b>Phí</b>: 0 đồng"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("Gồm:\n- một\n* hai", "Gồm:\n• một\n• hai"),
        ("1. một\n2. hai", "1. một\n2. hai"),
        ("[Luật](https://a.vn/x?a=1&b=2)", '<a href="https://a.vn/x?a=1&amp;b=2">Luật</a>'),
        ("[Riêng tư](/privacy?language=vi)", f'<a href="{SITE}/privacy?language=vi">Riêng tư</a>'),
        ("**[Luật](https://a.vn)**", '<b><a href="https://a.vn">Luật</a></b>'),
        ("[x](javascript:alert)", "x"),
        ("[x](//evil.example)", "x"),
        ("một\n\n\n\nhai", "một\n\nhai"),
        ("<b>không phải thẻ</b>", "&lt;b&gt;không phải thẻ&lt;/b&gt;"),
    ],
)
def test_markdown(text: str, html: str) -> None:
    assert pieces(blocks(text, SITE)) == [html]


def test_a_relative_link_without_a_public_address_is_text() -> None:
    assert pieces(blocks("xem [thông báo](/privacy)")) == ["xem thông báo"]


MARKDOWN = st.lists(
    st.one_of(
        st.text(max_size=300),
        st.text(alphabet="ab <>&\"'*[]()/\n-•đ😀", max_size=400),
        st.sampled_from(["**đậm**", "[x](https://a.vn/?q=1&r=2)", "- mục\n", "\n\n", "** ", "<b>", "&amp;"]),
        st.integers(0, 6000).map(lambda count: "x" * count),
        st.integers(0, 900).map(lambda count: "dài 😀 " * count),
        st.integers(0, 300).map(lambda count: "**a** b " * count),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_any_text_is_valid_and_within_limits(text: str) -> None:
    for html in pieces(blocks(text, SITE)):
        told = read(html)
        assert 0 < told.units <= LIMIT
        assert told.text.strip()
        assert told.entities <= MARKS


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="abc đ😀<&", min_size=1, max_size=3000), max_size=8).map("\n\n".join))
def test_no_letter_is_lost(text: str) -> None:
    told = "".join(read(html).text for html in pieces(blocks(text)))
    assert re.sub(r"\s", "", told) == re.sub(r"\s", "", text)


TITLES = st.one_of(
    st.text(max_size=80), st.sampled_from(["", " ", "\u200b", "\n", "😀" * 30, "Phí, lệ phí", "x" * 300])
)
LINKS = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.text(max_size=60).map("https://vbpl.vn/".__add__),
    st.sampled_from(
        [
            "https://vbpl.vn/van-ban?id=1&amp;x=\"<>'",
            "javascript:alert(1)",
            "/static/a b",
            "//x.vn",
            "https://",
        ]
    ),
)


@settings(max_examples=50, deadline=None)
@given(MARKDOWN, st.lists(st.tuples(TITLES, LINKS), max_size=14), st.integers(0, 40))
def test_buttons_and_sources_are_valid(text: str, cited: list[tuple[str, str | None]], items: int) -> None:
    listed = text + "".join(f"\n- {number}" for number in range(items))
    # The gateway's tokens have 32 characters at the most; longer ones are over the 64 of Telegram.
    buttons = [
        {"title": title, "payload": f"{place:0{32 + 5 * place}}"} for place, (title, _) in enumerate(cited)
    ]
    sources = [source(title=title, url=url) for title, url in cited]
    message = shown(listed, id=2**63 - 1, buttons=buttons, sources=sources)
    for part in (part for page in (0, 2) for part in texts(message, page=page)):
        params: dict[str, Any] = {"text": part.html, "parse_mode": "HTML"}
        if part.keyboard:
            params["reply_markup"] = part.keyboard.to_json()
        check_chat_text("sendMessage", params)
        check_keyboard(params)


@settings(max_examples=100, deadline=None)
@given(
    MARKDOWN,
    st.lists(st.text(min_size=1, max_size=80), max_size=12),
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=3000)), max_size=8),
)
def test_any_message_is_valid(text: str, titles: list[str], rows: list[tuple[str, str]]) -> None:
    card = {
        "type": "card",
        "title": titles[0] if titles else "·",
        "rows": [{"label": label, "value": value} for label, value in rows],
    }
    table = {"type": "table", "columns": ["", *titles], "rows": [list(row) for row in rows]}
    buttons = [{"title": title, "payload": f"{place:022}"} for place, title in enumerate(titles)]
    cited = [source(title=title, url=title) for title in titles]
    message = shown(text, blocks=[card, table], buttons=buttons, sources=cited)
    for part in texts(message):
        told = read(part.html)
        assert told.units <= LIMIT
        assert told.entities <= MARKS


def test_long_texts_are_cut_at_the_ends_of_paragraphs() -> None:
    paragraphs = [f"{number} " + "chữ " * 300 for number in range(8)]
    told = [read(html).text for html in pieces(blocks("\n\n".join(paragraphs)))]
    assert len(told) == 3
    assert all(text.split()[-1] == "chữ" and text[0].isdigit() for text in told)
    assert "\n\n".join(told) == "\n\n".join(text.strip() for text in paragraphs)


def test_the_title_of_a_card_stands_once() -> None:
    card = {"type": "card", "title": "Nam Cầu Kiền", "rows": [{"label": "Diện tích", "value": "263 ha"}]}
    (told,) = texts(shown("**Nam Cầu Kiền**\nKhu sinh thái.", blocks=[card]))
    assert read(told.html).text == "Nam Cầu Kiền\nKhu sinh thái.\n\nDiện tích: 263 ha"
    (told,) = texts(shown("Khu sinh thái.", blocks=[card]))
    assert read(told.html).text == "Khu sinh thái.\n\nNam Cầu Kiền\nDiện tích: 263 ha"


def test_buttons_stand_below_the_last_message() -> None:
    button = {"title": "Phí, lệ phí", "payload": "t" * 22}
    told = texts(shown("chữ " * 2000, buttons=[button]))
    assert len(told) == 2
    assert told[0].keyboard is None
    assert told[1].keyboard is not None


def test_long_titles_stand_alone_short_ones_in_pairs() -> None:
    titles = ["Phí", "Các bước", "Thời hạn", "Cấp giấy chứng nhận đăng ký đầu tư mất bao lâu?", "Kết quả"]
    buttons = [{"title": title, "payload": str(place)} for place, title in enumerate(titles)]
    under = texts(shown("x", buttons=buttons))[0].keyboard
    assert under is not None
    rows = [[button.text for button in row] for row in under.inline_keyboard]
    assert rows == [["Phí", "Các bước"], ["Thời hạn"], [titles[3]], ["Kết quả"]]


def test_sources_are_folded_links_each_once() -> None:
    cited = [source(), source(), source(title="Nghị định", article=None, url=None)]
    html = texts(shown("10 ngày", sources=cited))[0].html
    assert html == (
        "10 ngày\n\n<blockquote expandable><b>Nguồn:</b>\n"
        '• <a href="https://a.vn/l">Luật Đầu tư</a>, Điều 39\n• Nghị định\n'
        f'<a href="{SITE}/records/irc_issue?language=vi">Xem đầy đủ trên trang web</a></blockquote>'
    )


@pytest.mark.parametrize(
    ("rows", "html"),
    [
        (
            [["Diện tích", "268 ha", "507 ha"], ["Giá", "90", "100"]],
            (
                "<blockquote expandable><b>A</b>\nDiện tích: 268 ha\nGiá: 90</blockquote>\n"
                "<blockquote expandable><b>B</b>\nDiện tích: 507 ha\nGiá: 100</blockquote>"
            ),
        ),
        (
            [["Diện tích", "268 ha", "507 ha"]],
            "<blockquote expandable><b>Diện tích</b>\nA: 268 ha\nB: 507 ha</blockquote>",
        ),
    ],
)
def test_tables_name_each_cell(rows: list[list[str]], html: str) -> None:
    table = {"type": "table", "columns": ["", "A", "B"], "rows": rows}
    assert texts(shown("So sánh", blocks=[table]))[0].html == f"So sánh\n\n{html}"


def test_places_pictures_and_files_follow_the_text() -> None:
    made = [
        {"type": "location", "title": "KCN Nam Cầu Kiền", "lat": 20.9, "lon": 106.6},
        {"type": "image", "title": "Bản đồ", "url": "/static/map.png"},
        {"type": "file", "title": "Mẫu đơn", "url": f"{SITE}/static/form.pdf"},
        {"type": "image", "title": "Nơi khác", "url": "https://elsewhere.example/x.png"},
    ]
    told = parts(shown("x", blocks=made), SITE)
    assert isinstance(told[0], Text)
    assert "Nơi khác" in told[0].html
    assert told[1:] == [
        Venue("KCN Nam Cầu Kiền", "Tọa độ 20.9, 106.6", 20.9, 106.6),
        Picture(f"{SITE}/static/map.png", "Bản đồ"),
        File(f"{SITE}/static/form.pdf", "Mẫu đơn"),
    ]


def test_an_officer_is_named() -> None:
    assert (
        texts(shown("Chào bạn", author="staff", author_name="Cán bộ"))[0].html == "<b>Cán bộ:</b>\nChào bạn"
    )


LONG = "Có 25 thủ tục:\n" + "\n".join(f"- **Thủ tục {number}**" for number in range(25)) + "\n\nHết"


def test_long_lists_have_pages_with_their_own_sources() -> None:
    cited = [source(record=str(number), url=f"https://a.vn/{number}") for number in range(25)]
    message = shown(LONG, sources=cited, buttons=[{"title": "Gặp cán bộ", "payload": "p"}])
    first, last = texts(message)[0], texts(message, page=2)[0]
    assert read(first.html).text.startswith("Có 25 thủ tục:\n• Thủ tục 0\n")
    assert ("Thủ tục 9" in first.html, "Thủ tục 10" in first.html, "Hết" in first.html) == (True, False, True)
    assert read(last.html).links == tuple(f"https://a.vn/{number}" for number in range(20, 25))
    assert first.keyboard is not None
    assert last.keyboard is not None
    rows = [[(button.text, button.callback_data) for button in row] for row in first.keyboard.inline_keyboard]
    assert rows == [
        [("·", "nothing"), ("Trang 1/3", "nothing"), ("▶", "page:7:1")],
        [("Gặp cán bộ", "p")],
    ]
    assert last.keyboard.inline_keyboard[0][0].callback_data == "page:7:1"


def test_a_page_beyond_is_the_last_one() -> None:
    assert texts(shown(LONG), page=99) == texts(shown(LONG), page=2)
