"""What the terminal chat shows of an answer."""

from __future__ import annotations

from rich.console import Console

from bot.launch.chat import show

ANSWER = {
    "text": "Within **5 working days**.",
    "sources": [
        {
            "title": "Law on Investment",
            "article": "Article 39",
            "as_of": "2026-03-01",
            "url": "https://example.org/law",
            "status": "unconfirmed",
        }
    ],
    "buttons": [{"title": "Documents", "payload": "a"}, {"title": "Fee", "payload": "b"}],
}


def test_text_source_and_numbered_buttons() -> None:
    console = Console(record=True, width=100, force_terminal=False)
    buttons = show(console, [ANSWER])
    shown = console.export_text()
    assert "Within 5 working days." in shown
    assert "? Law on Investment · Article 39 · 2026-03-01 · https://example.org/law" in shown
    assert "[1] Documents" in shown
    assert "[2] Fee" in shown
    assert [button["payload"] for button in buttons] == ["a", "b"]


def test_markup_in_names_is_shown_as_it_is() -> None:
    console = Console(record=True, width=100, force_terminal=False)
    show(console, [{**ANSWER, "buttons": [{"title": "[bold]x[/bold]", "payload": "a"}]}])
    assert "[1] [bold]x[/bold]" in console.export_text()
