"""A chat in the terminal over the public API: answers with their sources, buttons by number."""

from __future__ import annotations

import readline  # noqa: F401  (gives `input` history and editing)
from collections.abc import Sequence

import httpx
from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding

from bot.launch.client import Conversation, Message

# The prompt and the marks are signs, not sentences: every word shown comes from the assistant.
PROMPT = "› "
MARKS = {"confirmed": "✓", "cited": "§", "unconfirmed": "?"}


def chat(site_url: str, language: str | None) -> int:
    """Talk until Ctrl-D, Ctrl-C or an empty conversation end; returns the exit code."""
    console = Console(highlight=False)
    try:
        conversation = Conversation(site_url, language)
    except httpx.HTTPError as error:
        console.print(f"{site_url}: {error}. Is it running? make start", markup=False)
        return 1
    with conversation:
        buttons = show(console, conversation.welcome)
        while True:
            try:
                text = input(PROMPT).strip()
            except (EOFError, KeyboardInterrupt):
                console.print()
                return 0
            if text:
                buttons = _turn(console, conversation, text, buttons) or buttons


def show(console: Console, messages: Sequence[Message]) -> list[Message]:
    """Print messages; returns their buttons in the order of the numbers shown."""
    buttons: list[Message] = []
    for message in messages:
        console.print()
        console.print(Markdown(message["text"]))
        for source in message["sources"]:
            mark = MARKS.get(source["status"], "")
            parts = (source["title"], source["article"], source["as_of"], source["url"])
            line = f"{mark} " + " · ".join(str(part) for part in parts if part)
            console.print(Padding(line, (0, 0, 0, 2)), style="dim", markup=False)
        for button in message["buttons"]:
            buttons.append(button)
            console.print(f"  [{len(buttons)}] {button['title']}", style="cyan", markup=False)
    console.print()
    return buttons


def _turn(
    console: Console, conversation: Conversation, text: str, buttons: Sequence[Message]
) -> list[Message] | None:
    """Send a button's number or free text; None when it was refused and the old buttons still hold."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    try:
        if 1 <= number <= len(buttons):
            return show(console, conversation.press(buttons[number - 1]["payload"]))
        return show(console, conversation.say(text))
    except httpx.HTTPStatusError as error:
        console.print(error.response.json().get("detail", str(error)), style="yellow", markup=False)
    except httpx.HTTPError as error:
        console.print(str(error), style="red", markup=False)
    return None
