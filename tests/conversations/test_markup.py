from __future__ import annotations

import pytest

from bot.conversations.markup import render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("một\nhai", "<p>một<br>hai</p>"),
        ("Gồm:\n- a\n- b\n\nHết", "<p>Gồm:</p><ul><li>a</li><li>b</li></ul><p>Hết</p>"),
        ("3. a\n\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("**A** và **hai ba**", "<p><strong>A</strong> và <strong>hai ba</strong></p>"),
        ("⚠ Một\n⚠ Hai\nBa", '<p class="caution">⚠ Một</p><p class="caution">⚠ Hai</p><p>Ba</p>'),
        ("[x](/privacy)", '<p><a href="/privacy" rel="noopener noreferrer">x</a></p>'),
        ("https://a.vn/x.", '<p><a href="https://a.vn/x" rel="noopener noreferrer">https://a.vn/x</a>.</p>'),
    ],
)
def test_what_has_a_meaning(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "**<img src=x onerror=alert(1)>**",
        '[<b>x</b>](https://a.vn/"onmouseover=alert(1))',
        "https://a.vn/<script>",
        "- <b>x</b>",
    ],
)
def test_html_is_text(text: str) -> None:
    html = render(text)
    for tag in ("<script", "<img", "<b>", '"onmouseover'):
        assert tag not in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:x", "//evil.example", "/\\evil.example"])
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert "<a" not in render(f"[x]({address})")
